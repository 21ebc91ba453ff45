package org.gazecheck.network.onnx.external;

import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;

/**
 * One number z whose sigmoid is the probability of the second of two classes, as the logits -z/2 and z/2 of both: their
 * softmax are the probabilities, and the second one rather than the first is z.
 */
final class BinaryHead {
    /** The value that holds both. */
    static final String LOGITS = "gazecheck/logits of two classes";

    private static final String SINGLE = "gazecheck/single precision";
    private static final String COLUMN = "gazecheck/column";
    private static final String SIGNS = "gazecheck/signs";

    private BinaryHead() {}

    /**
     * @param logit the value that holds one number for an image
     * @return the model with {@link #LOGITS}, [n, 2], computed of it
     */
    static ModelProto append(ModelProto model, String logit) {
        AttributeProto type = AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(TensorProto.DataType.FLOAT_VALUE)
                .build();
        TensorProto signs = TensorProto.newBuilder()
                .setName(SIGNS)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(2)
                .addAllFloatData(List.of(-0.5f, 0.5f))
                .build();
        GraphProto.Builder graph = model.getGraph().toBuilder()
                .addInitializer(signs)
                .addNode(node("Cast", SINGLE, logit).addAttribute(type))
                .addNode(node("Flatten", COLUMN, SINGLE))
                .addNode(node("Mul", LOGITS, COLUMN, SIGNS));
        return model.toBuilder().setGraph(graph).build();
    }

    private static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output);
    }
}
