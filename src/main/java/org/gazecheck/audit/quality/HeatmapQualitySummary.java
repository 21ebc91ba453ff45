package org.gazecheck.audit.quality;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.results.Figure;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.RandomStream;
import org.gazecheck.stats.Randomness;

/** Collects what the tests of heatmaps give, image by image, into figures with intervals. */
final class HeatmapQualitySummary {
    private static final int RESAMPLES = 1000;
    private static final double[] BETTER = {1, -1, 1, -1, 1};

    private final String layer;
    private final List<CamMethod> methods;
    private final int steps;
    private final Randomness randomness;
    private final List<List<HeatmapQuality.Measure>> faithfulness = new ArrayList<>();
    private final List<List<HeatmapQuality.Similarity>> robustness = new ArrayList<>();
    private final List<List<HeatmapQuality.Similarity>> randomisation = new ArrayList<>();
    private int images;

    HeatmapQualitySummary(String layer, HeatmapQualityAudit.Settings settings, Randomness randomness) {
        this.layer = layer;
        this.methods = settings.methods();
        this.steps = settings.steps();
        this.randomness = randomness;
        for (int m = 0; m < methods.size(); m++) {
            faithfulness.add(new ArrayList<>());
            robustness.add(new ArrayList<>());
            randomisation.add(new ArrayList<>());
        }
    }

    /** @param values [methods, then random, then Gaussian][measures][n] */
    void faithfulness(double[][][] values) {
        int random = methods.size();
        int gaussian = random + 1;
        images = values[0][0].length;
        for (int f = 0; f < BETTER.length; f++) {
            List<double[]> rows = new ArrayList<>();
            for (double[][] ofMap : values) {
                rows.add(ofMap[f]);
            }
            for (int m = 0; m < methods.size(); m++) {
                rows.add(PairedMeans.difference(values[m][f], values[random][f], BETTER[f]));
                rows.add(PairedMeans.difference(values[m][f], values[gaussian][f], BETTER[f]));
            }
            String name = Faithfulness.MEASURES.get(f);
            List<Figure> figures =
                    PairedMeans.of(rows, bootstrap(Purpose.FAITHFULNESS.about(Faithfulness.SUBJECTS.get(f))));
            for (int m = 0; m < methods.size(); m++) {
                int over = values.length + 2 * m;
                faithfulness
                        .get(m)
                        .add(new HeatmapQuality.Measure(
                                name,
                                BETTER[f] > 0,
                                figures.get(m),
                                figures.get(random),
                                figures.get(gaussian),
                                figures.get(over),
                                figures.get(over + 1)));
            }
        }
    }

    void robustness(Perturbation perturbation, HeatmapTests.Similarities found) {
        add(perturbation.text(), Purpose.HEATMAP_SIMILARITY.about(perturbation.subject()), found, robustness);
    }

    void randomisation(String step, HeatmapTests.Similarities found) {
        add(step, Purpose.HEATMAP_SIMILARITY.about(step), found, randomisation);
    }

    private void add(
            String name,
            RandomStream stream,
            HeatmapTests.Similarities found,
            List<List<HeatmapQuality.Similarity>> to) {
        for (int m = 0; m < methods.size(); m++) {
            List<Figure> figures = PairedMeans.of(List.of(found.rank()[m], found.structure()[m]), bootstrap(stream));
            to.get(m).add(new HeatmapQuality.Similarity(name, figures.get(0), figures.get(1)));
        }
    }

    private Bootstrap bootstrap(RandomStream stream) {
        return new Bootstrap(RESAMPLES, randomness, stream);
    }

    HeatmapQuality quality() {
        List<HeatmapQuality.Method> all = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            all.add(new HeatmapQuality.Method(
                    methods.get(m).text(),
                    faithfulness.get(m),
                    randomisation.get(m),
                    robustness.get(m),
                    Verdict.survivesRandomisation(randomisation.get(m)),
                    Verdict.beatsGaussian(faithfulness.get(m))));
        }
        return new HeatmapQuality(HeatmapQuality.SCHEMA_VERSION, layer, images, steps, all);
    }
}
