package org.gazecheck.network.onnx.backward;

/** An operator cannot be differentiated as it is used; the message follows its name. */
final class NoDerivativeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String how;

    NoDerivativeException(String how) {
        super(how);
        this.how = how;
    }

    String how() {
        return how;
    }
}
