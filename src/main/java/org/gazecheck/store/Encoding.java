package org.gazecheck.store;

/** How a row's numbers are kept. */
public enum Encoding {
    FLOAT32(4),
    /** IEEE half precision: 11 significant bits, up to 65504. */
    FLOAT16(2);

    private final int bytes;

    Encoding(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }
}
