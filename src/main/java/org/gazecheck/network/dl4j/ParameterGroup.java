package org.gazecheck.network.dl4j;

import org.jspecify.annotations.Nullable;

/**
 * A run of numbers in the flat parameter vector (and, at the same place, in the flat gradient) that belong together,
 * row after row: element {@code i} of the group belongs to output channel (or class) {@code i / rowLength()}.
 *
 * <p>Kernels and biases of convolutions have their batch norm folded in: {@code folded = scale * w}. Training {@code w}
 * before the fixed scale, as if nothing were folded, means that its gradient is {@code scale} times the folded one.
 *
 * @param name "layer4.0.conv1", "fc"
 * @param length a kernel [out, in, k, k], a bias [out], a head's weight [classes, d] or bias [classes], all in C order
 * @param rows output channels or classes
 * @param channelScale [rows], the folded scale of each output channel; absent for the head
 */
public record ParameterGroup(
        String name, Kind kind, long offset, int length, int rows, float @Nullable [] channelScale) {
    /** What an optimiser treats alike. */
    public enum Kind {
        KERNEL,
        BIAS,
        HEAD_WEIGHT,
        HEAD_BIAS
    }

    public int rowLength() {
        return length / rows;
    }
}
