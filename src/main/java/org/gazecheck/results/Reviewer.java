package org.gazecheck.results;

/** Names of reviewers. */
public final class Reviewer {
    private Reviewer() {}

    /**
     * The name without the blanks around it.
     *
     * @throws IllegalArgumentException if nothing of it can be seen
     */
    public static String named(String name) {
        if (name.codePoints().noneMatch(Reviewer::visible)) {
            throw new IllegalArgumentException("reviewer is blank: a verdict needs a name");
        }
        return name.strip();
    }

    private static boolean visible(int c) {
        return !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.FORMAT;
    }
}
