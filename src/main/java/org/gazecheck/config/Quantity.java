package org.gazecheck.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as they are written in a configuration: decimal, with {@code _} between digits, bytes with a unit. */
final class Quantity {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d[\\d_]{0,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][-+]?\\d{1,3})?");
    private static final Pattern BYTES = Pattern.compile("(\\S+?)\\s*([kKMG]i?B)");
    private static final Map<String, Long> UNITS = units();

    private Quantity() {}

    static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text.replace("_", ""))) : Optional.empty();
    }

    /** A number of bytes: "12 GB", "500MB", "1e9". */
    static Optional<BigDecimal> bytes(String text) {
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            return number(text);
        }
        return Optional.ofNullable(UNITS.get(matcher.group(2).replace('K', 'k')))
                .flatMap(unit -> number(matcher.group(1)).map(BigDecimal.valueOf(unit)::multiply));
    }

    /** The shortest way to write a number of bytes. */
    static String ofBytes(long bytes) {
        return UNITS.entrySet().stream()
                .filter(unit -> bytes != 0 && bytes % unit.getValue() == 0)
                .max(Map.Entry.comparingByValue())
                .map(unit -> bytes / unit.getValue() + " " + unit.getKey())
                .orElse(Long.toString(bytes));
    }

    /** A number as people write it ("0.1", "1e-5", "14"), equal to the given one when read. */
    static String of(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return Long.toString((long) value);
        }
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }

    private static Map<String, Long> units() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("kB", 1_000L);
        units.put("MB", 1_000_000L);
        units.put("GB", 1_000_000_000L);
        units.put("kiB", 1L << 10);
        units.put("MiB", 1L << 20);
        units.put("GiB", 1L << 30);
        return units;
    }
}
