package org.gazecheck.network.onnx.backward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that take numbers from places that do not depend on the image. */
final class SelectionRules {
    private static final long NOWHERE = -1;

    private SelectionRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Slice", SelectionRules::slice);
        rules.put("Gather", SelectionRules::gather);
        rules.put("Pad", SelectionRules::pad);
    }

    /**
     * Through a choice of places along one dimension.
     *
     * @param gradient of a shape whose size there is the number of places
     * @param places of the operand that were taken; {@link #NOWHERE}: none
     * @param size of the operand there
     */
    private static String unselect(Nodes n, String gradient, int rank, int axis, long[] places, long size) {
        long first = places.length == 0 ? 0 : places[0];
        boolean run = first >= 0 && IntStream.range(0, places.length).allMatch(j -> places[j] == first + j);
        if (run) {
            return n.pad(gradient, rank, axis, first, size - first - places.length);
        }
        String padded = n.pad(gradient, rank, axis, 0, 1);
        List<long[]> takers = new ArrayList<>();
        int[] used = new int[(int) size];
        for (int j = 0; j < places.length; j++) {
            if (places[j] != NOWHERE) {
                int place = (int) places[j];
                if (used[place] == takers.size()) {
                    long[] none = new long[(int) size];
                    Arrays.fill(none, places.length);
                    takers.add(none);
                }
                takers.get(used[place]++)[place] = j;
            }
        }
        List<String> parts =
                takers.stream().map(taken -> n.gather(padded, axis, taken)).toList();
        return parts.size() == 1 ? parts.get(0) : n.op("Sum", parts.toArray(String[]::new));
    }

    private static void slice(Step s) {
        Shape shape = s.shape(0);
        Shape out = s.outputShape(0);
        long[] starts = s.integers("starts", 1).orElseThrow();
        long[] axes = s.integers("axes", 3)
                .orElseGet(() -> LongStream.range(0, starts.length).toArray());
        long[] steps = s.has(4) ? s.integers(4) : Window.ones(starts.length);
        String gradient = s.gradient();
        for (int i = 0; i < starts.length; i++) {
            int axis = shape.axis(axes[i]);
            long size = shape.size(axis);
            if (axis == shape.rows()) {
                if (out.rows() != axis || out.size(axis) != size || steps[i] != 1) {
                    throw new NoDerivativeException("over the images of a pass");
                }
                continue;
            }
            long start = starts[i] < 0 ? starts[i] + size : starts[i];
            long first = Math.max(0, Math.min(steps[i] > 0 ? size : size - 1, start));
            long step = steps[i];
            long[] places = LongStream.range(0, out.size(axis))
                    .map(j -> first + j * step)
                    .toArray();
            gradient = unselect(s.nodes(), gradient, shape.rank(), axis, places, size);
        }
        s.give(0, gradient);
    }

    private static void gather(Step s) {
        Shape shape = s.shape(0);
        int axis = shape.axis(s.attributes().integer("axis", 0));
        shape.requireNotRows(axis);
        long size = shape.size(axis);
        long[] places =
                Arrays.stream(s.integers(1)).map(i -> i < 0 ? i + size : i).toArray();
        Nodes n = s.nodes();
        Shape chosen = shape.replaced(axis, axis + 1, places.length);
        String gradient = n.reshape(s.gradient(), s.outputShape(0), chosen);
        s.give(0, unselect(n, gradient, shape.rank(), axis, places, size));
    }

    private static void pad(Step s) {
        Shape shape = s.shape(0);
        String mode = s.attributes().text("mode", "constant");
        if (mode.equals("wrap")) {
            throw new NoDerivativeException("that wraps around");
        }
        long[] pads = s.integers("pads", 1).orElseThrow();
        Optional<long[]> chosen = s.has(3) ? Optional.of(s.integers(3)) : Optional.empty();
        String gradient = s.gradient();
        int count = pads.length / 2;
        for (int i = 0; i < count; i++) {
            long before = pads[i];
            long after = pads[count + i];
            if (before == 0 && after == 0) {
                continue;
            }
            int axis = chosen.isPresent() ? shape.axis(chosen.get()[i]) : i;
            shape.requireNotRows(axis);
            long size = shape.size(axis);
            if (mode.equals("constant") && before >= 0 && after >= 0) {
                gradient = s.nodes().slice(gradient, axis, before, before + size);
            } else {
                long[] places = LongStream.range(-before, size + after)
                        .map(place -> padded(mode, place, size))
                        .toArray();
                gradient = unselect(s.nodes(), gradient, shape.rank(), axis, places, size);
            }
        }
        s.give(0, gradient);
    }

    /** Where the number comes from that lies at a place, perhaps outside. */
    private static long padded(String mode, long place, long size) {
        if (place >= 0 && place < size) {
            return place;
        }
        return switch (mode) {
            case "edge" -> place < 0 ? 0 : size - 1;
            case "reflect" -> place < 0 ? -place : 2 * (size - 1) - place;
            default -> NOWHERE;
        };
    }
}
