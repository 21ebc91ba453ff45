package org.gazecheck.results;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Names of classes, compared. Two spellings that Unicode holds to be the same text (forms NFC and NFD), or that differ only in
 * spaces and invisible characters around them, are one name.
 */
public final class ClassName {
    private ClassName() {}

    /** The one form of a name: NFC, without spaces (no-break ones included) and invisible characters around it. */
    public static String of(String written) {
        String name = Normalizer.normalize(written, Normalizer.Form.NFC);
        int start = 0;
        int end = name.length();
        while (start < end && blank(name.codePointAt(start))) {
            start += Character.charCount(name.codePointAt(start));
        }
        while (start < end && blank(name.codePointBefore(end))) {
            end -= Character.charCount(name.codePointBefore(end));
        }
        return name.substring(start, end);
    }

    /** Equal for names that a reader cannot tell apart: other kinds of spaces, characters without width. */
    public static String looks(String name) {
        StringBuilder seen = new StringBuilder();
        of(name).codePoints().filter(c -> !invisible(c)).forEach(c -> {
            if (!space(c)) {
                seen.appendCodePoint(c);
            } else if (seen.charAt(seen.length() - 1) != ' ') {
                seen.append(' ');
            }
        });
        return seen.toString();
    }

    /** Equal for names that differ in case only, or in the width and joining of their letters (NFKC). */
    public static String folded(String name) {
        String compatible = Normalizer.normalize(looks(name), Normalizer.Form.NFKC);
        return compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** What a name is made of, for messages: {@code U+00D6 U+006C}. */
    public static String codePoints(String name) {
        return name.codePoints()
                .mapToObj(c -> String.format(Locale.ROOT, "U+%04X", c))
                .collect(Collectors.joining(" "));
    }

    private static boolean blank(int c) {
        return space(c) || invisible(c);
    }

    private static boolean space(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean invisible(int c) {
        return Character.getType(c) == Character.FORMAT || Character.isISOControl(c) && !Character.isWhitespace(c);
    }
}
