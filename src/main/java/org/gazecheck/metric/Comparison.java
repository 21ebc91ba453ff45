package org.gazecheck.metric;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.gazecheck.results.Prediction;
import org.gazecheck.stats.Purpose.Subject;

/** How a metric of two runs is compared. */
public sealed interface Comparison {
    Comparison NONE = new None();

    record None() implements Comparison {
        @Override
        public String text(List<MetricSet> sets) {
            return "";
        }
    }

    /** Shares of images. @param counted which images count */
    record Shares(Predicate<Prediction> counted) implements Comparison {
        @Override
        public String text(List<MetricSet> sets) {
            return sets.contains(MetricSet.TEST) ? "McNemar; of new images Fisher" : "Fisher";
        }
    }

    /** Values of images. @param subject of the random numbers */
    record Values(Subject subject) implements Comparison {
        @Override
        public String text(List<MetricSet> sets) {
            return sets.contains(MetricSet.TEST) ? "signed ranks; of new images rank sum" : "rank sum";
        }
    }

    /** The network's features of the images. */
    record Features() implements Comparison {
        @Override
        public String text(List<MetricSet> sets) {
            return "energy distance";
        }
    }

    /** The mix of classes. @param subject of the random numbers */
    record ClassMix(Subject subject, Function<Prediction, String> label) implements Comparison {
        @Override
        public String text(List<MetricSet> sets) {
            return "chi-squared";
        }
    }

    /** By which tests, of what is measured of those sets. */
    String text(List<MetricSet> sets);
}
