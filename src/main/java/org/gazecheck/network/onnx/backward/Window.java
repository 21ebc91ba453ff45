package org.gazecheck.network.onnx.backward;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The sliding window of a convolution over d spatial dimensions, with the conventions of ONNX.
 *
 * @param kernel [d]
 * @param stride [d]
 * @param dilation [d]
 * @param before [d] padding in front
 * @param after [d] padding at the end
 */
record Window(long[] kernel, long[] stride, long[] dilation, long[] before, long[] after) {
    /**
     * Of a convolution.
     *
     * @param kernel [d]
     * @param in [d] sizes of its input
     * @param out [d] sizes of its output
     */
    static Window of(Attributes attributes, long[] kernel, long[] in, long[] out) {
        int d = kernel.length;
        long[] stride = attributes.integers("strides").orElseGet(() -> ones(d));
        long[] dilation = attributes.integers("dilations").orElseGet(() -> ones(d));
        long[] pads = attributes.integers("pads").orElseGet(() -> new long[2 * d]);
        long[] before = Arrays.copyOf(pads, d);
        long[] after = Arrays.copyOfRange(pads, d, 2 * d);
        String auto = attributes.text("auto_pad", "NOTSET");
        if (!auto.equals("NOTSET")) {
            for (int i = 0; i < d; i++) {
                long all = auto.equals("VALID")
                        ? 0
                        : Math.max(0, (out[i] - 1) * stride[i] + (kernel[i] - 1) * dilation[i] + 1 - in[i]);
                before[i] = auto.equals("SAME_LOWER") ? (all + 1) / 2 : all / 2;
                after[i] = all - before[i];
            }
        }
        return new Window(kernel, stride, dilation, before, after);
    }

    static long[] ones(int d) {
        long[] ones = new long[d];
        Arrays.fill(ones, 1);
        return ones;
    }

    int dimensions() {
        return kernel.length;
    }

    /** How many places of the input a window spans. */
    long span(int d) {
        return (kernel[d] - 1) * dilation[d] + 1;
    }

    boolean isDense() {
        return Arrays.stream(stride).allMatch(step -> step == 1);
    }

    /** Padding in front and at the end that makes the convolution with turned kernels the way back, of stride 1. */
    long[] padsBack(long[] inStretched, long[] in) {
        int d = dimensions();
        long[] pads = new long[2 * d];
        for (int i = 0; i < d; i++) {
            pads[i] = span(i) - 1 - before[i];
            pads[d + i] = in[i] + span(i) - 1 - inStretched[i] - pads[i];
        }
        return pads;
    }

    long[] pads() {
        return IntStream.range(0, 2 * dimensions())
                .mapToLong(i -> i < dimensions() ? before[i] : after[i - dimensions()])
                .toArray();
    }
}
