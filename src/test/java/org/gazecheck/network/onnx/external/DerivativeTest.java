package org.gazecheck.network.onnx.external;

import static org.gazecheck.network.onnx.external.ExternalAttributes.integer;
import static org.gazecheck.network.onnx.external.ExternalAttributes.integers;
import static org.gazecheck.network.onnx.external.ExternalAttributes.real;
import static org.gazecheck.network.onnx.external.ExternalAttributes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.onnx.backward.Refusals;
import org.gazecheck.network.onnx.runtime.OnnxPart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every operator that can be differentiated, against central differences of ONNX Runtime's own forward pass. */
class DerivativeTest {
    private static final int[] MAPS = {3, 6, 5};
    private static final int[] ROW = {12};
    private static final int ROWS = 3;
    private static final double STEP = 2e-3;
    private static final double TOLERANCE = 5e-3;

    private static final Set<String> CHECKED = new TreeSet<>();

    private final SplittableRandom random = new SplittableRandom(5);
    private final ExternalModels models = new ExternalModels();

    @Test
    void activationFunctions() {
        for (String operator : List.of(
                "Relu",
                "LeakyRelu",
                "Sigmoid",
                "Tanh",
                "HardSigmoid",
                "Elu",
                "Softplus",
                "Erf",
                "Exp",
                "Abs",
                "Neg",
                "Sin",
                "Cos",
                "Identity",
                "Floor",
                "Ceil",
                "Round",
                "Sign")) {
            check(ROW, node(operator, "x"));
        }
        check(ROW, real(node("LeakyRelu", "x"), "alpha", 0.3f));
        check(ROW, real(node("Elu", "x"), "alpha", 0.7f));
        check(ROW, real(real(node("HardSigmoid", "x"), "alpha", 0.4f), "beta", 0.35f));
        check(18, ROW, node("HardSwish", "x"));
        check(18, ROW, node("Mish", "x"));
        check(20, ROW, node("Gelu", "x"));
        check(20, ROW, text(node("Gelu", "x"), "approximate", "tanh"));
        models.weights("slope", new float[] {0.2f, -0.5f, 0.1f}, 3, 1, 1);
        check(MAPS, node("PRelu", "x", "slope"));
        models.weights("low", new float[] {-0.5f});
        models.weights("high", new float[] {0.7f});
        check(ROW, node("Clip", "x", "low", "high"));
        models.weights("low", new float[] {-0.5f});
        check(ROW, node("Clip", "x", "low"));
        check(6, ROW, real(real(node("Clip", "x"), "min", -0.4f), "max", 0.9f));
    }

    @Test
    void functionsOfPositiveNumbers() {
        for (String operator : List.of("Log", "Sqrt", "Reciprocal")) {
            positive();
            check(ROW, node(operator, "positive"));
        }
        positive();
        models.weights("power", new float[] {2.5f});
        check(ROW, node("Pow", "positive", "power"));
        positive();
        check(ROW, node("Pow", "positive", "x"));
        models.weights("power", new float[] {2});
        check(ROW, node("Pow", "x", "power"));
        models.integers("power", 3);
        check(ROW, node("Pow", "x", "power"));
    }

    /** exp(x / 2) + 0.1 */
    private void positive() {
        models.weights("half", new float[] {0.5f});
        models.weights("little", new float[] {0.1f});
        models.node(ExternalModels.node("Mul", "scaled", "x", "half"));
        models.node(ExternalModels.node("Exp", "grown", "scaled"));
        models.node(ExternalModels.node("Add", "positive", "grown", "little"));
    }

    @Test
    void arithmeticWithRepetition() {
        for (String operator : List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean")) {
            models.weights("c", new float[] {0.53f, -1.57f, 2.01f}, 3, 1, 1);
            check(MAPS, node(operator, "x", "c"));
            if (operator.equals("Max") || operator.equals("Min")) {
                continue;
            }
            models.node(integers(ExternalModels.node("ReduceMean", "m", "x"), "axes", 2));
            models.node(ExternalModels.node("Exp", "n", "m"));
            check(MAPS, node(operator, "x", "n"));
            models.node(integers(ExternalModels.node("ReduceMean", "m", "x"), "axes", 1, 3));
            models.node(ExternalModels.node("Exp", "n", "m"));
            if (!operator.equals("Div")) {
                check(MAPS, node(operator, "n", "x"));
            }
        }
        for (String operator : List.of("Add", "Sub", "Mul")) {
            models.weights("c", numbers(2), 2, 1, 1, 1, 1);
            models.node(ExternalModels.node(operator, "z", "c", "x"));
            check(MAPS, integers(node("ReduceSum13", "z"), "axes", 0));
            check(MAPS, node(operator, "x", "x"));
        }
        models.weights("zero", new float[1]);
        models.node(ExternalModels.node("Greater", "positive", "x", "zero"));
        models.node(ExternalModels.node("Sin", "other", "x"));
        check(MAPS, node("Where", "positive", "other", "x"));
    }

    @Test
    void whatOnlyMovesNumbers() {
        check(MAPS, node("Flatten", "x"));
        check(MAPS, node("Dropout", "x"));
        check(MAPS, integers(node("Transpose", "x"), "perm", 0, 2, 3, 1));
        check(MAPS, integers(node("Transpose", "x"), "perm", 0, 3, 1, 2));
        models.integers("shape", -1, 15, 6);
        check(MAPS, node("Reshape", "x", "shape"));
        models.integers("axes", 4, 1);
        models.node(ExternalModels.node("Unsqueeze", "z", "x", "axes"));
        check(MAPS, node("Squeeze", "z", "axes"));
        models.node(ExternalModels.node("Sin", "z", "x"));
        check(MAPS, integer(node("Concat", "x", "z", "x"), "axis", 1));
        check(MAPS, integer(node("Concat", "x", "x"), "axis", -1));
        models.integers("parts", 1, 3, 2);
        NodeProto.Builder split =
                ExternalModels.node("Split", "a", "x", "parts").addOutput("b").addOutput("c");
        models.node(integer(split, "axis", 2));
        check(MAPS, integer(node("Concat", "c", "a"), "axis", 2));
        models.integers("shape", 1, 3, 6, 5, 4);
        models.integers("last", -1);
        models.node(ExternalModels.node("Unsqueeze", "z", "x", "last"));
        models.node(ExternalModels.node("Expand", "w", "z", "shape"));
        models.weights("c", numbers(4), 4);
        check(MAPS, node("Mul", "w", "c"));
        models.integers("repeats", 1, 2, 1, 3);
        check(MAPS, node("Tile", "x", "repeats"));
        for (String mode : List.of("DCR", "CRD")) {
            check(new int[] {8, 2, 3}, text(integer(node("DepthToSpace", "x"), "blocksize", 2), "mode", mode));
        }
        check(new int[] {2, 4, 6}, integer(node("SpaceToDepth", "x"), "blocksize", 2));
        check(
                MAPS,
                integer(ExternalAttributes.integer(node("Cast", "x"), "to", 1), "to", 1)
                        .removeAttribute(1));
    }

    @Test
    void choicesOfPlaces() {
        for (int draw = 0; draw < 12; draw++) {
            long step = new long[] {1, 2, 3, -1, -2}[random.nextInt(5)];
            models.integers("starts", step > 0 ? random.nextInt(-6, 3) : random.nextInt(3, 9), 1);
            models.integers("ends", step > 0 ? random.nextInt(4, 9) : -9 + random.nextInt(2), -1);
            models.integers("axes", 2, -1);
            models.integers("steps", step, 1);
            check(MAPS, node("Slice", "x", "starts", "ends", "axes", "steps"));
        }
        models.integers("places", 2, -1, 0, 2, 4);
        check(MAPS, integer(node("Gather", "x", "places"), "axis", 3));
        models.integers("places", 1);
        check(MAPS, integer(node("Gather", "x", "places"), "axis", 1));
        for (String mode : List.of("constant", "edge", "reflect")) {
            for (int draw = 0; draw < 4; draw++) {
                long[] pads =
                        LongStream.generate(() -> random.nextInt(3)).limit(8).toArray();
                pads[0] = 0;
                pads[4] = 0;
                pads[1] = draw;
                pads[5] = 0;
                pads[1] = Math.min(2, pads[1]);
                models.integers("pads", pads);
                check(MAPS, text(node("Pad", "x", "pads"), "mode", mode));
            }
        }
        models.integers("pads", 0, 0, -1, 2, 0, 0, 1, -1);
        check(MAPS, node("Pad", "x", "pads"));
        models.integers("axis", 2);
        for (int i = 0; i < 4; i++) {
            models.integers("axis", 2);
            check(MAPS, integer(integer(node("CumSum", "x", "axis"), "exclusive", i % 2), "reverse", i / 2));
        }
        models.integers("k", 3);
        check(MAPS, integer(node("TopK", "x", "k").addOutput("places"), "axis", 2));
        models.integers("one", 1);
        models.node(integer(ExternalModels.node("TopK", "values", "x", "one").addOutput("places"), "axis", 3));
        check(MAPS, integer(node("GatherElements", "x", "places"), "axis", 3));
    }

    @Test
    void reductions() {
        for (String operator :
                List.of("Sum", "Mean", "Max", "Min", "L1", "L2", "SumSquare", "LogSumExp", "Prod", "LogSum")) {
            for (long[] axes : new long[][] {{2, 3}, {-1, 1}, {2}}) {
                String x = "x";
                if (operator.equals("LogSum")) {
                    positive();
                    x = "positive";
                }
                NodeProto.Builder node = node("Reduce" + operator, x);
                if (operator.equals("Sum")) {
                    models.integers("axes", axes);
                    node.addInput("axes");
                } else {
                    integers(node, "axes", axes);
                }
                check(operator.equals("Prod") ? new int[] {2, 3, 2} : MAPS, integer(node, "keepdims", axes[0] & 1));
            }
        }
        models.integers("axes", 3, 2);
        check(18, MAPS, node("ReduceMean", "x", "axes"));
        check(11, MAPS, integers(node("ReduceSum", "x"), "axes", 1, 2));
    }

    @Test
    void softmaxes() {
        for (String operator : List.of("Softmax", "LogSoftmax")) {
            check(MAPS, integer(node(operator, "x"), "axis", 1));
            check(MAPS, node(operator, "x"));
            check(11, MAPS, integer(node(operator, "x"), "axis", 2));
        }
    }

    @Test
    void normalisations() {
        models.weights("scale", numbers(3), 3);
        models.weights("shift", numbers(3), 3);
        models.weights("mean", numbers(3), 3);
        models.weights("variance", new float[] {0.5f, 1, 2}, 3);
        check(MAPS, real(node("BatchNormalization", "x", "scale", "shift", "mean", "variance"), "epsilon", 0.1f));
        models.weights("scale", numbers(3), 3);
        models.weights("shift", numbers(3), 3);
        check(MAPS, real(node("InstanceNormalization", "x", "scale", "shift"), "epsilon", 0.1f));
        models.weights("scale", numbers(5), 5);
        models.weights("shift", numbers(5), 5);
        check(17, MAPS, real(node("LayerNormalization", "x", "scale", "shift"), "epsilon", 0.1f));
        models.weights("scale", numbers(30), 6, 5);
        check(17, MAPS, integer(node("LayerNormalization", "x", "scale"), "axis", 2));
        models.weights("scale", numbers(2), 2);
        models.weights("shift", numbers(2), 2);
        check(18, new int[] {4, 3, 2}, integer(node("GroupNormalization", "x", "scale", "shift"), "num_groups", 2));
        models.weights("scale", numbers(4), 4);
        models.weights("shift", numbers(4), 4);
        check(21, new int[] {4, 3, 2}, integer(node("GroupNormalization", "x", "scale", "shift"), "num_groups", 2));
        for (int size = 1; size < 6; size += 2) {
            NodeProto.Builder lrn = real(integer(node("LRN", "x"), "size", size), "alpha", 0.9f);
            check(new int[] {6, 2, 3}, real(real(lrn, "beta", 0.6f), "bias", 1.5f));
        }
    }

    @Test
    void pooling() {
        check(MAPS, node("GlobalAveragePool", "x"));
        check(MAPS, node("GlobalMaxPool", "x"));
        for (String operator : List.of("AveragePool", "MaxPool")) {
            for (int draw = 0; draw < 16; draw++) {
                boolean plane = draw % 4 > 0;
                int d = plane ? 2 : 1;
                int[] shape = plane ? new int[] {2, 5 + random.nextInt(4), 4 + random.nextInt(4)} : new int[] {2, 11};
                long[] kernel = draw(d, 2, 4);
                NodeProto.Builder node = integers(node(operator, "x"), "kernel_shape", kernel);
                integers(node, "strides", draw(d, 1, 4));
                boolean dilated = operator.equals("MaxPool") && random.nextInt(3) == 0;
                if (dilated) {
                    integers(node, "dilations", draw(d, 1, 3));
                }
                switch (random.nextInt(4)) {
                    case 0 -> text(node, "auto_pad", dilated ? "VALID" : "SAME_UPPER");
                    case 1 -> text(node, "auto_pad", dilated ? "VALID" : "SAME_LOWER");
                    default -> {
                        integers(node, "pads", draw(2 * d, 0, 2));
                        integer(node, "ceil_mode", random.nextInt(2));
                    }
                }
                if (operator.equals("AveragePool")) {
                    integer(node, "count_include_pad", random.nextInt(2));
                }
                check(shape, node);
            }
        }
    }

    @Test
    void products() {
        for (int draw = 0; draw < 4; draw++) {
            boolean transposed = draw % 2 == 1;
            models.weights("w", numbers(60), transposed ? 5 : 12, transposed ? 12 : 5);
            models.weights("b", numbers(5), 5);
            check(ROW, real(integer(node("Gemm", "x", "w", "b"), "transB", transposed ? 1 : 0), "alpha", 0.5f));
        }
        models.weights("w", numbers(60), 12, 5);
        check(ROW, node("MatMul", "x", "w"));
        models.weights("w", numbers(20), 5, 4);
        check(MAPS, node("MatMul", "x", "w"));
        models.weights("w", numbers(24), 4, 6);
        check(MAPS, node("MatMul", "w", "x"));
        models.weights("w", numbers(5), 5);
        check(MAPS, node("MatMul", "x", "w"));
        models.weights("w", numbers(6), 6);
        check(MAPS, node("MatMul", "w", "x"));
        models.node(integers(ExternalModels.node("Transpose", "t", "x"), "perm", 0, 1, 3, 2));
        check(MAPS, node("MatMul", "x", "t"));
        models.node(integers(ExternalModels.node("Transpose", "t", "x"), "perm", 0, 1, 3, 2));
        models.node(integers(ExternalModels.node("ReduceMean", "m", "t"), "axes", 1));
        check(MAPS, node("MatMul", "m", "x"));
        for (String equation : List.of("nchw,ncvw->nchv", "nchw,ncvw->nvh", "nchw,nchw->nc")) {
            models.node(ExternalModels.node("Sin", "s", "x"));
            check(MAPS, text(node("Einsum", "x", "s"), "equation", equation));
        }
        check(MAPS, text(node("Einsum", "x"), "equation", "nchw->nwch"));
        models.weights("w", numbers(20), 5, 4);
        check(MAPS, text(node("Einsum", "x", "w"), "equation", "nchw,wk->nchk"));
    }

    @Test
    void convolutions() {
        for (int draw = 0; draw < 40; draw++) {
            int d = 1 + draw % 2;
            boolean transposed = draw % 3 == 2;
            int groups = new int[] {1, 2, 4}[random.nextInt(3)];
            int in = groups * (1 + random.nextInt(2));
            int out = groups * (1 + random.nextInt(2));
            int[] shape = new int[d + 1];
            shape[0] = in;
            Arrays.setAll(shape, i -> i == 0 ? in : 5 + random.nextInt(4));
            long[] kernel = draw(d, 1, 4);
            long[] weights = LongStream.concat(
                            LongStream.of(transposed ? in : out, (transposed ? out : in) / groups),
                            Arrays.stream(kernel))
                    .toArray();
            int count = (int) Arrays.stream(weights).reduce(1, (a, b) -> a * b);
            models.weights("w", numbers(count), weights);
            models.weights("b", numbers(out), out);
            NodeProto.Builder node =
                    integer(node(transposed ? "ConvTranspose" : "Conv", "x", "w", "b"), "group", groups);
            long[] strides = draw(d, 1, 4);
            integers(node, "strides", strides);
            integers(node, "kernel_shape", kernel);
            int how = random.nextInt(4);
            if (how == 0) {
                text(
                        node,
                        "auto_pad",
                        List.of("SAME_UPPER", "SAME_LOWER", "VALID").get(random.nextInt(3)));
            } else {
                integers(node, "dilations", draw(d, 1, 3));
                integers(
                        node,
                        "pads",
                        draw(2 * d, 0, (int) Arrays.stream(kernel).min().orElse(1) + (transposed ? 0 : 1)));
                if (transposed) {
                    integers(
                            node,
                            "output_padding",
                            Arrays.stream(strides)
                                    .map(step -> random.nextInt((int) step))
                                    .toArray());
                }
            }
            check(shape, node);
        }
    }

    @Test
    void resampling() {
        for (String mode : List.of("nearest", "linear", "cubic")) {
            for (String places : List.of("half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel")) {
                models.weights("scales", new float[] {1, 1, 1.7f, 0.8f}, 4);
                check(MAPS, resize(node("Resize", "x", "", "scales"), mode, places));
                models.integers("sizes", 1, 3, 9, 4);
                models.node(ExternalModels.node("Shape", "s", "x"));
                models.integers("from", 0);
                models.integers("to", 1);
                models.integers("rest", 3, 9, 4);
                models.node(ExternalModels.node("Slice", "n", "s", "from", "to"));
                models.node(integer(ExternalModels.node("Concat", "all", "n", "rest"), "axis", 0));
                check(MAPS, resize(node("Resize", "x", "", "", "all"), mode, places));
            }
        }
        models.weights("scales", new float[] {1, 1, 2, 3}, 4);
        check(9, MAPS, text(node("Upsample", "x", "scales"), "mode", "linear"));
        models.weights("scales", new float[] {1, 1, 2}, 3);
        check(new int[] {3, 5}, resize(node("Resize", "x", "", "scales"), "nearest", "asymmetric"));
    }

    private static NodeProto.Builder resize(NodeProto.Builder node, String mode, String places) {
        return text(text(node, "mode", mode), "coordinate_transformation_mode", places);
    }

    @Test
    void operatorsWithoutADerivativeAreNamed() {
        models.node(node("Relu", "x").setOutput(0, "before"));
        models.node(ExternalModels.node("Celu", "between", "before"));
        models.node(ExternalModels.node("Relu", "behind", "between"));
        models.node(node("Relu", "behind"));
        ExternalGraph graph = models.graph(13, 0, 3, 6, 5);
        Tensor x = Tensor.of(numbers(180), 2, 3, 6, 5);
        Refusals refusals = new Refusals(ProbedGraph.of(graph, rows(x, 1), x));
        String why = refusals.at("before").orElseThrow();
        assertTrue(why.contains("Celu") && why.contains("'between'"), why);
        assertTrue(refusals.at("behind").isEmpty());
        models.clear();
    }

    /** Places that the graph has as constants, some of them taken twice; images in the last dimension, which is never chosen from. */
    @Test
    void choicesOfManyPlaces() {
        models.weights("places", new float[] {0, 2, 1, 3, 0, 2, 2, 0}, 4, 2);
        models.node(integers(ExternalModels.node("Transpose", "t", "x"), "perm", 1, 2, 3, 0));
        models.node(integer(ExternalModels.node("Cast", "at", "places"), "to", 7));
        models.node(ExternalModels.node("GatherND", "taken", "t", "at"));
        check(MAPS, integers(node("Transpose", "taken"), "perm", 2, 0, 1));
        models.weights("places", new float[] {0, 2, 1, 3, 2, 0}, 3, 2);
        models.node(integers(ExternalModels.node("Transpose", "t", "x"), "perm", 1, 2, 3, 0));
        models.node(integer(ExternalModels.node("Cast", "at", "places"), "to", 7));
        models.node(ExternalModels.node("GatherND", "taken", "t", "at"));
        models.node(ExternalModels.node("Sin", "updates", "taken"));
        models.node(ExternalModels.node("Exp", "into", "t"));
        models.node(ExternalModels.node("ScatterND", "put", "into", "at", "updates"));
        check(MAPS, integers(node("Transpose", "put"), "perm", 3, 0, 1, 2));
    }

    /** Each by its name, with the value behind it. */
    @Test
    void whatIsNotDifferentiatedIsRefusedByName() {
        assertRefused("Celu", 13, ExternalModels.node("Celu", "between", "before"));
        assertRefused("Selu", 13, ExternalModels.node("Selu", "between", "before"));
        assertRefused("Softsign", 13, ExternalModels.node("Softsign", "between", "before"));
        assertRefused("LpPool", 13, integers(ExternalModels.node("LpPool", "between", "before"), "kernel_shape", 2, 2));
        models.integers("pads", 0, 0, 1, 1, 0, 0, 1, 1);
        assertRefused("Pad", 19, text(ExternalModels.node("Pad", "between", "before", "pads"), "mode", "wrap"));
        models.weights("scales", new float[] {1, 1, 0.5f, 0.5f}, 4);
        NodeProto.Builder resize = ExternalModels.node("Resize", "between", "before", "", "scales");
        assertRefused("Resize", 18, text(integer(resize, "antialias", 1), "mode", "linear"));
        models.weights("kernel", numbers(27), 1, 3, 3, 3);
        quantised("before");
        quantised("kernel");
        models.node(ExternalModels.node("ConvInteger", "sums", "before q", "kernel q"));
        assertRefused("ConvInteger", 13, integer(ExternalModels.node("Cast", "between", "sums"), "to", 1));
        models.weights("matrix", numbers(20), 5, 4);
        quantised("before");
        quantised("matrix");
        models.node(ExternalModels.node("MatMulInteger", "sums", "before q", "matrix q"));
        assertRefused("MatMulInteger", 13, integer(ExternalModels.node("Cast", "between", "sums"), "to", 1));
        models.weights("kernel", numbers(27), 1, 3, 3, 3);
        quantised("before");
        quantised("kernel");
        models.node(ExternalModels.node(
                "QLinearConv",
                "sums",
                "before q",
                "before scale",
                "zero",
                "kernel q",
                "kernel scale",
                "zero",
                "kernel scale",
                "zero"));
        assertRefused(
                "QLinearConv", 13, ExternalModels.node("DequantizeLinear", "between", "sums", "kernel scale", "zero"));
        assertRefused(
                "Gelu of the domain com.microsoft",
                13,
                ExternalModels.node("Gelu", "between", "before").setDomain("com.microsoft"));
    }

    private void quantised(String value) {
        models.weights(value + " scale", new float[] {0.02f});
        models.node(ExternalModels.node("QuantizeLinear", value + " q", value, value + " scale", "zero"));
    }

    private void assertRefused(String operator, int opset, NodeProto.Builder last) {
        List<NodeProto> middle = models.nodes();
        List<TensorProto> weights = models.initializers();
        models.clear();
        models.zero("zero");
        weights.forEach(models::initializer);
        models.node(node("Relu", "x").setOutput(0, "before"));
        middle.forEach(node -> models.node(node.toBuilder()));
        models.node(last);
        models.node(node("Relu", "between"));
        ExternalGraph graph = models.graph(opset, 0, 3, 6, 5);
        models.clear();
        Tensor x = Tensor.of(numbers(180), 2, 3, 6, 5);
        Refusals refusals = new Refusals(ProbedGraph.of(graph, rows(x, 1), x));
        String why = refusals.at("before").orElseThrow();
        assertTrue(why.startsWith("the operator " + operator + ","), why);
        assertTrue(why.contains("there are gradients at '"), why);
        assertTrue(refusals.at("between").isEmpty());
    }

    @AfterAll
    static void everyOperatorWasChecked() {
        Set<String> left = new TreeSet<>(Refusals.differentiable());
        left.removeAll(CHECKED);
        assertEquals(
                Set.of(
                        "And",
                        "ArgMax",
                        "ArgMin",
                        "CastLike",
                        "ConstantOfShape",
                        "DequantizeLinear",
                        "Equal",
                        "GreaterOrEqual",
                        "Hardmax",
                        "IsInf",
                        "IsNaN",
                        "Less",
                        "LessOrEqual",
                        "NonZero",
                        "Not",
                        "OneHot",
                        "Or",
                        "QuantizeLinear",
                        "Shape",
                        "Size",
                        "Xor"),
                left);
    }

    private void check(int[] row, NodeProto.Builder node) {
        check(13, row, node);
    }

    private void check(int opset, int[] row, NodeProto.Builder node) {
        if (node.getOpType().equals("ReduceSum13")) {
            models.integers(
                    "axes",
                    node.getAttribute(0).getIntsList().stream()
                            .mapToLong(Long::longValue)
                            .toArray());
            node = node("ReduceSum", "z", "axes");
        }
        models.node(node);
        int[] free = IntStream.concat(IntStream.of(0), Arrays.stream(row)).toArray();
        ExternalGraph graph = models.graph(opset, free);
        graph.subgraph().forEach(each -> CHECKED.add(each.getOpType()));
        models.clear();
        String operator = node.getOpType() + " " + Arrays.toString(row) + " " + node.getAttributeList();
        int length = Arrays.stream(row).reduce(1, (a, b) -> a * b);
        Tensor x = rows(Tensor.of(apart(ROWS * length), free.clone()), ROWS);
        ProbedGraph probed = ProbedGraph.of(graph, rows(x, 1), rows(x, 2));
        assertEquals("", new Refusals(probed).at("x").orElse(""), operator);
        try (ExternalBackward backward = ExternalBackward.open(graph, probed, "x", 1);
                OnnxPart forward = OnnxPart.open(graph.cut(List.of("y")), 0, 1)) {
            Tensor y = forward.run(x).get("y");
            int each = y.size() / ROWS;
            int[] shape = y.shape().length == 2 ? y.shape() : new int[] {ROWS, each};
            Tensor weights = Tensor.of(numbers(y.size()), shape);
            float[] found = backward.run(x, weights).data();
            for (int r = 0; r < ROWS; r++) {
                double[] slopes = slopes(forward, x, r, length, weights.data(), each);
                double largest = Arrays.stream(slopes).map(Math::abs).max().orElse(0);
                for (int i = 0; i < length; i++) {
                    assertEquals(slopes[i], found[r * length + i], TOLERANCE * (1 + largest), operator + " at " + i);
                }
            }
        }
    }

    /** Of a row's score, all in one pass. */
    private static double[] slopes(OnnxPart forward, Tensor x, int row, int length, float[] weights, int each) {
        int[] shape = x.shape().clone();
        shape[0] = 2 * length;
        float[] moved = new float[2 * length * length];
        for (int i = 0; i < 2 * length; i++) {
            System.arraycopy(x.data(), row * length, moved, i * length, length);
            moved[i * length + i / 2] += (float) (i % 2 == 0 ? STEP : -STEP);
        }
        float[] y = forward.run(Tensor.of(moved, shape)).get("y").data();
        double[] slopes = new double[length];
        for (int i = 0; i < length; i++) {
            for (int k = 0; k < each; k++) {
                double change = (double) y[2 * i * each + k] - y[(2 * i + 1) * each + k];
                slopes[i] += weights[row * each + k] * change / (2 * STEP);
            }
        }
        return slopes;
    }

    private static Tensor rows(Tensor x, int n) {
        int[] shape = x.shape().clone();
        shape[0] = 1;
        int length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        shape[0] = n;
        return Tensor.of(Arrays.copyOf(x.data(), n * length), shape);
    }

    private long[] draw(int count, int from, int to) {
        return LongStream.generate(() -> random.nextInt(from, to)).limit(count).toArray();
    }

    /** Numbers from about -2 to 2 in random order, further from each other and from every kink than a step. */
    private float[] apart(int count) {
        float spacing = 4f / count;
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = (i - (count - 1) / 2f) * spacing + spacing / 4;
        }
        return numbers;
    }

    private float[] numbers(int count) {
        return TinyNetworks.numbers(random, count, 0, 1);
    }

    private static NodeProto.Builder node(String operator, String... inputs) {
        return ExternalModels.node(operator, "y", inputs);
    }
}
