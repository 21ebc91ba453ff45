package org.gazecheck.notify;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A gauge with its samples in Prometheus's text format 0.0.4. A sample that is no finite number is left out, and a family
 * without samples altogether.
 */
final class MetricFamily {
    private final String name;
    private final String help;
    private final Map<String, String> samples = new LinkedHashMap<>();

    MetricFamily(String name, String help) {
        if (!name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a metric");
        }
        this.name = name;
        this.help = help;
    }

    /**
     * @param labels names and values, alternately
     * @throws IllegalArgumentException if these labels have a sample already: the collector would refuse the whole file
     */
    MetricFamily add(double value, String... labels) {
        if (Double.isFinite(value) && samples.put(labels(labels), number(value)) != null) {
            throw new IllegalArgumentException(name + labels(labels) + " appears twice");
        }
        return this;
    }

    private static String labels(String... labels) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            pairs.put(labels[i], labels[i + 1]);
        }
        return pairs.isEmpty()
                ? ""
                : pairs.entrySet().stream()
                        .map(pair -> pair.getKey() + "=\"" + escaped(pair.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    /** Half a surrogate pair, which UTF-8 does not have, becomes a question mark. */
    private static String escaped(String value) {
        String encodable = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return encodable.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? BigDecimal.valueOf(value).setScale(0).toPlainString()
                : Double.toString(value);
    }

    String text() {
        if (samples.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
        samples.forEach((labels, value) ->
                text.append(name).append(labels).append(' ').append(value).append('\n'));
        return text.toString();
    }
}
