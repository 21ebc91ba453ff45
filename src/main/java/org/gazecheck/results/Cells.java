package org.gazecheck.results;

import java.util.function.Function;

/** Cells of a table to values; what does not fit is refused with the column's name. */
final class Cells {
    private Cells() {}

    static int integer(String column, String cell) {
        return parse(column, cell, "a whole number", Integer::parseInt);
    }

    static int atLeast(int least, String column, String cell) {
        int value = integer(column, cell);
        if (value < least) {
            throw wrong(column, cell, "at least " + least);
        }
        return value;
    }

    /** Read back equal to what {@link Double#toString(double)} wrote, NaN included. */
    static double real(String column, String cell) {
        return parse(column, cell, "a number", Double::parseDouble);
    }

    /** Read back equal to what {@link Float#toString(float)} wrote. */
    static float probability(String column, String cell) {
        float value = parse(column, cell, "a probability", Float::parseFloat);
        if (!(value >= 0 && value <= 1)) {
            throw wrong(column, cell, "between 0 and 1");
        }
        return value;
    }

    static boolean bool(String column, String cell) {
        return switch (cell) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(column, cell, "true or false");
        };
    }

    static Split split(String cell) {
        return parse("split", cell, "train, val, test or new", Split::of);
    }

    static String filled(String column, String cell) {
        if (cell.isEmpty()) {
            throw new IllegalArgumentException(column + " is empty");
        }
        return cell;
    }

    static <T> T parse(String column, String cell, String expected, Function<String, T> parser) {
        try {
            return parser.apply(cell);
        } catch (IllegalArgumentException e) {
            throw wrong(column, cell, expected);
        }
    }

    private static IllegalArgumentException wrong(String column, String cell, String expected) {
        return new IllegalArgumentException(column + " is '" + cell + "', expected " + expected);
    }
}
