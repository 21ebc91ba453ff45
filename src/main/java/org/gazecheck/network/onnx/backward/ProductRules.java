package org.gazecheck.network.onnx.backward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Products of matrices. */
final class ProductRules {
    private ProductRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Gemm", ProductRules::gemm);
        rules.put("MatMul", ProductRules::matMul);
    }

    /** {@code alpha A B + beta C}, A and B perhaps transposed. */
    private static void gemm(Step s) {
        Nodes n = s.nodes();
        float alpha = (float) s.attributes().number("alpha", 1);
        boolean a = s.attributes().flag("transA");
        boolean b = s.attributes().flag("transB");
        if (s.wants(0)) {
            s.give(
                    0,
                    a
                            ? gemm(n, alpha, s.input(1), b, s.gradient(), true)
                            : gemm(n, alpha, s.gradient(), false, s.input(1), !b));
        }
        if (s.wants(1)) {
            s.give(
                    1,
                    b
                            ? gemm(n, alpha, s.gradient(), true, s.input(0), a)
                            : gemm(n, alpha, s.input(0), !a, s.gradient(), false));
        }
        if (s.wants(2)) {
            s.giveSummed(2, n.mul(s.gradient(), s.attributes().number("beta", 1)));
        }
    }

    private static String gemm(Nodes n, float alpha, String a, boolean transA, String b, boolean transB) {
        return n.op("Gemm", Map.of("alpha", alpha, "transA", transA ? 1L : 0, "transB", transB ? 1L : 0), a, b);
    }

    /** Vectors are taken as matrices of one row or column, which goes again at the end. */
    private static void matMul(Step s) {
        Nodes n = s.nodes();
        Shape a = s.shape(0);
        Shape b = s.shape(1);
        Shape y = s.outputShape(0);
        String gradient = s.gradient();
        if (b.rank() == 1) {
            b = b.replaced(1, 1, 1);
            y = y.replaced(y.rank(), y.rank(), 1);
            gradient = n.reshape(gradient, y.target());
        }
        if (a.rank() == 1) {
            a = a.replaced(0, 0, 1);
            y = y.replaced(y.rank() - 1, y.rank() - 1, 1);
            gradient = n.reshape(gradient, y.target());
        }
        if (s.wants(0)) {
            String other = n.reshape(s.input(1), s.shape(1), b);
            Shape full = product(y, y.size(y.rank() - 2), b.size(b.rank() - 2), y.rank() - 1);
            String back = n.op("MatMul", gradient, transposed(n, other, b));
            s.give(0, n.reshape(n.sumTo(back, full, a), a, s.shape(0)));
        }
        if (s.wants(1)) {
            String other = n.reshape(s.input(0), s.shape(0), a);
            Shape full = product(y, a.size(a.rank() - 1), y.size(y.rank() - 1), y.rank() - 2);
            String back = n.op("MatMul", transposed(n, other, a), gradient);
            s.give(1, n.reshape(n.sumTo(back, full, b), b, s.shape(1)));
        }
    }

    /** @param gone the dimension of the product that was summed over */
    private static Shape product(Shape y, long height, long width, int gone) {
        List<Long> sizes = new ArrayList<>(y.sizes());
        sizes.set(y.rank() - 2, height);
        sizes.set(y.rank() - 1, width);
        return new Shape(sizes, y.rows() == gone ? Shape.NONE : y.rows());
    }

    private static String transposed(Nodes n, String value, Shape shape) {
        long[] order = LongStream.range(0, shape.rank()).toArray();
        order[shape.rank() - 1] = shape.rank() - 2L;
        order[shape.rank() - 2] = shape.rank() - 1L;
        return n.op("Transpose", Map.of("perm", order), value);
    }
}
