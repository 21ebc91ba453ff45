package org.gazecheck.network.onnx.backward;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a value of a forward graph.
 *
 * @param type of its numbers, of {@code TensorProto.DataType}
 * @param ofImage whether it depends on the image, be it only on its shape
 * @param integers its numbers, where they are whole and the same for every image
 * @param floats its numbers, where it does not depend on the image and they are few
 */
public record Value(int type, Shape shape, boolean ofImage, long @Nullable [] integers, float @Nullable [] floats) {}
