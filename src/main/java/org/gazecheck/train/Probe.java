package org.gazecheck.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.network.Head;
import org.gazecheck.progress.Progress;
import org.jspecify.annotations.Nullable;

/** A linear classifier on frozen features, fitted to convergence, its L2 strength chosen on val. */
public final class Probe {
    private static final double GRADIENT_TOLERANCE = 1e-8;
    private static final double DECREASE_TOLERANCE = 1e-6;

    private Probe() {}

    /**
     * Features with their labels.
     *
     * @param rows as many as labels, never negative
     * @param width of a row
     * @param labels [n]
     */
    record Examples(FeatureRows rows, int width, int[] labels) {}

    /** One L2 strength, and what came of it on val. */
    public record Candidate(double l2, Score val, int iterations, boolean converged) {}

    /**
     * @param chosen the best of the candidates on val
     * @param candidates in the order in which they were fitted
     */
    public record Fitted(Head head, Candidate chosen, List<Candidate> candidates) {}

    /**
     * Fits one head a strength, from the strongest to the weakest, each started from the one before, and keeps the best
     * on val ({@link Score#betterThan}).
     */
    static Fitted fit(Examples train, Examples val, int classes, TrainSettings.Probe recipe, Progress progress)
            throws IOException {
        double[] weights = new double[train.labels().length];
        Arrays.fill(weights, 1);
        List<Candidate> candidates = new ArrayList<>();
        List<Head> heads = new ArrayList<>();
        int best = 0;
        for (Strength strength : path(train, weights, classes, recipe, progress)) {
            Candidate candidate = new Candidate(
                    strength.l2(), score(strength.head(), val), strength.iterations(), strength.converged());
            progress.message(text(candidate));
            candidates.add(candidate);
            heads.add(strength.head());
            if (candidate.val().betterThan(candidates.get(best).val())) {
                best = candidates.size() - 1;
            }
        }
        return new Fitted(heads.get(best), candidates.get(best), List.copyOf(candidates));
    }

    /** What an L2 strength came to in training. */
    record Strength(double l2, Head head, int iterations, boolean converged) {}

    /**
     * One head a strength, from the strongest to the weakest, each started from the one before.
     *
     * @param weights [n] of the rows, 1 on average
     */
    static List<Strength> path(
            Examples train, double[] weights, int classes, TrainSettings.Probe recipe, Progress progress)
            throws IOException {
        return path(train, weights, classes, recipe, null, progress);
    }

    /** @param related fits before this one, which it is started from; null where it stands alone */
    static List<Strength> path(
            Examples train,
            double[] weights,
            int classes,
            TrainSettings.Probe recipe,
            @Nullable RelatedFits related,
            Progress progress)
            throws IOException {
        int n = train.labels().length;
        requireDifference(train.rows(), n, train.width());
        ProbeFeatures space = ProbeFeatures.of(recipe.features(), train.rows(), n, train.width());
        List<Double> strengths = new ArrayList<>(recipe.l2());
        strengths.sort(Comparator.reverseOrder());
        List<Strength> path = new ArrayList<>();
        FeatureRows features = space.transformed(train.rows());
        try (LogisticRegression regression =
                new LogisticRegression(features, train.width(), train.labels(), weights, classes, recipe.smoothing())) {
            double[] solution = new double[regression.unknowns()];
            for (double l2 : strengths) {
                Lbfgs lbfgs = new Lbfgs(
                        recipe.maxIterations(),
                        GRADIENT_TOLERANCE,
                        DECREASE_TOLERANCE,
                        related == null ? null : related.curvature(l2, features, n, train.width(), classes));
                double[] start = related == null ? solution : related.start(l2, solution);
                Lbfgs.Minimum minimum = minimise(lbfgs, regression, l2, start, recipe.maxIterations(), progress);
                solution = minimum.x();
                if (related != null) {
                    related.ended(l2, solution);
                }
                path.add(new Strength(l2, space.head(solution, classes), minimum.iterations(), minimum.converged()));
            }
        }
        return path;
    }

    private static void requireDifference(FeatureRows rows, int n, int width) throws IOException {
        float[] first = new float[width];
        float[] other = new float[width];
        for (int i = 0; i < n; i++) {
            rows.read(i, i == 0 ? first : other, 0);
            if (i > 0 && !Arrays.equals(first, other)) {
                return;
            }
        }
        if (n > 1) {
            throw new EqualFeaturesException(n);
        }
    }

    private static Lbfgs.Minimum minimise(
            Lbfgs lbfgs,
            LogisticRegression regression,
            double l2,
            double[] start,
            int maxIterations,
            Progress progress) {
        try (Progress.Task task = progress.start("probe, L2 " + l2, maxIterations)) {
            return lbfgs.minimise(regression.objective(l2), start, (iteration, value) -> task.advance(1));
        }
    }

    private static String text(Candidate candidate) {
        return String.format(
                java.util.Locale.ROOT,
                "probe, L2 %s: val top-1 %.2f %%, log loss %.4f, %d iterations%s",
                candidate.l2(),
                100 * candidate.val().top1(),
                candidate.val().logLoss(),
                candidate.iterations(),
                candidate.converged() ? "" : " (not converged)");
    }

    /** The head's score on features that it may not have seen. */
    static Score score(Head head, Examples examples) throws IOException {
        Score.Counter counter = new Score.Counter();
        for (int i = 0; i < examples.labels().length; i++) {
            float[] feature = new float[examples.width()];
            examples.rows().read(i, feature, 0);
            counter.add(head.logits(feature), 0, head.classes(), examples.labels()[i]);
        }
        return counter.score();
    }
}
