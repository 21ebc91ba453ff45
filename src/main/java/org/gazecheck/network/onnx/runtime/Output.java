package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.TensorProto;
import org.jspecify.annotations.Nullable;

/**
 * What an output of a model was in one pass.
 *
 * @param type of its numbers, of {@code TensorProto.DataType}
 * @param integers its numbers, where they are whole or truth values, and few
 * @param floats its numbers, where they are of single or half precision, and few
 */
public record Output(int type, List<Long> shape, long @Nullable [] integers, float @Nullable [] floats) {
    private static final int FEW = 1 << 16;
    private static final String PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    static Output of(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
        boolean few = shape.stream().reduce(1L, (a, b) -> a * b) <= FEW;
        return new Output(type(info.onnxType), shape, few ? integers(tensor) : null, few ? floats(tensor) : null);
    }

    /** ONNX Runtime's Java API numbers them otherwise. */
    private static int type(TensorInfo.OnnxTensorType type) {
        String name = type.name().substring(PREFIX.length());
        return TensorProto.DataType.valueOf(name).getNumber();
    }

    private static long @Nullable [] integers(OnnxTensor tensor) {
        return switch (tensor.getInfo().type) {
            case INT64 -> {
                LongBuffer values = tensor.getLongBuffer();
                long[] numbers = new long[values.remaining()];
                values.get(numbers);
                yield numbers;
            }
            case INT32 -> {
                IntBuffer values = tensor.getIntBuffer();
                int[] numbers = new int[values.remaining()];
                values.get(numbers);
                yield Arrays.stream(numbers).asLongStream().toArray();
            }
            case BOOL, INT8, UINT8 -> {
                ByteBuffer values = tensor.getByteBuffer();
                long[] numbers = new long[values.remaining()];
                boolean signed = tensor.getInfo().type == OnnxJavaType.INT8;
                Arrays.setAll(numbers, i -> signed ? values.get(i) : Byte.toUnsignedInt(values.get(i)));
                yield numbers;
            }
            default -> null;
        };
    }

    private static float @Nullable [] floats(OnnxTensor tensor) {
        return switch (tensor.getInfo().type) {
            case FLOAT, FLOAT16, BFLOAT16 -> {
                FloatBuffer values = tensor.getFloatBuffer();
                float[] numbers = new float[values.remaining()];
                values.get(numbers);
                yield numbers;
            }
            default -> null;
        };
    }
}
