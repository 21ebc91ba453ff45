package org.gazecheck.network.onnx.external;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.gazecheck.network.TinyNetworks;
import org.nd4j.shade.protobuf.ByteString;

/** Small ONNX models, node by node, from the input "x" to the output "y". */
public final class ExternalModels {
    private GraphProto.Builder graph = GraphProto.newBuilder().setName("external");
    private List<String> outputs = List.of("y");

    /**
     * A classifier of images of any size: a 3x3 convolution with {@code classes} filters that each answer to one
     * colour, ReLU ("maps"), an operator if one is given, global average pooling, a dense layer, softmax.
     *
     * @param operator between the maps and the pooling, or null
     */
    public static Path classifier(Path file, int classes, String operator) throws IOException {
        ExternalModels models = new ExternalModels();
        models.body(classes, operator, "x");
        return models.write(file, 13, 0, 3, 0, 0);
    }

    /** Of images of any size, with maps of half their height and all of their width. */
    public static Path wide(Path file, int classes) throws IOException {
        ExternalModels models = new ExternalModels();
        SplittableRandom random = new SplittableRandom(3);
        models.weights("first", TinyNetworks.numbers(random, classes * 6, 0, 0.5f), classes, 3, 2, 1);
        models.node(ExternalAttributes.integers(node("Conv", "squeezed", "x", "first"), "strides", 2, 1));
        models.weights("dense", TinyNetworks.numbers(random, classes * classes, 0, 2), classes, classes);
        models.node(node("Relu", "maps", "squeezed").setName("/block/act"));
        models.node(node("GlobalAveragePool", "pooled", "maps"));
        models.node(node("Flatten", "features", "pooled"));
        models.node(node("Gemm", "logits", "features", "dense"));
        models.node(node("Softmax", "y", "logits"));
        return models.write(file, 13, 0, 3, 0, 0);
    }

    /** As {@link #classifier}, with the output "auxiliary" of another head before "y". */
    public static Path twoHeaded(Path file, int classes) throws IOException {
        ExternalModels models = new ExternalModels();
        models.body(classes, null, "x");
        models.node(node("GlobalAveragePool", "early", "convolved"));
        models.node(node("Flatten", "early features", "early"));
        models.node(node("Gemm", "auxiliary", "early features", "dense"));
        models.outputs("auxiliary", "y");
        return models.write(file, 13, 0, 3, 0, 0);
    }

    void body(int classes, String operator, String image) {
        features(classes, operator, image);
        node(node("Gemm", "logits", "features", "dense"));
        node(node("Softmax", "y", "logits"));
    }

    /** As far as the dense layer, whose weights are there. */
    void features(int classes, String operator, String image) {
        SplittableRandom random = new SplittableRandom(3);
        weights("kernel", TinyNetworks.numbers(random, classes * 27, 0, 0.5f), classes, 3, 3, 3);
        weights("dense", TinyNetworks.numbers(random, classes * classes, 0, 2), classes, classes);
        node(node("Conv", "convolved", image, "kernel"));
        node(node("Relu", "maps", "convolved").setName("/block/act"));
        String maps = "maps";
        if (operator != null) {
            node(node(operator, "curved", maps));
            maps = "curved";
        }
        node(node("GlobalAveragePool", "pooled", maps));
        node(node("Flatten", "features", "pooled"));
    }

    static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(Arrays.asList(inputs))
                .addOutput(output);
    }

    Path write(Path file, int opset, int... shape) throws IOException {
        return Files.write(file, model(opset, shape).toByteArray());
    }

    void clear() {
        graph = GraphProto.newBuilder().setName("external");
    }

    /** In place of "y". */
    void outputs(String... names) {
        outputs = List.of(names);
    }

    void node(NodeProto.Builder node) {
        graph.addNode(node);
    }

    void replaceEnd(NodeProto.Builder node) {
        int last = graph.getNodeCount() - 1;
        if (!graph.getNode(last).getInputList().contains("logits")) {
            graph.removeNode(last--);
        }
        graph.setNode(last, node);
    }

    List<NodeProto> nodes() {
        return graph.getNodeList();
    }

    List<TensorProto> initializers() {
        return graph.getInitializerList();
    }

    void initializer(TensorProto tensor) {
        graph.addInitializer(tensor);
    }

    /** The byte 0, one number. */
    void zero(String name) {
        tensor(name, TensorProto.DataType.UINT8, ByteBuffer.allocate(1));
    }

    void weights(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        tensor(name, TensorProto.DataType.FLOAT, bytes, shape);
    }

    void integers(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        tensor(name, TensorProto.DataType.INT64, bytes, values.length);
    }

    private void tensor(String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes.array()));
        Arrays.stream(shape).forEach(tensor::addDims);
        graph.addInitializer(tensor);
    }

    ExternalGraph graph(int opset, int... shape) {
        return new ExternalGraph(model(opset, shape), "x", "y");
    }

    /** @param shape of the input; 0 where it is free */
    ModelProto model(int opset, int... shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        Arrays.stream(shape)
                .forEach(size -> sizes.addDim(
                        size == 0
                                ? TensorShapeProto.Dimension.newBuilder().setDimParam("free")
                                : TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph.clone()
                        .addInput(value("x", sizes))
                        .addAllOutput(outputs.stream()
                                .map(output -> ValueInfoProto.newBuilder()
                                        .setName(output)
                                        .build())
                                .toList()))
                .build();
    }

    private static ValueInfoProto value(String name, TensorShapeProto.Builder shape) {
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
