package org.gazecheck.results;

import java.util.Locale;

/** Names of reviewers. */
public final class Reviewer {
    private static final int LONGEST = 100;

    private Reviewer() {}

    /**
     * The name without the blanks around it.
     *
     * @throws IllegalArgumentException if nothing of it can be seen, it is longer than 100 characters, or holds characters
     *     that steer what is beside them: controls, line breaks, directions of writing
     */
    public static String named(String name) {
        if (name.codePoints().noneMatch(Reviewer::visible)) {
            throw new IllegalArgumentException("reviewer is blank: a verdict needs a name");
        }
        String stripped = name.strip();
        if (stripped.codePointCount(0, stripped.length()) > LONGEST) {
            throw new IllegalArgumentException(
                    "reviewer has more than " + LONGEST + " characters: give a shorter name");
        }
        stripped.codePoints().filter(Reviewer::steers).findFirst().ifPresent(c -> {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "reviewer holds the invisible character U+%04X: type the name anew", c));
        });
        return stripped;
    }

    /** Joiners within words (U+200C, U+200D) belong to some scripts. */
    private static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            case Character.FORMAT -> c != 0x200c && c != 0x200d;
            default -> false;
        };
    }

    private static boolean visible(int c) {
        return !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.FORMAT;
    }
}
