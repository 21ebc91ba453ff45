package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A file among what arrived that a failure names.
 *
 * @param path below the folder into which images arrive; of what cannot be read, the problem in words
 * @param sha256 of its bytes; empty where these play no part
 */
public record NamedFile(Mends mends, String path, String sha256) {
    /** What settles it. */
    public enum Mends {
        /** Moving the image away, or to another label. */
        RELABELLING,
        /** Moving the file away from where it lies. */
        REMOVAL;

        /** As it is written in files: lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Mends of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    public static NamedFile image(String path, String sha256) {
        return new NamedFile(Mends.RELABELLING, path, sha256);
    }

    /** @param sha256 empty where the bytes play no part */
    public static NamedFile file(String path, String sha256) {
        return new NamedFile(Mends.REMOVAL, path, sha256);
    }
}
