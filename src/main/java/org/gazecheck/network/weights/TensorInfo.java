package org.gazecheck.network.weights;

/**
 * What a file says of a tensor, before its numbers are read.
 *
 * @param type of its numbers, as the file names it
 * @param floating whether its numbers can be read as single precision
 * @param shape sizes of its dimensions
 */
record TensorInfo(String type, boolean floating, int[] shape) {}
