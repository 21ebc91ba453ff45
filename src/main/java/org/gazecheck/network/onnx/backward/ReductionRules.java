package org.gazecheck.network.onnx.backward;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import onnx.Onnx.TensorProto;

/** Reductions of dimensions to one number. Of equal extremes each has its share, as of PyTorch's {@code amax}. */
final class ReductionRules {
    private ReductionRules() {}

    /** What a reduction makes of the gradient, which is there in its kept shape. */
    private interface Back {
        String of(Nodes n, String gradient, String x, String y, List<Integer> axes);
    }

    static void add(Map<String, Rule> rules) {
        rules.put("ReduceSum", s -> back(s, (n, g, x, y, axes) -> g));
        rules.put("ReduceMean", ReductionRules::mean);
        rules.put("ReduceL1", s -> back(s, (n, g, x, y, axes) -> n.mul(g, n.op("Sign", x))));
        rules.put("ReduceL2", s -> back(s, (n, g, x, y, axes) -> n.mul(n.div(g, y), x)));
        rules.put("ReduceSumSquare", s -> back(s, (n, g, x, y, axes) -> n.mul(n.mul(g, 2), x)));
        rules.put("ReduceLogSum", s -> back(s, (n, g, x, y, axes) -> n.mul(g, n.op("Exp", n.op("Neg", y)))));
        rules.put("ReduceLogSumExp", s -> back(s, (n, g, x, y, axes) -> n.mul(g, n.op("Exp", n.sub(x, y)))));
        rules.put("ReduceMax", s -> back(s, ReductionRules::extreme));
        rules.put("ReduceMin", s -> back(s, ReductionRules::extreme));
        rules.put("ReduceProd", s -> back(s, ReductionRules::product));
    }

    private static void mean(Step s) {
        List<Integer> axes = axes(s);
        long count = axes.stream().mapToLong(s.shape(0)::size).reduce(1, Math::multiplyExact);
        back(s, (n, g, x, y, all) -> n.mul(g, 1.0 / count));
    }

    private static void back(Step s, Back back) {
        Nodes n = s.nodes();
        Shape shape = s.shape(0);
        List<Integer> axes = axes(s);
        axes.forEach(shape::requireNotRows);
        Shape kept = shape.reduced(axes);
        String gradient = n.reshape(s.gradient(), s.outputShape(0), kept);
        boolean plain = s.operator().equals("ReduceSum") || s.operator().equals("ReduceMean");
        String x = plain ? "" : s.input(0);
        String y = plain ? "" : n.reshape(s.output(0), s.outputShape(0), kept);
        s.give(0, n.op("Expand", back.of(n, gradient, x, y, axes), n.integers(shape.stretched())));
    }

    private static List<Integer> axes(Step s) {
        Shape shape = s.shape(0);
        Optional<long[]> given = s.integers("axes", 1);
        if (given.isEmpty() || given.get().length == 0) {
            return s.attributes().flag("noop_with_empty_axes")
                    ? List.of()
                    : IntStream.range(0, shape.rank()).boxed().toList();
        }
        return java.util.Arrays.stream(given.get())
                .mapToObj(shape::axis)
                .sorted()
                .toList();
    }

    private static String extreme(Nodes n, String g, String x, String y, List<Integer> axes) {
        String chosen = n.op("Cast", Map.of("to", (long) TensorProto.DataType.FLOAT_VALUE), n.op("Equal", x, y));
        return n.mul(chosen, n.div(g, n.sum(chosen, axes)));
    }

    /** The product of all others, also where one of them is 0. */
    private static String product(Nodes n, String g, String x, String y, List<Integer> axes) {
        String isZero = n.op("Equal", x, n.number(0));
        String zeros = n.sum(n.op("Cast", Map.of("to", (long) TensorProto.DataType.FLOAT_VALUE), isZero), axes);
        String filled = n.where(isZero, n.number(1), x);
        String all = n.op("ReduceProd", Map.of("axes", Nodes.longs(axes), "keepdims", 1L), filled);
        String without =
                n.where(n.less(zeros, 0.5), n.div(all, filled), n.masked(n.op("And", isZero, n.less(zeros, 1.5)), all));
        return n.mul(g, without);
    }
}
