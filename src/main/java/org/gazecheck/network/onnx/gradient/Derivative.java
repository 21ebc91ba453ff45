package org.gazecheck.network.onnx.gradient;

import java.util.List;
import java.util.Optional;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.Tensor;

/** The vector-Jacobian product of an ONNX operator. */
public interface Derivative {
    /**
     * @param gradient of the score with respect to the operator's (first) output
     * @param inputs its operands, in order; null where one is absent or is no single-precision number
     * @param index of the operand that the score is differentiated with respect to
     * @return as large as that operand
     */
    Tensor vectorJacobianProduct(Tensor gradient, List<Tensor> inputs, int index);

    /** That of a node; empty where none is known. */
    static Optional<Derivative> of(NodeProto node) {
        if (!node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
            return Optional.empty();
        }
        Attributes attributes = new Attributes(node);
        return switch (node.getOpType()) {
            case "Identity", "Dropout", "Flatten", "Reshape", "Squeeze", "Unsqueeze" ->
                Optional.of((gradient, inputs, index) ->
                        Tensor.of(gradient.data(), inputs.get(index).shape()));
            case "Transpose" -> Optional.of(Rearrangement.transpose(attributes));
            case "Concat" -> Optional.of(Rearrangement.concat(attributes));
            case "Relu", "LeakyRelu", "Clip", "Sigmoid", "Tanh", "HardSigmoid", "HardSwish" ->
                Optional.of(Elementwise.of(node.getOpType(), attributes));
            case "Add", "Sub", "Mul", "Div" -> Optional.of(Broadcast.of(node.getOpType()));
            case "GlobalAveragePool", "GlobalMaxPool", "AveragePool", "MaxPool", "ReduceMean" ->
                Pooling.of(node.getOpType(), attributes, node);
            case "Gemm", "MatMul", "Conv", "BatchNormalization" -> Linear.of(node.getOpType(), attributes);
            default -> Optional.empty();
        };
    }
}
