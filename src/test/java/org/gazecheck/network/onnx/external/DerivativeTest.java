package org.gazecheck.network.onnx.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.onnx.runtime.OnnxPart;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.protobuf.ByteString;

/** Every operator with a derivative, against finite differences of ONNX Runtime's own forward pass. */
class DerivativeTest {
    private static final int[] MAPS = {2, 3, 6, 5};
    private static final int[] ROWS = {2, 12};

    private final SplittableRandom random = new SplittableRandom(5);
    private final ExternalModels models = new ExternalModels();

    @Test
    void activationFunctions() {
        for (String operator : List.of("Relu", "LeakyRelu", "Sigmoid", "Tanh", "HardSigmoid")) {
            check(ROWS, node(operator, "x"));
        }
        check(ROWS, node("LeakyRelu", "x"), real("alpha", 0.3f));
        check(14, ROWS, node("HardSwish", "x"));
        models.weights("low", new float[] {-0.5f});
        models.weights("high", new float[] {0.7f});
        check(ROWS, node("Clip", "x", "low", "high"));
        models.weights("low", new float[] {-0.5f});
        check(ROWS, node("Clip", "x", "low"));
    }

    @Test
    void whatOnlyMovesNumbers() {
        check(MAPS, node("Flatten", "x"));
        check(MAPS, node("Identity", "x"));
        check(MAPS, node("Dropout", "x"));
        check(MAPS, node("Transpose", "x"), whole("perm", 0, 2, 3, 1));
        check(MAPS, node("Transpose", "x"));
        models.integers("shape", 2, 15, -1);
        check(MAPS, node("Reshape", "x", "shape"));
        models.integers("axes", 4);
        check(MAPS, node("Unsqueeze", "x", "axes"));
        check(MAPS, node("Concat", "x", "x"), one("axis", 1));
        check(MAPS, node("Concat", "x", "x"), one("axis", -1));
    }

    @Test
    void pooling() {
        check(MAPS, node("GlobalAveragePool", "x"));
        check(MAPS, node("GlobalMaxPool", "x"));
        check(MAPS, node("ReduceMean", "x"), whole("axes", 2, 3));
        check(MAPS, node("ReduceMean", "x"), whole("axes", -1, 1), one("keepdims", 0));
        models.integers("axes", 3, 2);
        check(18, MAPS, node("ReduceMean", "x", "axes"));
        for (String operator : List.of("AveragePool", "MaxPool")) {
            check(MAPS, node(operator, "x"), whole("kernel_shape", 2, 2), whole("strides", 2, 2));
            check(
                    MAPS,
                    node(operator, "x"),
                    whole("kernel_shape", 3, 2),
                    whole("strides", 2, 1),
                    whole("pads", 1, 0, 1, 1));
            check(
                    MAPS,
                    node(operator, "x"),
                    whole("kernel_shape", 3, 3),
                    whole("strides", 2, 2),
                    text("auto_pad", "SAME_UPPER"));
            check(
                    MAPS,
                    node(operator, "x"),
                    whole("kernel_shape", 2, 2),
                    whole("strides", 2, 2),
                    text("auto_pad", "SAME_LOWER"));
        }
        check(
                MAPS,
                node("AveragePool", "x"),
                whole("kernel_shape", 3, 3),
                whole("pads", 1, 1, 1, 1),
                one("count_include_pad", 1));
        check(MAPS, node("MaxPool", "x"), whole("kernel_shape", 3, 3), whole("strides", 2, 2), one("ceil_mode", 1));
        check(MAPS, node("MaxPool", "x"), whole("kernel_shape", 2, 2), whole("dilations", 2, 2));
    }

    @Test
    void denseLayers() {
        models.weights("w", numbers(60), 5, 12);
        models.weights("b", numbers(5), 5);
        check(ROWS, node("Gemm", "x", "w", "b"), one("transB", 1));
        models.weights("w", numbers(60), 12, 5);
        check(ROWS, node("Gemm", "x", "w"), real("alpha", 0.5f));
        models.weights("w", numbers(60), 12, 5);
        check(ROWS, node("MatMul", "x", "w"));
    }

    @Test
    void convolutions() {
        models.weights("w", numbers(4 * 3 * 9), 4, 3, 3, 3);
        models.weights("b", numbers(4), 4);
        check(MAPS, node("Conv", "x", "w", "b"), whole("strides", 2, 1), whole("pads", 1, 1, 1, 1));
        models.weights("w", numbers(6 * 6), 6, 1, 3, 2);
        check(MAPS, node("Conv", "x", "w"), one("group", 3), whole("dilations", 2, 1));
        models.weights("w", numbers(4 * 3 * 9), 4, 3, 3, 3);
        check(MAPS, node("Conv", "x", "w"), text("auto_pad", "SAME_UPPER"), whole("strides", 2, 2));
        models.weights("scale", numbers(3), 3);
        models.weights("shift", numbers(3), 3);
        models.weights("mean", numbers(3), 3);
        models.weights("variance", new float[] {0.5f, 1, 2}, 3);
        check(MAPS, node("BatchNormalization", "x", "scale", "shift", "mean", "variance"), real("epsilon", 0.1f));
    }

    @Test
    void arithmeticWithRepetition() {
        for (String operator : List.of("Add", "Sub", "Mul", "Div")) {
            models.weights("c", new float[] {0.5f, -1.5f, 2}, 3, 1, 1);
            check(MAPS, node(operator, "x", "c"));
        }
        for (String operator : List.of("Add", "Sub", "Mul")) {
            models.weights("c", numbers(2), 2, 1, 1, 1, 1);
            check(MAPS, node(operator, "c", "x"));
            check(MAPS, node(operator, "x", "x"));
        }
    }

    @Test
    void operatorsWithoutADerivativeAreNamed() {
        models.node(node("Relu", "x").setOutput(0, "before"));
        models.node(node("Softmax", "before"));
        ExternalGraph graph = models.graph(13, MAPS);
        assertTrue(
                ExternalBackward.whyNoGradients(graph, "before").orElseThrow().contains("Softmax"));
    }

    private void check(int[] shape, NodeProto.Builder node, AttributeProto... attributes) {
        check(13, shape, node, attributes);
    }

    private void check(int opset, int[] shape, NodeProto.Builder node, AttributeProto... attributes) {
        models.node(node.addAllAttribute(Arrays.asList(attributes)));
        ExternalGraph graph = models.graph(opset, shape);
        models.clear();
        String operator = node.getOpType() + " " + node.getAttributeList();
        assertTrue(ExternalBackward.whyNoGradients(graph, "x").isEmpty(), operator);
        Tensor x = Tensor.of(apart(Arrays.stream(shape).reduce(1, (a, b) -> a * b)), shape);
        try (ExternalBackward backward = ExternalBackward.open(graph, "x", 1);
                OnnxPart forward = OnnxPart.open(graph.cut(List.of("y")), 0, 1)) {
            Tensor y = forward.run(x).get("y");
            Tensor weights = Tensor.of(numbers(y.size()), y.shape());
            float[] found = backward.run(x, weights).data();
            for (int i = 0; i < x.size(); i++) {
                double step = 1e-3;
                double slope =
                        (score(forward, x, i, step, weights) - score(forward, x, i, -step, weights)) / (2 * step);
                assertEquals(slope, found[i], 5e-3, operator + " at " + i);
            }
        }
    }

    private static double score(OnnxPart forward, Tensor x, int index, double step, Tensor weights) {
        float[] moved = x.data().clone();
        moved[index] += (float) step;
        float[] y = forward.run(Tensor.of(moved, x.shape())).get("y").data();
        double score = 0;
        for (int i = 0; i < y.length; i++) {
            score += (double) weights.data()[i] * y[i];
        }
        return score;
    }

    /** Numbers from about -2 to 2 in random order, further from each other and from every kink than a step. */
    private float[] apart(int count) {
        float spacing = count > 100 ? 0.02f : 0.2f;
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = (i - (count - 1) / 2f) * spacing + 0.003f;
        }
        return numbers;
    }

    private float[] numbers(int count) {
        return TinyNetworks.numbers(random, count, 0, 1);
    }

    private static NodeProto.Builder node(String operator, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(Arrays.asList(inputs))
                .addOutput("y");
    }

    private static AttributeProto one(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto whole(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    private static AttributeProto real(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }
}
