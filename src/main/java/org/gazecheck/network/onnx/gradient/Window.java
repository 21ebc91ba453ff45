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
        int[] stride = attributes.integers("strides").orElse(new int[] {1, 1});
        int[] dilation = attributes.integers("dilations").orElse(new int[] {1, 1});
        int[] before = attributes
                .integers("pads")
                .map(pads -> new int[] {pads[0], pads[1]})
                .orElse(new int[2]);
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

    /** Row (d = 0) or column (d = 1) of the input under tap {@code k} of the window at {@code o}; may lie outside. */
    int position(int d, int o, int k) {
        return o * stride[d] - before[d] + k * dilation[d];
    }
}
