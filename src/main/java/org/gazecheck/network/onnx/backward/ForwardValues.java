package org.gazecheck.network.onnx.backward;

/** Where the way back has values of the forward pass from. */
interface ForwardValues {
    /** A value in single precision unless it is of whole numbers. */
    String read(String value);

    /** Where a value is greater than 0. */
    String positive(String value);
}
