package org.gazecheck.network;

import org.gazecheck.config.ComputeSettings.Inference;

/** What runs frozen forward passes; {@code network.engine.Engines} opens networks in it. */
public enum Engine {
    /** ONNX Runtime. */
    ONNX("onnx"),
    /** Deeplearning4j. */
    DL4J("dl4j");

    private final String text;

    Engine(String text) {
        this.text = text;
    }

    /** As it is written in files. */
    public String text() {
        return text;
    }

    /** The one that {@code compute.inference} names. */
    public static Engine of(Inference inference) {
        return switch (inference) {
            case ONNX -> ONNX;
            case DL4J -> DL4J;
        };
    }
}
