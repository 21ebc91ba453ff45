package org.gazecheck.network.onnx.gradient;

import java.util.stream.IntStream;

/**
 * The sliding window of a pooling or convolution over height and width, with the conventions of ONNX.
 *
 * @param kernel [2]
 * @param stride [2]
 * @param dilation [2]
 * @param before [2] padding above and to the left
 */
record Window(int[] kernel, int[] stride, int[] dilation, int[] before) {
    /**
     * @param kernel [2]
     * @param in [2] height and width of the input
     * @param out [2] height and width of the output
     */
    static Window of(Attributes attributes, int[] kernel, int[] in, int[] out) {
        int[] stride = orOnes(attributes.integers("strides"));
        int[] dilation = orOnes(attributes.integers("dilations"));
        int[] pads = attributes.integers("pads");
        int[] before = pads == null ? new int[2] : new int[] {pads[0], pads[1]};
        String auto = attributes.text("auto_pad", "NOTSET");
        if (auto.startsWith("SAME")) {
            before = IntStream.range(0, 2)
                    .map(d -> {
                        int all = Math.max(0, (out[d] - 1) * stride[d] + (kernel[d] - 1) * dilation[d] + 1 - in[d]);
                        return auto.equals("SAME_UPPER") ? all / 2 : (all + 1) / 2;
                    })
                    .toArray();
        }
        return new Window(kernel, stride, dilation, before);
    }

    private static int[] orOnes(int[] values) {
        return values == null ? new int[] {1, 1} : values;
    }

    /** Row (d = 0) or column (d = 1) of the input under tap {@code k} of the window at {@code o}; may lie outside. */
    int position(int d, int o, int k) {
        return o * stride[d] - before[d] + k * dilation[d];
    }
}
