package org.gazecheck.network.onnx.backward;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Convolutions with weights that do not depend on the layer. The way back through one of stride 1 is a convolution with
 * transposed kernels turned by 180 degrees; through a larger stride a transposed convolution, or, where channels are
 * convolved by themselves, the former on gradients with zeros in between, since ONNX Runtime is slow at transposed grouped ones.
 */
final class ConvolutionRules {
    private ConvolutionRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Conv", ConvolutionRules::convolution);
        rules.put("ConvTranspose", ConvolutionRules::transposed);
    }

    private static long[] spatial(Shape shape) {
        return shape.sizes().subList(2, shape.rank()).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static void convolution(Step s) {
        s.requireConstant(1);
        s.requireConstant(2);
        if (!s.wants(0)) {
            return;
        }
        Nodes n = s.nodes();
        Shape kernel = s.shape(1);
        if (s.isSummed(0) && Summing.isCellwise(s.node(), s.forward())) {
            String matrix = n.reshape(s.input(1), kernel.size(0), kernel.size(1));
            s.giveSums(0, n.op("MatMul", Summing.sum(n, s.gradient()), matrix));
            return;
        }
        long[] in = spatial(s.shape(0));
        long[] out = spatial(s.outputShape(0));
        Window window = Window.of(s.attributes(), spatial(kernel), in, out);
        long groups = s.attributes().integer("group", 1);
        long[] whole = stretched(window, out, 0);
        boolean spare = isPossible(window.padsBack(whole, in));
        long[] stretched = spare ? whole : stretched(window, out, 1);
        long[] back = window.padsBack(stretched, in);
        if (isPossible(back) && (window.isDense() || groups > 1)) {
            String gradient = window.isDense() ? s.gradient() : stretch(n, s.gradient(), window, whole, stretched);
            s.give(
                    0,
                    n.op(
                            "Conv",
                            attributes(window, groups, Window.ones(in.length), back),
                            gradient,
                            turned(s, groups)));
        } else {
            s.give(0, transposed(n, s.gradient(), s.input(1), window, groups, in, out));
        }
    }

    private static Map<String, Object> attributes(Window window, long groups, long[] strides, long[] pads) {
        return Map.of(
                "kernel_shape", window.kernel(),
                "group", groups,
                "strides", strides,
                "dilations", window.dilation(),
                "pads", pads);
    }

    private static boolean isPossible(long[] pads) {
        return Arrays.stream(pads).allMatch(pad -> pad >= 0);
    }

    /**
     * Sizes of an output with {@code stride - 1} zeros behind each of its numbers.
     *
     * @param less 1: not behind the last
     */
    private static long[] stretched(Window window, long[] out, int less) {
        long[] stretched = new long[out.length];
        for (int i = 0; i < out.length; i++) {
            stretched[i] = out[i] * window.stride()[i] - less * (window.stride()[i] - 1);
        }
        return stretched;
    }

    /**
     * With the zeros: each number as often as it is wide, and all but the first of them masked.
     *
     * @param whole sizes with zeros behind the last number
     * @param stretched as many of them as are kept
     */
    private static String stretch(Nodes n, String gradient, Window window, long[] whole, long[] stretched) {
        float[] scales = new float[whole.length + 2];
        Arrays.fill(scales, 1);
        for (int i = 0; i < whole.length; i++) {
            scales[i + 2] = window.stride()[i];
        }
        String repeated = n.op(
                "Resize",
                Map.of("mode", "nearest", "coordinate_transformation_mode", "asymmetric", "nearest_mode", "floor"),
                gradient,
                "",
                n.floats(scales, scales.length));
        String value = n.mul(repeated, n.floats(firsts(window, whole), whole));
        for (int i = 0; i < whole.length; i++) {
            value = stretched[i] == whole[i] ? value : n.slice(value, i + 2, 0, stretched[i]);
        }
        return value;
    }

    /** 1 where a stretched output has its numbers, 0 where it has zeros. */
    private static float[] firsts(Window window, long[] whole) {
        int size = Math.toIntExact(Arrays.stream(whole).reduce(1, Math::multiplyExact));
        float[] firsts = new float[size];
        for (int cell = 0; cell < size; cell++) {
            boolean first = true;
            long rest = cell;
            for (int i = whole.length - 1; i >= 0; i--) {
                first &= rest % whole[i] % window.stride()[i] == 0;
                rest /= whole[i];
            }
            firsts[cell] = first ? 1 : 0;
        }
        return firsts;
    }

    /** [c, o / groups, ...] of [o, c / groups, ...], turned by 180 degrees. */
    private static String turned(Step s, long groups) {
        Nodes n = s.nodes();
        Shape kernel = s.shape(1);
        int d = kernel.rank() - 2;
        long[] taps = spatial(kernel);
        long out = kernel.size(0) / groups;
        long in = kernel.size(1);
        String weights = s.input(1);
        if (groups == 1) {
            long[] order = LongStream.range(0, d + 2).toArray();
            order[0] = 1;
            order[1] = 0;
            weights = n.transpose(weights, order);
        } else if (in > 1 || out > 1) {
            long[] order = LongStream.range(0, d + 3).toArray();
            order[1] = 2;
            order[2] = 1;
            String grouped = n.reshape(weights, joined(new long[] {groups, out, in}, taps));
            weights = n.reshape(n.transpose(grouped, order), joined(new long[] {groups * in, out}, taps));
        }
        if (Arrays.stream(taps).allMatch(size -> size == 1)) {
            return weights;
        }
        long[] from = new long[d];
        long[] to = new long[d];
        long[] steps = new long[d];
        Arrays.fill(from, -1);
        Arrays.fill(to, Integer.MIN_VALUE);
        Arrays.fill(steps, -1);
        return n.op(
                "Slice",
                weights,
                n.integers(from),
                n.integers(to),
                n.integers(LongStream.range(2, d + 2).toArray()),
                n.integers(steps));
    }

    private static long[] joined(long[] a, long[] b) {
        return LongStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    private static String transposed(
            Nodes n, String gradient, String weights, Window window, long groups, long[] in, long[] out) {
        int d = in.length;
        long[] more = new long[d];
        for (int i = 0; i < d; i++) {
            more[i] = in[i]
                    - ((out[i] - 1) * window.stride()[i] + window.span(i) - window.before()[i] - window.after()[i]);
        }
        return n.op(
                "ConvTranspose",
                Map.of(
                        "kernel_shape", window.kernel(),
                        "group", groups,
                        "strides", window.stride(),
                        "dilations", window.dilation(),
                        "pads", window.pads(),
                        "output_padding", more),
                gradient,
                weights);
    }

    /** The way back is the convolution that it transposes. */
    private static void transposed(Step s) {
        s.requireConstant(1);
        s.requireConstant(2);
        if (!s.wants(0)) {
            return;
        }
        Nodes n = s.nodes();
        long[] kernel = spatial(s.shape(1));
        long[] in = spatial(s.shape(0));
        long[] out = spatial(s.outputShape(0));
        int d = kernel.length;
        Attributes attributes = s.attributes();
        Window window = Window.of(attributes, kernel, out, in);
        long[] before = window.before().clone();
        long[] after = window.after().clone();
        if (attributes.has("output_shape")
                || !attributes.text("auto_pad", "NOTSET").equals("NOTSET")) {
            long[] more = attributes.integers("output_padding").orElseGet(() -> new long[d]);
            for (int i = 0; i < d; i++) {
                long all = Math.max(0, (in[i] - 1) * window.stride()[i] + more[i] + window.span(i) - out[i]);
                boolean upper = attributes.text("auto_pad", "NOTSET").equals("SAME_UPPER");
                before[i] = upper ? all / 2 : all - all / 2;
                after[i] = all - before[i];
            }
        }
        Window padded = new Window(kernel, window.stride(), window.dilation(), before, after);
        String back = n.op(
                "Conv",
                attributes(padded, attributes.integer("group", 1), padded.stride(), padded.pads()),
                s.gradient(),
                s.input(1));
        s.give(0, back);
    }
}
