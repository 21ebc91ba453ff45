package org.gazecheck.network.onnx.export;

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
final class GraphBuilder {
    private static final int IR_VERSION = 7;
    private static final int OPSET = 13;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("gazecheck");
    private int unnamed;

    /** A name for an intermediate value. */
    String fresh(String kind) {
        return kind + "#" + unnamed++;
    }

    /** A single-precision input; sizes that are letters ("n") are free. */
    void input(String name, Object... shape) {
        graph.addInput(value(name, TensorProto.DataType.FLOAT, shape));
    }

    /** An input of whole numbers. */
    void integerInput(String name, Object... shape) {
        graph.addInput(value(name, TensorProto.DataType.INT64, shape));
    }

    void output(String name, Object... shape) {
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
    }

    /** @return the name */
    String weights(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return initializer(name, TensorProto.DataType.FLOAT, bytes, shape);
    }

    /** @return the name */
    String integers(String name, long... values) {
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
     * @param attributes values are Long, Float or long[]; written in the order of their names, since {@link Map#of} has
     *     another in every process
     * @return the name of its output
     */
    String node(String operator, String output, List<String> inputs, Map<String, ?> attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output);
        new TreeMap<>(attributes).forEach((name, value) -> node.addAttribute(attribute(name, value)));
        graph.addNode(node);
        return output;
    }

    String node(String operator, String... inputs) {
        return node(operator, fresh(operator), List.of(inputs), Map.of());
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
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
    List<NodeProto> nodes() {
        return graph.getNodeList();
    }

    /** The serialized model. */
    byte[] model(Map<String, String> metadata) {
        List<StringStringEntryProto> entries = new ArrayList<>();
        metadata.forEach((key, text) -> entries.add(
                StringStringEntryProto.newBuilder().setKey(key).setValue(text).build()));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("Gazecheck")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addAllMetadataProps(entries)
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
