package org.gazecheck.network.onnx;

/** ONNX Runtime does not take a model, or fails in it; the message is one line of its own. */
final class OnnxFailure extends RuntimeException {
    OnnxFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
