package org.gazecheck.config;

/** What computes. */
public record ComputeSettings(
        @Setting(value = "engine of frozen forward passes: ONNX Runtime or Deeplearning4j", initial = "onnx")
                Inference inference,
        @Setting(value = "threads; 0: as many as there are cores", initial = "0", min = 0, max = 1024) int threads,
        @Setting(value = "images in a forward pass", initial = "16", min = 1, max = 1024) int batch) {

    /** What runs frozen forward passes. */
    public enum Inference {
        ONNX,
        DL4J
    }
}
