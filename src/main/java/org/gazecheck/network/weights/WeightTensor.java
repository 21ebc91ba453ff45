package org.gazecheck.network.weights;

/**
 * A named tensor of a weights file, as single precision.
 *
 * @param data row-major
 */
public record WeightTensor(float[] data, int[] shape) {}
