package org.gazecheck.network.onnx.backward;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gazecheck.network.onnx.graph.GraphBuilder;
import org.jspecify.annotations.Nullable;

/** Writes nodes of the backward model; values are known by their names. */
final class Nodes {
    /** Of the backward model, whatever the forward one's is: the first with every operator that the rules write. */
    static final int OPSET = 17;

    private final GraphBuilder graph;
    private final String counted;
    private final Map<String, String> constants = new HashMap<>();
    private @Nullable String images;

    /** @param counted a value of as many rows as gradients have */
    Nodes(GraphBuilder graph, String counted) {
        this.graph = graph;
        this.counted = counted;
    }

    GraphBuilder graph() {
        return graph;
    }

    String op(String operator, String... inputs) {
        return op(operator, Map.of(), inputs);
    }

    String op(String operator, Map<String, ?> attributes, String... inputs) {
        return graph.node(operator, graph.fresh(operator), List.of(inputs), attributes);
    }

    String add(String a, String b) {
        return op("Add", a, b);
    }

    String sub(String a, String b) {
        return op("Sub", a, b);
    }

    String mul(String a, String b) {
        return op("Mul", a, b);
    }

    String mul(String a, double b) {
        return b == 1 ? a : mul(a, number(b));
    }

    String div(String a, String b) {
        return op("Div", a, b);
    }

    String greater(String a, double b) {
        return op("Greater", a, number(b));
    }

    String less(String a, double b) {
        return op("Less", a, number(b));
    }

    String where(String condition, String a, String b) {
        return op("Where", condition, a, b);
    }

    /** The gradient where a condition holds, otherwise 0. */
    String masked(String condition, String gradient) {
        return where(condition, gradient, number(0));
    }

    String number(double value) {
        return constants.computeIfAbsent(
                "number " + value, key -> graph.weights(graph.fresh("number"), new float[] {(float) value}));
    }

    String floats(float[] values, long... shape) {
        return graph.weights(graph.fresh("numbers"), values, shape);
    }

    String integers(long... values) {
        return constants.computeIfAbsent(
                "integers " + Arrays.toString(values), key -> graph.integers(graph.fresh("integers"), values));
    }

    String reshape(String value, long... target) {
        return op("Reshape", Map.of("allowzero", 0L), value, integers(target));
    }

    String reshape(String value, Shape from, Shape to) {
        return from.equals(to) ? value : reshape(value, to.target());
    }

    String expand(String value, Shape from, Shape to) {
        return from.equals(to) ? value : op("Expand", value, integers(to.stretched()));
    }

    String transpose(String value, long... order) {
        boolean same = IntStream.range(0, order.length).allMatch(d -> order[d] == d);
        return same ? value : op("Transpose", Map.of("perm", order), value);
    }

    /** Sums over dimensions, which stay as ones. */
    String sum(String value, List<Integer> axes) {
        return axes.isEmpty() ? value : op("ReduceSum", Map.of("keepdims", 1L), value, integers(longs(axes)));
    }

    /** Means over dimensions, which stay as ones. */
    String mean(String value, List<Integer> axes) {
        return axes.isEmpty() ? value : op("ReduceMean", Map.of("keepdims", 1L, "axes", longs(axes)), value);
    }

    String slice(String value, int axis, long from, long to) {
        return op("Slice", value, integers(from), integers(to), integers(axis));
    }

    /** Zeros before and after, along a dimension. */
    String pad(String value, int rank, int axis, long before, long after) {
        long[] pads = new long[2 * rank];
        pads[axis] = before;
        pads[rank + axis] = after;
        return before == 0 && after == 0 ? value : op("Pad", value, integers(pads));
    }

    String gather(String value, int axis, long... indices) {
        return op("Gather", Map.of("axis", (long) axis), value, integers(indices));
    }

    /** Sums a value of a broadcast operation's shape to an operand's. */
    String sumTo(String value, Shape from, Shape to) {
        if (from.equals(to)) {
            return value;
        }
        int more = from.rank() - to.rank();
        List<Integer> axes = IntStream.range(0, from.rank())
                .filter(d -> d < more
                        || to.size(d - more) == 1 && (from.size(d) > 1 || d == from.rows()) && d - more != to.rows())
                .boxed()
                .toList();
        return reshape(sum(value, axes), from.reduced(axes), to);
    }

    /** Numbers of a shape that are all zero, for as many images as there are. */
    String zeros(Shape shape) {
        if (shape.rows() == Shape.NONE) {
            return op("Expand", number(0), integers(shape.target()));
        }
        if (images == null) {
            images = op("Slice", op("Shape", counted), integers(0), integers(1));
        }
        long[] sizes = shape.target();
        int rows = shape.rows();
        return op(
                "Expand",
                number(0),
                op(
                        "Concat",
                        Map.of("axis", 0L),
                        integers(Arrays.copyOfRange(sizes, 0, rows)),
                        op("Mul", images, integers(shape.size(rows))),
                        integers(Arrays.copyOfRange(sizes, rows + 1, sizes.length))));
    }

    static long[] longs(List<Integer> list) {
        return list.stream().mapToLong(Integer::longValue).toArray();
    }
}
