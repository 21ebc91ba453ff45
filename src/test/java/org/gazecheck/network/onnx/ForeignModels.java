package org.gazecheck.network.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** Small ONNX models, node by node, from the input "x" to the output "y". */
final class ForeignModels {
    private GraphProto.Builder graph = GraphProto.newBuilder().setName("foreign");

    void clear() {
        graph = GraphProto.newBuilder().setName("foreign");
    }

    void node(NodeProto.Builder node) {
        graph.addNode(node);
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

    ForeignGraph graph(int opset, int... shape) {
        return new ForeignGraph(model(opset, shape), "x", "y");
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
                        .addOutput(ValueInfoProto.newBuilder().setName("y")))
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
