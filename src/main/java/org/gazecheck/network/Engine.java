package org.gazecheck.network;

/** What runs frozen forward passes. */
public enum Engine {
    /** ONNX Runtime. */
    ONNX,
    /** Deeplearning4j. */
    DL4J
}
