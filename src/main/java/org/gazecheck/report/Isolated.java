package org.gazecheck.report;

import java.text.Bidi;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * English sentences with names of the data in them. A name that runs from right to left would take the numbers and brackets
 * beside it along (Unicode Standard Annex 9); within an isolate (U+2068 to U+2069) it does not. Names that stand alone are
 * isolated by their elements.
 */
final class Isolated {
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';

    private final Optional<Pattern> names;

    /** @param names that are isolated as a whole; of others, such as paths, what runs from right to left is */
    Isolated(Collection<String> names) {
        String any = names.stream()
                .filter(Isolated::turns)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.names = any.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(any));
    }

    private static boolean turns(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    /** The sentence with its names isolated; itself where none runs from right to left. */
    String in(String sentence) {
        if (!turns(sentence)) {
            return sentence;
        }
        StringBuilder out = new StringBuilder();
        int written = 0;
        if (names.isPresent()) {
            Matcher name = names.get().matcher(sentence);
            while (name.find()) {
                out.append(new Runs(sentence.substring(written, name.start())).isolated());
                out.append(FIRST_STRONG_ISOLATE).append(name.group()).append(POP_ISOLATE);
                written = name.end();
            }
        }
        return out.append(new Runs(sentence.substring(written)).isolated()).toString();
    }

    /** What runs from right to left in a text, run by run. */
    private static final class Runs {
        private final String sentence;
        private final StringBuilder out = new StringBuilder();

        /** Up to where it is written, and where a run began and ended; -1 outside of one. */
        private int written;

        private int start = -1;
        private int end;
        private boolean steered;

        Runs(String sentence) {
            this.sentence = sentence;
        }

        String isolated() {
            for (int at = 0; at < sentence.length(); ) {
                int c = sentence.codePointAt(at);
                int next = at + Character.charCount(c);
                switch (Character.getDirectionality(c)) {
                    case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
                        extend(at, next, false);
                    case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
                        if (steered) {
                            end = next;
                        } else {
                            close();
                        }
                    }
                    case Character.DIRECTIONALITY_WHITESPACE -> {
                        if (steered) {
                            close();
                        }
                    }
                    case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                            Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE -> extend(at, next, true);
                    default -> {
                        if (steered) {
                            end = next;
                        }
                    }
                }
                at = next;
            }
            close();
            return out.append(sentence, written, sentence.length()).toString();
        }

        /** @param steers a character that turns what comes after it, which the isolate must then hold up to the next blank */
        private void extend(int from, int to, boolean steers) {
            start = start < 0 ? from : start;
            end = to;
            steered |= steers;
        }

        private void close() {
            if (start >= 0) {
                out.append(sentence, written, start)
                        .append(FIRST_STRONG_ISOLATE)
                        .append(sentence, start, end)
                        .append(POP_ISOLATE);
                written = end;
            }
            start = -1;
            steered = false;
        }
    }
}
