package org.gazecheck.network.onnx.backward;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Normalisations: by kept statistics, by those of a part of each image, and across neighbouring channels. */
final class NormalisationRules {
    private NormalisationRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("BatchNormalization", NormalisationRules::batch);
        rules.put("InstanceNormalization", NormalisationRules::instance);
        rules.put("GroupNormalization", NormalisationRules::group);
        rules.put("LayerNormalization", NormalisationRules::layer);
        rules.put("LRN", NormalisationRules::local);
    }

    /** {@code gamma / sqrt(variance + eps)} per channel. */
    private static void batch(Step s) {
        boolean training = s.attributes().flag("training_mode")
                || IntStream.range(1, s.outputs())
                        .anyMatch(k -> !s.node().getOutput(k).isEmpty() && s.opset() < 14);
        if (training || s.opset() < 7) {
            throw new NoDerivativeException("in training mode");
        }
        IntStream.range(1, 5).forEach(s::requireConstant);
        Nodes n = s.nodes();
        String epsilon = n.number(s.attributes().number("epsilon", 1e-5));
        String factor = n.div(s.input(1), n.op("Sqrt", n.add(s.input(4), epsilon)));
        s.give(0, n.mul(s.gradient(), perChannel(n, factor, s.shape(0))));
    }

    private static String perChannel(Nodes n, String weights, Shape shape) {
        long[] target = Window.ones(shape.rank());
        target[1] = shape.size(1);
        return n.reshape(weights, target);
    }

    private static void instance(Step s) {
        s.requireConstant(1);
        s.requireConstant(2);
        Nodes n = s.nodes();
        Shape shape = s.shape(0);
        String scaled = n.mul(s.gradient(), perChannel(n, s.input(1), shape));
        List<Integer> axes = IntStream.range(2, shape.rank()).boxed().toList();
        s.give(0, standardised(n, scaled, s.input(0), axes, s.attributes().number("epsilon", 1e-5)));
    }

    /** Weights are each group's before version 21 of the operators, each channel's since. */
    private static void group(Step s) {
        s.requireConstant(1);
        s.requireConstant(2);
        Nodes n = s.nodes();
        Shape shape = s.shape(0);
        long groups = s.attributes().integer("num_groups", 1);
        long channels = shape.size(1);
        String weights = s.input(1);
        if (s.shape(1).size(0) != channels) {
            String column = n.reshape(weights, groups, 1);
            weights = n.reshape(n.op("Expand", column, n.integers(groups, channels / groups)), channels);
        }
        String scaled = n.mul(s.gradient(), perChannel(n, weights, shape));
        long each = shape.count() / shape.size(0) / groups;
        Shape split = shape.replaced(1, shape.rank(), groups, each);
        String back = standardised(
                n,
                n.reshape(scaled, split.target()),
                n.reshape(s.input(0), split.target()),
                List.of(2),
                s.attributes().number("epsilon", 1e-5));
        s.give(0, n.reshape(back, shape.target()));
    }

    private static void layer(Step s) {
        if (IntStream.range(1, s.outputs()).anyMatch(k -> s.gradient(k).isPresent())) {
            throw new NoDerivativeException("whose statistics are used");
        }
        s.requireConstant(1);
        s.requireConstant(2);
        Nodes n = s.nodes();
        Shape shape = s.shape(0);
        int first = shape.axis(s.attributes().integer("axis", -1));
        List<Integer> axes = IntStream.range(first, shape.rank()).boxed().toList();
        String scaled = n.mul(s.gradient(), s.input(1));
        s.give(0, standardised(n, scaled, s.input(0), axes, s.attributes().number("epsilon", 1e-5)));
    }

    /**
     * Through {@code xhat = (x - mean) / sqrt(variance + eps)}: {@code (g - mean(g) - xhat mean(g xhat)) / sqrt(variance + eps)}
     * (Ba et al. 2016).
     *
     * @param axes that the statistics are over
     */
    private static String standardised(Nodes n, String gradient, String x, List<Integer> axes, double epsilon) {
        String centred = n.sub(x, n.mean(x, axes));
        String variance = n.mean(n.mul(centred, centred), axes);
        String deviation = n.op("Sqrt", n.add(variance, n.number(epsilon)));
        String standard = n.div(centred, deviation);
        String along = n.mul(standard, n.mean(n.mul(gradient, standard), axes));
        return n.div(n.sub(n.sub(gradient, n.mean(gradient, axes)), along), deviation);
    }

    /**
     * {@code y = x d^-beta}, {@code d = bias + alpha / size M x^2} with the band matrix M of neighbouring channels (Krizhevsky et
     * al. 2012): {@code g d^-beta - 2 alpha beta / size x M^T (g x d^(-beta - 1))}.
     */
    private static void local(Step s) {
        Nodes n = s.nodes();
        Shape shape = s.shape(0);
        int channels = (int) shape.size(1);
        int size = (int) s.attributes().integer("size", 1);
        double beta = s.attributes().number("beta", 0.75);
        double share = s.attributes().number("alpha", 1e-4) / size;
        float[] band = new float[channels * channels];
        float[] turned = new float[band.length];
        for (int c = 0; c < channels; c++) {
            for (int k = Math.max(0, c - (size - 1) / 2); k < Math.min(channels, c + size / 2 + 1); k++) {
                band[c * channels + k] = 1;
                turned[k * channels + c] = 1;
            }
        }
        Shape rows = shape.replaced(2, shape.rank(), shape.count() / shape.size(0) / channels);
        String x = n.reshape(s.input(0), rows.target());
        String gradient = n.reshape(s.gradient(), rows.target());
        String sums = n.op("MatMul", n.floats(band, channels, channels), n.mul(x, x));
        String d = n.add(n.mul(sums, share), n.number(s.attributes().number("bias", 1)));
        String plain = n.mul(gradient, n.op("Pow", d, n.number(-beta)));
        String inner = n.div(n.mul(plain, x), d);
        String across = n.op("MatMul", n.floats(turned, channels, channels), inner);
        String back = n.sub(plain, n.mul(n.mul(x, across), 2 * share * beta));
        s.give(0, n.reshape(back, shape.target()));
    }
}
