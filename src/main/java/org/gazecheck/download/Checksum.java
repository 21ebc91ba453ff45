package org.gazecheck.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Adler32;
import java.util.zip.CheckedInputStream;
import org.gazecheck.io.Hashes;

/**
 * What a publisher states of a file's content.
 *
 * @param expected lower-case hexadecimal; of a digest its beginning suffices
 */
public record Checksum(Kind kind, String expected) {
    /** How it is computed. */
    public enum Kind {
        MD5("MD5"),
        SHA256("SHA-256"),
        ADLER32("Adler32");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    public static Checksum md5(String expected) {
        return new Checksum(Kind.MD5, expected);
    }

    /** @param prefix the first digits, such as the eight in torchvision's file names */
    public static Checksum sha256(String prefix) {
        return new Checksum(Kind.SHA256, prefix);
    }

    /** @param value as {@link Adler32} gives it; it detects damage, not malice */
    public static Checksum adler32(long value) {
        return new Checksum(Kind.ADLER32, String.format("%08x", value));
    }

    public boolean holds(Path file) throws IOException {
        return of(file).startsWith(expected);
    }

    /** Found against published, for a message. */
    public String difference(Path file) throws IOException {
        return kind.text + " " + of(file) + ", published " + expected;
    }

    private String of(Path file) throws IOException {
        return switch (kind) {
            case MD5 -> Hashes.md5(file);
            case SHA256 -> Hashes.sha256(file);
            case ADLER32 -> String.format("%08x", sum(file));
        };
    }

    private static long sum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                CheckedInputStream checked = new CheckedInputStream(in, new Adler32())) {
            checked.transferTo(OutputStream.nullOutputStream());
            return checked.getChecksum().getValue();
        }
    }
}
