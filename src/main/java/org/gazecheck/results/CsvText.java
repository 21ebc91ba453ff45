package org.gazecheck.results;

import java.util.regex.Pattern;

/**
 * Cells that stay text when a spreadsheet opens the table. One that begins as a formula does ({@code = + - @}, their
 * full-width forms, tab, carriage return, line feed), after any apostrophes, gets an apostrophe in front; numbers do not.
 * Source of the list: OWASP, "CSV Injection".
 */
public final class CsvText {
    private static final String FORMULA = "[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n]";
    private static final Pattern RISKY = Pattern.compile("'*" + FORMULA);
    private static final Pattern MARKED = Pattern.compile("'+" + FORMULA);
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?([eE][+-]?\\d+)?|Infinity)");

    private CsvText() {}

    /** A cell as a table has it. */
    public static String written(String cell) {
        boolean risky = RISKY.matcher(cell).lookingAt() && !NUMBER.matcher(cell).matches();
        return risky ? "'" + cell : cell;
    }

    /** What a cell says, without the apostrophe that {@link #written} put in front. */
    public static String read(String cell) {
        return MARKED.matcher(cell).lookingAt() ? cell.substring(1) : cell;
    }
}
