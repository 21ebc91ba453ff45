package org.gazecheck.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The formats that are decoded, told by a file's first bytes (its name is not asked). */
public enum ImageFormat {
    JPEG("JPEG", "\u00ff\u00d8\u00ff"),
    PNG("PNG", "\u0089PNG\r\n\u001a\n"),
    GIF("GIF", "GIF8"),
    BMP("BMP", "BM"),
    WEBP("WebP", "RIFF"),
    TIFF("TIFF", "II*\0", "MM\0*");

    private static final int BMP_HEADER_SIZE = 14;

    private final String text;
    private final byte[][] signatures;

    ImageFormat(String text, String... signatures) {
        this.text = text;
        this.signatures = Arrays.stream(signatures)
                .map(signature -> signature.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    /** Its name as people write it. */
    public String text() {
        return text;
    }

    /** @param file a file's bytes, at least the first 32 where it has as many */
    static Optional<ImageFormat> of(byte[] file) {
        return Arrays.stream(values()).filter(format -> format.begins(file)).findFirst();
    }

    private boolean begins(byte[] file) {
        return Arrays.stream(signatures).anyMatch(signature -> at(file, 0, signature))
                && switch (this) {
                    case WEBP -> at(file, 8, "WEBP".getBytes(StandardCharsets.ISO_8859_1));
                    case BMP ->
                        file.length > BMP_HEADER_SIZE + 3
                                && file[BMP_HEADER_SIZE] >= 12
                                && file[BMP_HEADER_SIZE + 1] == 0
                                && file[BMP_HEADER_SIZE + 2] == 0
                                && file[BMP_HEADER_SIZE + 3] == 0;
                    // Canon's raw files begin as TIFF does.
                    case TIFF -> !at(file, 8, new byte[] {'C', 'R', 2});
                    default -> true;
                };
    }

    private static boolean at(byte[] file, int from, byte[] signature) {
        return file.length >= from + signature.length
                && Arrays.equals(file, from, from + signature.length, signature, 0, signature.length);
    }
}
