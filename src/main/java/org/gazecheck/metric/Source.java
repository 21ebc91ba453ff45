package org.gazecheck.metric;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.gazecheck.results.Figure;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.SplitMetrics.ClassMetrics;

/** Where a metric comes from. */
public sealed interface Source {
    /** Read from {@code metrics.json}; empty where there is no such figure. */
    record OfSplit(Function<SplitMetrics, Optional<Figure>> figure, Function<ClassMetrics, Optional<Figure>> ofClass)
            implements Source {
        @Override
        public String file() {
            return "metrics.json";
        }
    }

    /** A number of every image, or NaN. @param absent why images may lack it */
    record OfImages(String file, ToDoubleFunction<MeasuredImage> value, String absent) implements Source {}

    /** Measured where the file is made or read. */
    record Elsewhere(String file) implements Source {}

    /** Of the run folder. */
    String file();
}
