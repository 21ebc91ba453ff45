package org.gazecheck.network.onnx.external;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.TinyNetworks;

/**
 * One small network in the forms that files of others have: a 3x3 convolution with two filters, ReLU ("maps"), global average
 * pooling, a dense layer.
 */
public enum ClassifierVariants {
    SOFTMAX(3),
    LOGITS(3),
    SIGMOIDS(3),
    ONE_SIGMOID(1),
    ONE_LOGIT(1),
    /** Logits as [n, 3, 1, 1]. */
    CELLS(3),
    GREY(3),
    CHANNELS_LAST(3),
    BATCH_OF_TWO(3);

    public static final int SIDE = 24;
    public static final int FILTERS = 2;
    private static final int AREA = 9;

    private final int numbers;

    ClassifierVariants(int numbers) {
        this.numbers = numbers;
    }

    /** Logits in the file. */
    public int numbers() {
        return numbers;
    }

    public boolean isGrey() {
        return this == GREY;
    }

    private int channels() {
        return isGrey() ? 1 : 3;
    }

    /** [filters, channels, 3, 3]. */
    public float[] kernel() {
        return TinyNetworks.numbers(new SplittableRandom(3), FILTERS * channels() * AREA, 0, 0.5f);
    }

    /** [filters, numbers]. */
    public float[] dense() {
        return TinyNetworks.numbers(new SplittableRandom(5), FILTERS * numbers, 0, 4);
    }

    public Path write(Path file) throws IOException {
        ExternalModels models = new ExternalModels();
        models.weights("kernel", kernel(), FILTERS, channels(), 3, 3);
        String image = "x";
        if (this == CHANNELS_LAST) {
            models.node(ExternalAttributes.integers(node("Transpose", "planes", "x"), "perm", 0, 3, 1, 2));
            image = "planes";
        }
        models.node(node("Conv", "convolved", image, "kernel"));
        models.node(node("Relu", "maps", "convolved"));
        models.node(node("GlobalAveragePool", "pooled", "maps"));
        if (this == CELLS) {
            float[] transposed = new float[FILTERS * numbers];
            for (int i = 0; i < transposed.length; i++) {
                transposed[i] = dense()[i % FILTERS * numbers + i / FILTERS];
            }
            models.weights("cells", transposed, numbers, FILTERS, 1, 1);
            models.node(node("Conv", "y", "pooled", "cells"));
        } else {
            models.weights("dense", dense(), FILTERS, numbers);
            models.node(node("Flatten", "features", "pooled"));
            models.node(node("Gemm", end().isEmpty() ? "y" : "logits", "features", "dense"));
            if (!end().isEmpty()) {
                models.node(node(end(), "y", "logits"));
            }
        }
        return switch (this) {
            case GREY -> models.write(file, 13, 0, 1, SIDE, SIDE);
            case CHANNELS_LAST -> models.write(file, 13, 0, SIDE, SIDE, 3);
            case BATCH_OF_TWO -> models.write(file, 13, 2, 3, SIDE, SIDE);
            default -> models.write(file, 13, 0, 3, SIDE, SIDE);
        };
    }

    private String end() {
        return switch (this) {
            case LOGITS, ONE_LOGIT, CELLS -> "";
            case SIGMOIDS, ONE_SIGMOID -> "Sigmoid";
            default -> "Softmax";
        };
    }

    private static NodeProto.Builder node(String operator, String output, String... inputs) {
        return ExternalModels.node(operator, output, inputs);
    }
}
