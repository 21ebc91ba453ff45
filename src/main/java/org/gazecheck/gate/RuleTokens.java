package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gazecheck.config.Suggestion;
import org.gazecheck.io.Printable;

/** The words, numbers and signs of a rule, taken one after the other. */
final class RuleTokens {
    /** @param column of its first character, from 1 */
    record Token(Sort sort, String text, int column) {
        boolean is(String other) {
            return text.equals(other) && sort != Sort.QUOTED;
        }

        String shown() {
            return sort == Sort.END ? "the end" : "'" + Printable.of(text) + "'";
        }
    }

    enum Sort {
        WORD,
        NUMBER,
        SIGN,
        QUOTED,
        END
    }

    private static final Pattern TOKEN = Pattern.compile("(?<word>\\p{L}[\\p{L}\\p{N}._+-]*)"
            + "|(?<number>(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?![\\p{L}\\p{N}.,]))"
            + "|(?<sign>[<>=!]+|%)"
            + "|(?<quoted>\"[^\"]*\"|'[^']*')");

    /** What begins like a number and is none. */
    private static final Pattern ODD_NUMBER = Pattern.compile("[-+−]?[\\p{N}.,][\\p{L}\\p{N}.,]*");

    /** Letters that are taken for digits, each above the digit. */
    private static final String LETTERS = "OoQDlIiSsBZzG";

    private static final String DIGITS = "0000111558226";

    private final List<Token> tokens = new ArrayList<>();
    private int at;

    RuleTokens(String text) throws RuleException {
        Matcher matcher = TOKEN.matcher(text);
        int position = 0;
        while (true) {
            while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                position++;
            }
            if (position == text.length()) {
                break;
            }
            if (!matcher.find(position) || matcher.start() != position) {
                Matcher odd = ODD_NUMBER.matcher(text).region(position, text.length());
                if (odd.lookingAt()) {
                    throw new RuleException(position + 1, oddNumber(odd.group()));
                }
                String found = new String(Character.toChars(text.codePointAt(position)));
                throw new RuleException(
                        position + 1,
                        "'" + Printable.of(found) + "' has no meaning in a rule"
                                + (found.equals("\"") || found.equals("'") ? ": the closing quote is missing" : ""));
            }
            tokens.add(new Token(sort(matcher), matcher.group(), position + 1));
            position = matcher.end();
        }
        tokens.add(new Token(Sort.END, "", text.stripTrailing().length() + 1));
    }

    private static Sort sort(Matcher matcher) {
        if (matcher.group("word") != null) {
            return Sort.WORD;
        }
        if (matcher.group("number") != null) {
            return Sort.NUMBER;
        }
        return matcher.group("sign") != null ? Sort.SIGN : Sort.QUOTED;
    }

    /** {@code '9O' is no number; did you mean 90?}. */
    static String oddNumber(String written) {
        if (written.matches("[-−].*")) {
            return "'" + Printable.of(written) + "' is below 0, and nothing that rules hold is";
        }
        return "'" + Printable.of(written) + "' is no number"
                + asNumber(written)
                        .map(number -> "; did you mean " + number + "?")
                        .orElse("");
    }

    /** What was probably meant by a text with letters, commas or other digits in it. */
    static Optional<String> asNumber(String written) {
        StringBuilder digits = new StringBuilder();
        for (int c : written.replace(',', '.').codePoints().toArray()) {
            int look = LETTERS.indexOf(c);
            int digit = Character.digit(c, 10);
            digits.append(look >= 0 ? DIGITS.charAt(look) : digit >= 0 ? (char) ('0' + digit) : (char) c);
        }
        String number = digits.toString();
        return number.matches("\\d+(\\.\\d+)?|\\.\\d+") && !number.equals(written)
                ? Optional.of(number)
                : Optional.empty();
    }

    /** Everything with single blanks. */
    String canonical() {
        return String.join(" ", tokens.stream().map(Token::text).toList()).strip();
    }

    Token next() {
        return tokens.get(at);
    }

    Token take() {
        Token token = tokens.get(at);
        if (token.sort() != Sort.END) {
            at++;
        }
        return token;
    }

    boolean takeIf(String word) {
        boolean there = next().is(word);
        if (there) {
            take();
        }
        return there;
    }

    /** The words of a phrase, one after the other. */
    void expect(String phrase) throws RuleException {
        for (String word : phrase.split(" ")) {
            if (!takeIf(word)) {
                throw expected("'" + word + "' (as in '" + phrase + "')", List.of(word));
            }
        }
    }

    void expectEnd() throws RuleException {
        if (next().sort() != Sort.END) {
            throw expected("the end", List.of());
        }
    }

    /** Says what should stand at the next place, and what was probably meant. */
    RuleException expected(String what, Collection<String> candidates) {
        Token token = next();
        return new RuleException(
                token.column(), "expected " + what + ", found " + token.shown() + meant(token.text(), candidates));
    }

    /** {@code ; did you mean test.top1?}, or nothing. */
    static String meant(String written, Collection<String> candidates) {
        return Suggestion.nearest(written, candidates)
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
    }
}
