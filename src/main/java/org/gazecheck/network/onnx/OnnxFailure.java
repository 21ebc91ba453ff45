package org.gazecheck.network.onnx;

/** A model that does not run, or gives nothing that could be audited. */
final class OnnxFailure extends RuntimeException {
    OnnxFailure(String message) {
        super(message);
    }

    OnnxFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
