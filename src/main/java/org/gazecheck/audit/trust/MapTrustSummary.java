package org.gazecheck.audit.trust;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.results.Figure;
import org.gazecheck.results.MapTrust;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.RandomStream;
import org.gazecheck.stats.Randomness;

/** Collects what the tests of heatmaps give, image by image, into figures with intervals. */
final class MapTrustSummary {
    private static final int RESAMPLES = 1000;
    private static final double[] BETTER = {1, -1, 1, -1, 1};

    private final String layer;
    private final List<CamMethod> methods;
    private final int steps;
    private final Randomness randomness;
    private final List<List<MapTrust.Measure>> faithfulness = new ArrayList<>();
    private final List<List<MapTrust.Similarity>> stability = new ArrayList<>();
    private final List<List<MapTrust.Similarity>> randomised = new ArrayList<>();
    private int images;

    MapTrustSummary(String layer, MapTrustAudit.Settings settings, Randomness randomness) {
        this.layer = layer;
        this.methods = settings.methods();
        this.steps = settings.steps();
        this.randomness = randomness;
        for (int m = 0; m < methods.size(); m++) {
            faithfulness.add(new ArrayList<>());
            stability.add(new ArrayList<>());
            randomised.add(new ArrayList<>());
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
                        .add(new MapTrust.Measure(
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

    void stability(Disturbance disturbance, MapTests.Similarities found) {
        add(disturbance.text(), Purpose.HEATMAP_SIMILARITY.about(disturbance.subject()), found, stability);
    }

    void randomised(String step, MapTests.Similarities found) {
        add(step, Purpose.HEATMAP_SIMILARITY.about(step), found, randomised);
    }

    private void add(
            String name, RandomStream stream, MapTests.Similarities found, List<List<MapTrust.Similarity>> to) {
        for (int m = 0; m < methods.size(); m++) {
            List<Figure> figures = PairedMeans.of(List.of(found.rank()[m], found.structure()[m]), bootstrap(stream));
            to.get(m).add(new MapTrust.Similarity(name, figures.get(0), figures.get(1)));
        }
    }

    private Bootstrap bootstrap(RandomStream stream) {
        return new Bootstrap(RESAMPLES, randomness, stream);
    }

    MapTrust trust() {
        List<MapTrust.Method> all = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            all.add(new MapTrust.Method(
                    methods.get(m).text(),
                    faithfulness.get(m),
                    randomised.get(m),
                    stability.get(m),
                    Verdict.survivesRandomisation(randomised.get(m)),
                    Verdict.beatsGaussian(faithfulness.get(m))));
        }
        return new MapTrust(MapTrust.SCHEMA_VERSION, layer, images, steps, all);
    }
}
