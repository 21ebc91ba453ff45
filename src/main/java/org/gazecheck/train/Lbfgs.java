package org.gazecheck.train;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS (Nocedal and Wright 2006, "Numerical Optimization", algorithms 7.4 and 7.5) for smooth convex
 * functions, with a line search that brackets and bisects until the weak Wolfe conditions hold (Lewis and Overton 2013,
 * "Nonsmooth optimization via quasi-Newton methods", algorithm 2.6).
 */
final class Lbfgs {
    private static final int MEMORY = 12;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int LINE_SEARCH_STEPS = 25;
    private static final int STALL_WINDOW = 10;

    private final int maxIterations;
    private final double gradientTolerance;
    private final double decreaseTolerance;
    private final @Nullable Preconditioner preconditioner;
    private final Deque<Pair> pairs = new ArrayDeque<>();

    /** A smooth function of many variables. */
    @FunctionalInterface
    interface Objective {
        /**
         * @param x where
         * @param gradient receives the gradient at {@code x}
         * @return the value at {@code x}
         */
        double evaluate(double[] x, double[] gradient);
    }

    /** Something like the inverse of the Hessian, symmetric and positive definite. */
    @FunctionalInterface
    interface Preconditioner {
        /** @param vector is multiplied in place */
        void apply(double[] vector);
    }

    /** Hears of every accepted step. */
    @FunctionalInterface
    interface Listener {
        void iteration(int iteration, double value);
    }

    /**
     * Where the search ended.
     *
     * @param converged false when the iterations were used up first
     */
    record Minimum(double[] x, double value, int iterations, boolean converged) {}

    private record Pair(double[] s, double[] y, double rho) {}

    private record Step(double[] x, double[] gradient, double value) {}

    /**
     * @param gradientTolerance done when no partial derivative is larger
     * @param decreaseTolerance done when ten iterations lower the value by less than this share of it
     */
    Lbfgs(int maxIterations, double gradientTolerance, double decreaseTolerance) {
        this(maxIterations, gradientTolerance, decreaseTolerance, null);
    }

    /** @param preconditioner takes the place of the unit matrix in the approximation; null for none */
    Lbfgs(
            int maxIterations,
            double gradientTolerance,
            double decreaseTolerance,
            @Nullable Preconditioner preconditioner) {
        this.preconditioner = preconditioner;
        this.maxIterations = maxIterations;
        this.gradientTolerance = gradientTolerance;
        this.decreaseTolerance = decreaseTolerance;
    }

    /** Minimises from {@code start}, which is left as it is. */
    Minimum minimise(Objective objective, double[] start, Listener listener) {
        pairs.clear();
        double[] gradient = new double[start.length];
        double[] x = start.clone();
        Step current = new Step(x, gradient, objective.evaluate(x, gradient));
        double[] recent = new double[STALL_WINDOW];
        for (int iteration = 1; iteration <= maxIterations; iteration++) {
            if (largest(current.gradient) <= gradientTolerance) {
                return new Minimum(current.x, current.value, iteration - 1, true);
            }
            Step next = advance(objective, current);
            if (next == null) {
                return new Minimum(current.x, current.value, iteration - 1, true);
            }
            listener.iteration(iteration, next.value);
            remember(current, next);
            current = next;
            int slot = iteration % STALL_WINDOW;
            boolean stalled =
                    iteration > STALL_WINDOW && recent[slot] - next.value < decreaseTolerance * Math.abs(next.value);
            recent[slot] = next.value;
            if (stalled) {
                return new Minimum(current.x, current.value, iteration, true);
            }
        }
        return new Minimum(current.x, current.value, maxIterations, false);
    }

    /** The next point; absent when rounding leaves nothing to gain, even along the steepest descent. */
    private @Nullable Step advance(Objective objective, Step from) {
        double[] direction = direction(from.gradient);
        double slope = dot(direction, from.gradient);
        boolean fresh = pairs.isEmpty();
        Step step = slope < 0 ? search(objective, from, direction, slope, fresh ? firstLength(from) : 1) : null;
        if (step == null && !fresh) {
            pairs.clear();
            double[] steepest = direction(from.gradient);
            step = search(objective, from, steepest, dot(steepest, from.gradient), firstLength(from));
        }
        return step;
    }

    private double firstLength(Step from) {
        return preconditioner != null ? 1 : 1 / Math.max(1e-12, Math.sqrt(dot(from.gradient, from.gradient)));
    }

    /** Algorithm 7.4: minus the inverse Hessian's approximation times the gradient. */
    private double[] direction(double[] gradient) {
        double[] q = new double[gradient.length];
        for (int i = 0; i < q.length; i++) {
            q[i] = -gradient[i];
        }
        double[] alpha = new double[pairs.size()];
        int j = 0;
        for (Iterator<Pair> newestFirst = pairs.descendingIterator(); newestFirst.hasNext(); j++) {
            Pair pair = newestFirst.next();
            alpha[j] = pair.rho * dot(pair.s, q);
            add(q, -alpha[j], pair.y);
        }
        if (preconditioner != null) {
            preconditioner.apply(q);
        } else if (!pairs.isEmpty()) {
            Pair newest = pairs.getLast();
            double gamma = 1 / (newest.rho * dot(newest.y, newest.y));
            for (int i = 0; i < q.length; i++) {
                q[i] *= gamma;
            }
        }
        for (Pair pair : pairs) {
            double beta = pair.rho * dot(pair.y, q);
            add(q, alpha[--j] - beta, pair.s);
        }
        return q;
    }

    private static @Nullable Step search(
            Objective objective, Step from, double[] direction, double slope, double length) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double t = length;
        Step lowest = null;
        for (int i = 0; i < LINE_SEARCH_STEPS; i++) {
            double[] x = from.x.clone();
            add(x, t, direction);
            double[] gradient = new double[x.length];
            Step step = new Step(x, gradient, objective.evaluate(x, gradient));
            if (!(step.value <= from.value + SUFFICIENT_DECREASE * t * slope)) {
                high = t;
            } else {
                lowest = step;
                if (dot(gradient, direction) >= CURVATURE * slope) {
                    return step;
                }
                low = t;
            }
            t = high == Double.POSITIVE_INFINITY ? 2 * t : (low + high) / 2;
        }
        return lowest;
    }

    private void remember(Step from, Step to) {
        double[] s = to.x.clone();
        add(s, -1, from.x);
        double[] y = to.gradient.clone();
        add(y, -1, from.gradient);
        double curvature = dot(s, y);
        if (curvature > 1e-12 * Math.sqrt(dot(s, s) * dot(y, y))) {
            if (pairs.size() == MEMORY) {
                pairs.removeFirst();
            }
            pairs.addLast(new Pair(s, y, 1 / curvature));
        }
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }
}
