package org.gazecheck.io;

/** Untrusted names and texts, for messages. */
public final class Printable {
    private static final int LONGEST = 400;

    private Printable() {}

    /** On one line, whatever it is called: control and formatting characters escaped, long ones cut. */
    public static String of(String name) {
        StringBuilder out = new StringBuilder();
        name.codePoints().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c) || invisible(Character.getType(c))) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return name.codePointCount(0, name.length()) > LONGEST ? out + "..." : out.toString();
    }

    private static boolean invisible(int type) {
        return type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
