package org.gazecheck.gate;

/**
 * Text that is shown as it is in Markdown (CommonMark, with the tables, links, mentions and formulas of GitHub) and in the
 * mark-up of chats.
 */
final class Markdown {
    private static final String MARKUP = "\\`*_[]{}|~$!";
    private static final String WORD_JOINER = "\u2060";
    private static final int LONGEST = 2000;

    private Markdown() {}

    /** On one line; cut after 2000 characters. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            int type = Character.getType(c);
            if (c == '&') {
                out.append("&amp;");
            } else if (c == '<') {
                out.append("&lt;");
            } else if (c == '>') {
                out.append("&gt;");
            } else if (MARKUP.indexOf(c) >= 0) {
                out.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE) {
                out.append(String.format("\\\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        String cut = text.codePointCount(0, text.length()) > LONGEST ? "..." : "";
        return unlinked(out.toString()) + cut;
    }

    /** Mentions, references and addresses become links without any mark-up: an invisible character stands in their way. */
    private static String unlinked(String text) {
        return text.replaceAll("([@#])(?=\\S)", "$1" + WORD_JOINER)
                .replace("://", ":" + WORD_JOINER + "//")
                .replaceAll("(?i)(www)\\.", "$1" + WORD_JOINER + ".");
    }
}
