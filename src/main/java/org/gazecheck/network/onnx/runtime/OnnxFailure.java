package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OrtException;

/** A model that does not run, or gives nothing that could be audited. */
public class OnnxFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String NO_MEMORY = "there is not enough memory for it";

    public OnnxFailure(String message) {
        super(message);
    }

    private OnnxFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** With ONNX Runtime's own words, without its code and what wraps them. */
    static OnnxFailure of(String what, OrtException e) {
        String words = String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^Error code - \\S+ - message: ", "")
                .replaceFirst("^Exception during \\w+: ", "")
                .replaceFirst("^std::bad_alloc$|^.*Failed to allocate memory.*$", NO_MEMORY);
        return new OnnxFailure(what + ": " + words, e);
    }
}
