package org.gazecheck.network;

/**
 * A convolution with the batch norm after it folded in: {@code kernel = W * scale}, where {@code scale = gamma /
 * sqrt(variance + eps)} per output channel, and {@code bias = beta - mean * scale}. The scale is kept so that training
 * can continue as if it acted on {@code W} before a fixed scale.
 *
 * @param kernel [out, in, k, k]
 * @param bias [out]
 * @param scale [out], all 1 for a convolution that never had a batch norm
 */
public record FoldedConvolution(float[] kernel, float[] bias, float[] scale) {}
