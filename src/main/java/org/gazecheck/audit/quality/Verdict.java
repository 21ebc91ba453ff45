package org.gazecheck.audit.quality;

import java.util.List;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.HeatmapQuality.Measure;
import org.gazecheck.results.HeatmapQuality.Similarity;

/** The rules by which heatmap methods are judged. */
final class Verdict {
    private static final List<String> DECISIVE = List.of("insertion", "deletion", "road");

    private Verdict() {}

    /**
     * Whether maps survive randomisation: with all weights random they still correlate with the original ones (interval
     * above {@link HeatmapQuality#SURVIVES}), or with the head alone random they are unchanged (interval above {@link HeatmapQuality#UNCHANGED}).
     *
     * @param steps of the cascade, the head first, the whole network last
     */
    static boolean survivesRandomisation(List<Similarity> steps) {
        return !steps.isEmpty() && (survivesWhole(steps) || survivesHead(steps));
    }

    static boolean survivesWhole(List<Similarity> steps) {
        return steps.get(steps.size() - 1).rankCorrelation().low() > HeatmapQuality.SURVIVES;
    }

    static boolean survivesHead(List<Similarity> steps) {
        return steps.get(0).rankCorrelation().low() > HeatmapQuality.UNCHANGED;
    }

    /** Whether a method is better than the centred Gaussian by insertion, deletion and ROAD, each with its interval. */
    static boolean beatsGaussian(List<Measure> measures) {
        return measures.stream()
                .filter(measure -> DECISIVE.contains(measure.name()))
                .allMatch(measure -> measure.overGaussian().low() > 0);
    }

    /** Those of the decisive measures by which a method is not better than the centred Gaussian. */
    static List<Measure> notBeaten(List<Measure> measures) {
        return measures.stream()
                .filter(measure -> DECISIVE.contains(measure.name()))
                .filter(measure -> !(measure.overGaussian().low() > 0))
                .toList();
    }
}
