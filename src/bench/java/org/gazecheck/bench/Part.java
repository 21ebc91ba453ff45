package org.gazecheck.bench;

import java.util.List;

/** What a thread is at work on, as its stack shows: the topmost frame that is known decides, the first part that knows it. */
enum Part {
    ENGINE(
            "engine",
            "ai.onnxruntime.OrtSession.run",
            "org.gazecheck.network.dl4j.Dl4jSession",
            "org.gazecheck.train.TrainingStep"),
    COPYING(
            "copying",
            "ai.onnxruntime.OnnxTensor",
            "org.gazecheck.image.Normalisation",
            "org.gazecheck.network.Frames",
            "org.gazecheck.network.onnx.runtime.RowInput",
            "org.gazecheck.network.onnx.runtime.RowRunner$Outputs"),
    DECODING("decoding", "org.gazecheck.image.ImageDecoder", "org.gazecheck.image.JpegStructure"),
    RESIZING(
            "resizing",
            "org.gazecheck.image.Resizer",
            "org.gazecheck.image.Framing",
            "org.gazecheck.image.Augmentation"),
    CHECKING("checking and hashing", "org.gazecheck.io.Hashes", "org.gazecheck.data."),
    FITTING(
            "fitting the probe",
            "org.gazecheck.train.LogisticRegression",
            "org.gazecheck.train.Lbfgs",
            "org.gazecheck.train.Probe"),
    ARCHIVING(
            "writing models",
            "org.gazecheck.network.dl4j.ModelArchive.write",
            "org.gazecheck.network.dl4j.ModelArchive.lambda$write",
            "org.gazecheck.network.onnx.export.OnnxModels.export",
            "org.gazecheck.network.onnx.export.OnnxModels.lambda$export"),
    LOADING(
            "reading and building models",
            "org.gazecheck.network.weights.",
            "org.gazecheck.network.WeightsHash",
            "org.gazecheck.network.onnx.",
            "org.gazecheck.network.dl4j."),
    MEASURING("figures", "org.gazecheck.stats.", "org.gazecheck.evaluate.MetricsCalculator", "org.gazecheck.audit."),
    WRITING("writing", "org.gazecheck.store.", "org.gazecheck.io.", "org.gazecheck.results."),
    PAGE("page and pictures", "org.gazecheck.report."),
    REST("other"),
    MACHINE("virtual machine"),
    PROFILE("this profile");

    private final String text;
    private final List<String> frames;

    Part(String text, String... frames) {
        this.text = text;
        this.frames = List.of(frames);
    }

    String text() {
        return text;
    }

    static Part of(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName() + "." + frame.getMethodName();
            for (Part part : values()) {
                if (part.frames.stream().anyMatch(name::startsWith)) {
                    return part;
                }
            }
        }
        return REST;
    }
}
