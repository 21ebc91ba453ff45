package org.gazecheck.audit.association;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.gazecheck.audit.association.AssociationInputs.Heatmaps;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/**
 * A drawn evaluation: classes differ in where their heatmaps lie, in their light and in how often they are wrong; measures
 * go along with each other as real ones do. What goes with being wrong within a class is what is asked for.
 */
final class Synthetic {
    static final Heatmaps NO_HEATMAPS = new Heatmaps() {
        @Override
        public int width() {
            return 7;
        }

        @Override
        public float[] of(int i) {
            return new float[49];
        }
    };

    private static final int CLASSES = 12;

    private final Random random;
    private final List<Prediction> predictions = new ArrayList<>();
    private final List<Localisation> localisation = new ArrayList<>();
    private final List<ImageProperties> properties = new ArrayList<>();
    private final float[][] maps;

    /** How much measures of wrong images are shifted, in standard deviations within a class. */
    record Effects(double localisation, double brightness, double corner) {
        static final Effects NONE = new Effects(0, 0, 0);
    }

    Synthetic(int n, long seed, Effects effects) {
        this.random = new Random(seed);
        this.maps = new float[n][];
        for (int i = 0; i < n; i++) {
            draw(i, effects);
        }
    }

    private void draw(int i, Effects effects) {
        int label = i % CLASSES;
        boolean wrong = random.nextDouble() < 0.05 + 0.5 * label / CLASSES;
        boolean corner = random.nextDouble() < 0.15 + (wrong ? effects.corner : 0);
        double away = 0.3 * label + random.nextGaussian() + (wrong ? effects.localisation : 0);
        double light = 0.2 * label + random.nextGaussian() + (wrong ? effects.brightness : 0);
        double area = sigmoid(random.nextGaussian());
        String path = "test/" + label + "/" + i + ".jpg";
        predictions.add(prediction(path, "class " + label, wrong));
        for (MapTarget target : MapTarget.values()) {
            localisation.add(new Localisation(
                    path,
                    "sha" + i,
                    Split.TEST,
                    target,
                    sigmoid(area - 0.8 * away + 0.6 * random.nextGaussian()),
                    area,
                    sigmoid(away + 0.6 * random.nextGaussian() - 2),
                    sigmoid(0.5 * away + random.nextGaussian()),
                    1,
                    sigmoid(area - 0.8 * away + 0.6 * random.nextGaussian()),
                    sigmoid(0.5 * away + random.nextGaussian()),
                    0.9));
        }
        properties.add(new ImageProperties(
                path,
                "sha" + i,
                Split.TEST,
                300 + random.nextInt(200),
                300,
                sigmoid(light),
                0.5 * sigmoid(0.7 * light + random.nextGaussian()),
                Math.exp(5 + random.nextGaussian()),
                sigmoid(random.nextGaussian()),
                (30 * label + 20 * random.nextGaussian() + 720) % 360,
                (120 + 30 * random.nextGaussian() + 720) % 360,
                area,
                random.nextDouble(),
                i % 20 == 0 ? Double.NaN : random.nextDouble(),
                ImageProperties.Capture.UNKNOWN));
        maps[i] = map(corner ? 1 : 3 + 0.1 * label, corner ? 1 : 3);
    }

    private float[] map(double x, double y) {
        float[] map = new float[49];
        double shiftX = 0.4 * random.nextGaussian();
        double shiftY = 0.4 * random.nextGaussian();
        for (int c = 0; c < 49; c++) {
            double dx = c % 7 - x - shiftX;
            double dy = c / 7 - y - shiftY;
            map[c] = (float) (Math.exp(-(dx * dx + dy * dy) / 3) - 0.02 + 0.02 * random.nextDouble());
        }
        return map;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static Prediction prediction(String path, String label, boolean wrong) {
        return new Prediction(
                path, "sha", Split.TEST, label, wrong ? "other" : label, 0.5f, 0.5f, wrong ? 2 : 1, List.of());
    }

    AssociationInputs inputs() {
        return inputs(predictions);
    }

    private AssociationInputs inputs(List<Prediction> of) {
        Heatmaps heatmaps = new Heatmaps() {
            @Override
            public int width() {
                return 7;
            }

            @Override
            public float[] of(int i) {
                return maps[i];
            }
        };
        return new AssociationInputs(of, localisation, properties, heatmaps, List.of(), new Randomness(4));
    }

    /** The same images, with correct and incorrect dealt out anew. */
    AssociationInputs permuted(long seed) {
        return inputs(permuted(predictions, seed));
    }

    /** Predictions with correct and incorrect dealt out anew over all images. */
    static List<Prediction> permuted(List<Prediction> predictions, long seed) {
        List<Boolean> wrong =
                new ArrayList<>(predictions.stream().map(p -> !p.correct()).toList());
        Collections.shuffle(wrong, new Random(seed));
        List<Prediction> permuted = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            Prediction p = predictions.get(i);
            boolean now = wrong.get(i);
            permuted.add(new Prediction(
                    p.path(),
                    p.sha256(),
                    p.split(),
                    p.label(),
                    now ? "other" : p.label(),
                    p.pLabel(),
                    p.pPredicted(),
                    now ? 2 : 1,
                    p.top5()));
        }
        return permuted;
    }
}
