package org.gazecheck.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats that are decoded, told by a file's first bytes (its name is not asked). */
enum ImageFormat {
    JPEG("\u00ff\u00d8\u00ff"),
    PNG("\u0089PNG\r\n\u001a\n"),
    GIF("GIF8"),
    BMP("BM");

    private final byte[] signature;

    ImageFormat(String signature) {
        this.signature = signature.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Optional<ImageFormat> of(byte[] file) {
        return Arrays.stream(values())
                .filter(format -> startsWith(file, format.signature))
                .findFirst();
    }

    /** What a file that is none of these looks like, for the message that refuses it. */
    static String describe(byte[] file) {
        if (file.length == 0) {
            return "the file is empty";
        }
        String start = new String(file, 0, Math.min(file.length, 512), StandardCharsets.ISO_8859_1);
        String lower = start.stripLeading().toLowerCase(Locale.ROOT);
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
            return "it is an HTML page, not an image";
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return "it is a WebP image; convert it to JPEG or PNG";
        }
        if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return "it is a TIFF image; convert it to JPEG or PNG";
        }
        if (start.startsWith("ftyp", 4)) {
            return "it is a HEIC, AVIF or video file; convert it to JPEG or PNG";
        }
        if (start.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\n' || c == '\r' || c == '\t')) {
            return "it is a text file, not an image";
        }
        return "it is not a JPEG, PNG, BMP or GIF image";
    }

    private static boolean startsWith(byte[] file, byte[] signature) {
        return file.length >= signature.length
                && Arrays.equals(file, 0, signature.length, signature, 0, signature.length);
    }
}
