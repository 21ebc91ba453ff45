package org.gazecheck.network.onnx.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** Collects the nodes of an ONNX model; every value is named by the node that gives it. */
public final class GraphBuilder {
    private static final int IR_VERSION = 7;

    private final int opset;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("gazecheck");
    private int unnamed;

    /** @param opset version of ONNX's operators */
    public GraphBuilder(int opset) {
        this.opset = opset;
    }

    /** A name for an intermediate value. */
    public String fresh(String kind) {
        return kind + "#" + unnamed++;
    }

    /** A single-precision input; sizes that are letters ("n") are free. */
    public void input(String name, Object... shape) {
        graph.addInput(value(name, TensorProto.DataType.FLOAT, shape));
    }

    /** An input of a type of {@link TensorProto.DataType}, of any shape. */
    public void input(String name, int type) {
        graph.addInput(ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type))));
    }

    /** A single-precision output of any shape. */
    public void output(String name) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    }

    /** Adds a tensor under its own name. */
    public void initializer(TensorProto tensor) {
        graph.addInitializer(tensor);
    }

    /** An input of whole numbers. */
    public void integerInput(String name, Object... shape) {
        graph.addInput(value(name, TensorProto.DataType.INT64, shape));
    }

    public void output(String name, Object... shape) {
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
    }

    /** @return the name */
    public String weights(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return initializer(name, TensorProto.DataType.FLOAT, bytes, shape);
    }

    /** @return the name */
    public String integers(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return initializer(name, TensorProto.DataType.INT64, bytes, values.length);
    }

    private String initializer(String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes.array()));
        Arrays.stream(shape).forEach(tensor::addDims);
        graph.addInitializer(tensor);
        return name;
    }

    /**
     * Adds a node; its attributes are ordered by their names, so that one network is always the same bytes.
     *
     * @param attributes values are Long, Float, String, long[] or AttributeProto; written in the order of their names, since
     *     {@link Map#of} has another in every process
     * @return the name of its output
     */
    public String node(String operator, String output, List<String> inputs, Map<String, ?> attributes) {
        node(operator, List.of(output), inputs, attributes);
        return output;
    }

    /** As {@link #node(String, String, List, Map)}, with several outputs. */
    public void node(String operator, List<String> outputs, List<String> inputs, Map<String, ?> attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .setName(outputs.get(outputs.size() - 1))
                .addAllInput(inputs)
                .addAllOutput(outputs);
        new TreeMap<>(attributes).forEach((name, value) -> node.addAttribute(attribute(name, value)));
        graph.addNode(node);
    }

    public String node(String operator, String... inputs) {
        return node(operator, fresh(operator), List.of(inputs), Map.of());
    }

    private static AttributeProto attribute(String name, Object value) {
        if (value instanceof AttributeProto whole) {
            return whole.toBuilder().setName(name).build();
        }
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Float number) {
            return attribute
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setF(number)
                    .build();
        }
        if (value instanceof String text) {
            return attribute
                    .setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(text))
                    .build();
        }
        if (value instanceof Long number) {
            return attribute
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(number)
                    .build();
        }
        attribute.setType(AttributeProto.AttributeType.INTS);
        Arrays.stream((long[]) value).forEach(attribute::addInts);
        return attribute.build();
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, Object... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (Object size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            if (size instanceof String free) {
                dimension.setDimParam(free);
            } else {
                dimension.setDimValue(((Number) size).longValue());
            }
            dimensions.addDim(dimension);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }

    /** The nodes so far, in order. */
    public List<NodeProto> nodes() {
        return graph.getNodeList();
    }

    /** The tensors so far. */
    public List<TensorProto> initializers() {
        return graph.getInitializerList();
    }

    /** The serialized model. */
    public byte[] model(Map<String, String> metadata) {
        List<StringStringEntryProto> entries = new ArrayList<>();
        metadata.forEach((key, text) -> entries.add(
                StringStringEntryProto.newBuilder().setKey(key).setValue(text).build()));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("Gazecheck")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .addAllMetadataProps(entries)
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
