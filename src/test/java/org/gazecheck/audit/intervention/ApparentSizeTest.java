package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.image.Zoom;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

/** With a network whose first feature is the fineness of stripes and a disturbance, and whose second is the disturbance. */
class ApparentSizeTest {
    private static final int SIZE = 64;
    private static final CellGrid ONE = new CellGrid(1, 1);
    private static final Originals ORIGINALS = new Originals(
            item -> striped(item.sha256()),
            Preprocessing.at(SIZE, new Normalisation(new float[3], new float[] {1, 1, 1})));

    private final List<SegmentedImage> images = new ArrayList<>();

    @Test
    void itFollowsTheSizeMoreAndWhatElseDiffersLessThanAFeatureDoes() throws Exception {
        draw(200);
        for (SizeCandidate.Kind kind : SizeCandidate.Kind.values()) {
            Map<String, Double> values = measure(kind, 100).orElseThrow().values();
            double[] value = numbers(image -> values.get(image.item().path()));
            double sign = kind == SizeCandidate.Kind.SMALLER ? -1 : 1;
            double[] size = numbers(image -> sign * Math.log(stripe(image.item().sha256())));
            double[] disturbance = numbers(image -> disturbance(image.item().path()));
            double[] first = numbers(image -> -sign * Cells.features(image)[0]);
            PearsonsCorrelation correlation = new PearsonsCorrelation();
            double alone = correlation.correlation(first, size);
            assertTrue(correlation.correlation(value, size) > alone + 0.1, kind.name());
            double disturbed = Math.abs(correlation.correlation(first, disturbance));
            assertTrue(Math.abs(correlation.correlation(value, disturbance)) < disturbed - 0.1, kind.name());
        }
    }

    @Test
    void aZoomChangesItByItsLogarithm() throws Exception {
        draw(60);
        ApparentSize size = measure(SizeCandidate.Kind.SMALLER, 60).orElseThrow();
        double change = 0;
        for (SegmentedImage image : images) {
            RgbImage smaller = new Zoom(1 / 1.5).of(image.frame());
            change += (size.of(smaller, image) - size.of(image.frame(), image)) / images.size();
        }
        assertEquals(Math.log(1.5), change, 0.1);
    }

    @Test
    void aFewImagesAreNotEnough() throws Exception {
        draw(9);
        assertEquals(Optional.empty(), measure(SizeCandidate.Kind.LARGER, 9));
    }

    private Optional<ApparentSize> measure(SizeCandidate.Kind kind, int training) throws Exception {
        return ApparentSize.of(kind, new Cells(), images.subList(0, training), images, ORIGINALS, new Randomness(1));
    }

    private interface Of {
        double of(SegmentedImage image);
    }

    private double[] numbers(Of of) {
        return images.stream().mapToDouble(of::of).toArray();
    }

    private void draw(int count) {
        for (int i = 0; i < count; i++) {
            String stripe = 4 + i * 7 % 13 + "/" + i;
            images.add(new SegmentedImage(
                    new Dataset.Item("image " + i, Split.TRAIN, i % 3, stripe, Optional.empty()),
                    striped(stripe),
                    Mask.unknown(SIZE, SIZE)));
        }
    }

    private static double stripe(String name) {
        return Integer.parseInt(name.substring(0, name.indexOf('/')));
    }

    /** Upright stripes, the name's first number wide. */
    private static RgbImage striped(String name) {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((int) ((i / 3 % SIZE - SIZE / 2 + 100 * stripe(name)) / stripe(name)) % 2 == 0 ? 0 : 200);
        }
        return new RgbImage(SIZE, SIZE, rgb);
    }

    private static double disturbance(String path) {
        return new Random(path.hashCode()).nextGaussian();
    }

    private static final class Cells implements CellSource {
        @Override
        public List<ImageCells> of(List<SegmentedImage> images) {
            return images.stream()
                    .map(image -> new ImageCells(0, ONE, new float[1], ONE, features(image)))
                    .toList();
        }

        static float[] features(SegmentedImage image) {
            double disturbance = disturbance(image.item().path());
            return new float[] {(float) (disturbance + Math.log(edges(image.frame()))), (float) disturbance};
        }

        /** Along the middle row. */
        private static int edges(RgbImage frame) {
            int edges = 1;
            for (int x = 1; x < SIZE; x++) {
                int at = 3 * (SIZE / 2 * SIZE + x);
                edges += (frame.rgb()[at] & 0xff) > 100 == (frame.rgb()[at - 3] & 0xff) > 100 ? 0 : 1;
            }
            return edges;
        }

        @Override
        public void close() {}
    }
}
