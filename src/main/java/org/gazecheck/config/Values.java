package org.gazecheck.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.config.Entry.Field;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Nodes to values of a field's type, within its range; what does not fit becomes a mistake at the node's place. */
final class Values {
    private static final String NAME = "name";

    /** Folders that are made. */
    private static final Set<String> WRITTEN = Set.of("output.dir", "cache.dir");

    private final Mistakes mistakes;

    Values(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** The value; empty for an absent one, and for a mistake, which is noted. */
    Optional<Object> read(Field field, Node node) {
        if (isNull(node)) {
            if (!field.nullable()) {
                mistakes.add(node, field.key() + " has no value: expected " + Expected.of(field));
            }
            return Optional.empty();
        }
        return Optional.ofNullable(
                field.type() instanceof ParameterizedType list
                        ? list(field, list.getActualTypeArguments()[0], node)
                        : scalar(field, field.type(), node));
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && List.of("", "~", "null").contains(scalar.getValue());
    }

    private @Nullable Object list(Field field, Type type, Node node) {
        if (!(node instanceof SequenceNode sequence)) {
            return wrong(field, node);
        }
        List<Object> values = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            Object value = scalar(field, type, element);
            if (value == null) {
                return null;
            }
            if (values.contains(value) && !field.setting().repeatable()) {
                mistakes.add(element, field.key() + " has " + shown(element) + " twice");
                return null;
            }
            values.add(value);
        }
        if (values.size() < field.setting().entries()) {
            mistakes.add(
                    node,
                    field.key() + " needs at least " + field.setting().entries()
                            + (field.setting().entries() == 1 ? " entry: " : " entries: ") + Expected.of(field));
            return null;
        }
        return List.copyOf(values);
    }

    private @Nullable Object scalar(Field field, Type type, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return wrong(field, node);
        }
        String text = scalar.getValue();
        if (type == String.class) {
            return text(field, scalar);
        }
        if (type == Path.class) {
            return path(field, scalar);
        }
        if (!scalar.isPlain()) {
            return wrong(field, node);
        }
        if (type == boolean.class || type == Boolean.class) {
            return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : wrong(field, node);
        }
        if (type instanceof Class<?> kind && kind.isEnum()) {
            Optional<Object> constant = Arrays.stream((Object[]) kind.getEnumConstants())
                    .filter(candidate -> Names.of((Enum<?>) candidate).equals(text))
                    .findFirst();
            return constant.isPresent() ? constant.get() : unknown(field, scalar, Names.all(kind));
        }
        return number(field, (Class<?>) type, scalar);
    }

    private @Nullable Object text(Field field, ScalarNode node) {
        List<String> allowed = List.of(field.setting().oneOf());
        if (!allowed.isEmpty() && !allowed.contains(node.getValue())) {
            return unknown(field, node, allowed);
        }
        if (node.getValue().isBlank()) {
            return wrong(field, node);
        }
        Optional<String> problem = field.key().equals(NAME) ? UsableName.whyNotName(node.getValue()) : Optional.empty();
        return problem.isPresent() ? unusable(field, node, problem.get()) : node.getValue();
    }

    private @Nullable Object path(Field field, ScalarNode node) {
        Optional<String> problem = UsableName.whyNotPath(node.getValue());
        if (problem.isPresent()) {
            return unusable(field, node, problem.get());
        }
        try {
            if (node.getValue().isBlank()) {
                return wrong(field, node);
            }
            Path path = Path.of(node.getValue());
            Optional<String> notMade = WRITTEN.contains(field.key()) ? UsableName.whyNotMade(path) : Optional.empty();
            return notMade.isPresent() ? unusable(field, node, notMade.get()) : path;
        } catch (InvalidPathException e) {
            return wrong(field, node);
        }
    }

    private @Nullable Object unusable(Field field, Node node, String why) {
        mistakes.add(node, field.key() + " is " + shown(node) + ", which " + why + ": give another");
        return null;
    }

    private @Nullable Object number(Field field, Class<?> type, ScalarNode node) {
        Optional<BigDecimal> number =
                field.setting().bytes() ? Quantity.bytes(node.getValue()) : Quantity.number(node.getValue());
        boolean fraction = type == double.class || type == Double.class;
        if (number.isEmpty() || (!fraction && !isWhole(number.get()))) {
            return wrong(field, node);
        }
        if (!within(number.get(), type, field.setting())) {
            mistakes.add(node, field.key() + " is " + shown(node) + ": expected " + Expected.of(field));
            return null;
        }
        if (fraction) {
            return number.get().doubleValue();
        }
        return type == int.class
                ? (Object) number.get().intValueExact()
                : (Object) number.get().longValueExact();
    }

    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    private static boolean within(BigDecimal number, Class<?> type, Setting setting) {
        double value = number.doubleValue();
        boolean fits = type != int.class || Math.abs(value) <= Integer.MAX_VALUE;
        fits &= type != long.class || number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        boolean enough = setting.above() ? value > setting.min() : value >= setting.min();
        boolean notTooMuch = setting.below() ? value < setting.max() : value <= setting.max();
        return fits && Double.isFinite(value) && enough && notTooMuch;
    }

    private @Nullable Object unknown(Field field, ScalarNode node, List<String> allowed) {
        String meant = Suggestion.nearest(shown(node), allowed)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
        mistakes.add(node, field.key() + " is " + shown(node) + ": expected " + Expected.of(field) + meant);
        return null;
    }

    private @Nullable Object wrong(Field field, Node node) {
        mistakes.add(node, field.key() + " is " + shown(node) + ": expected " + Expected.of(field));
        return null;
    }

    /** A node in a message, in a few words. */
    static String shown(Node node) {
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue().replaceAll("\\p{Cntrl}", " ");
            text = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            return scalar.isPlain() ? text : "\"" + text + "\"";
        }
        return node instanceof SequenceNode ? "a list" : "a section";
    }
}
