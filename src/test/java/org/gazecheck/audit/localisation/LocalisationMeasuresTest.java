package org.gazecheck.audit.localisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.image.Mask;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class LocalisationMeasuresTest {
    private static final int SIZE = 40;

    @Test
    void aUniformMapLiesWhereTheAreaLies() {
        float[] uniform = new float[16];
        Arrays.fill(uniform, 0.3f);
        LocalisationMeasures m = LocalisationMeasures.of(uniform, 4, 4, Optional.of(left(10)), SIZE, 0.1);
        assertEquals(0.25, m.massAccuracy(), 1e-6);
        assertEquals(0.25, m.maskArea(), 1e-12);
        assertEquals(1 - 0.8 * 0.8, m.borderMass(), 1e-6);
        assertEquals(1, m.entropy(), 1e-6);
    }

    @Test
    void whatIsNeitherObjectNorBackgroundCountsForNeither() {
        boolean[] unknown = new boolean[SIZE * SIZE];
        for (int i = 0; i < unknown.length; i++) {
            unknown[i] = i % SIZE >= SIZE / 2;
        }
        Mask mask = new Mask(SIZE, SIZE, left(10).foreground(), unknown);
        float[] map = new float[16];
        Arrays.fill(map, 0.3f);
        map[7] = 5;
        LocalisationMeasures m = LocalisationMeasures.of(map, 4, 4, Optional.of(mask), SIZE, 0.1);
        assertEquals(0.5, m.maskArea(), 1e-12);
        assertTrue(m.massAccuracy() > 0.4 && m.massAccuracy() <= 0.5, "heat on what is unknown is left out: " + m);
        assertTrue(m.rankAccuracy() > 0.3, "the hottest pixels are those of the known half: " + m);
        assertTrue(m.distance() < 0.2, "so is the centre: " + m);
        Mask none = new Mask(SIZE, SIZE, new boolean[SIZE * SIZE], filled(SIZE * SIZE));
        assertTrue(Double.isNaN(
                LocalisationMeasures.of(map, 4, 4, Optional.of(none), SIZE, 0.1).maskArea()));
    }

    private static boolean[] filled(int n) {
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        return all;
    }

    @Test
    void oneCellHasNoEntropyAndMayLieInside() {
        float[] map = new float[16];
        map[5] = 2;
        map[15] = -7;
        LocalisationMeasures m = LocalisationMeasures.of(map, 4, 4, Optional.of(left(40)), SIZE, 0.1);
        assertEquals(1, m.massAccuracy(), 1e-12);
        assertEquals(0, m.entropy(), 1e-12);
    }

    @Test
    void theHottestPixelsAreComparedWithTheMaskByRankAndPlace() {
        float[] ramp = new float[16];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = 1 + i % 4;
        }
        LocalisationMeasures right = LocalisationMeasures.of(ramp, 4, 4, Optional.of(without(left(20))), SIZE, 0.1);
        assertEquals(1, right.pointingGame(), 1e-12);
        assertEquals(1, right.rankAccuracy(), 1e-12);
        LocalisationMeasures left = LocalisationMeasures.of(ramp, 4, 4, Optional.of(left(20)), SIZE, 0.1);
        assertEquals(0, left.pointingGame(), 1e-12);
        assertEquals(0, left.rankAccuracy(), 1e-12);
        assertEquals(0.5, left.distance() + right.distance(), 1e-6);
        float[] even = new float[16];
        Arrays.fill(even, 1f);
        assertEquals(
                0.25,
                LocalisationMeasures.of(even, 4, 4, Optional.of(left(10)), SIZE, 0.1)
                        .rankAccuracy(),
                1e-12);
        assertEquals(
                15.0 / SIZE,
                LocalisationMeasures.of(even, 4, 4, Optional.of(left(10)), SIZE, 0.1)
                        .distance(),
                1e-6);
    }

    @Test
    void mapsOverlapByWhatTheyShare() {
        assertEquals(1, LocalisationMeasures.overlap(new float[] {1, 3, -5}, new float[] {2, 6, 0}), 1e-12);
        assertEquals(0, LocalisationMeasures.overlap(new float[] {1, 0}, new float[] {-1, 4}), 1e-12);
        assertEquals(0.25, LocalisationMeasures.overlap(new float[] {1, 3}, new float[] {1, 0}), 1e-12);
        assertTrue(Double.isNaN(LocalisationMeasures.overlap(new float[] {-1}, new float[] {1})));
    }

    @Test
    void aMapThatIsNowherePositiveHasNoMeasures() {
        LocalisationMeasures m = LocalisationMeasures.of(new float[16], 4, 4, Optional.of(left(20)), SIZE, 0.1);
        assertTrue(Double.isNaN(m.massAccuracy()) && Double.isNaN(m.borderMass()) && Double.isNaN(m.entropy()));
        assertEquals(0.5, m.maskArea(), 1e-12);
        assertTrue(Double.isNaN(LocalisationMeasures.of(new float[16], 4, 4, Optional.empty(), SIZE, 0.1)
                .maskArea()));
    }

    /** Outside of the crop, or a mask that was left black: nobody can look at what is not there. */
    @Test
    void anObjectThatIsNotInThePictureIsNotMissed() {
        float[] map = new float[16];
        map[5] = 1;
        LocalisationMeasures m = LocalisationMeasures.of(map, 4, 4, Optional.of(left(0)), SIZE, 0.1);
        assertTrue(Double.isNaN(m.massAccuracy()) && Double.isNaN(m.pointingGame()));
        assertEquals(0, m.maskArea());
    }

    @Test
    void aClassThatLooksAwayIsFound() {
        List<Finding> findings = findings(1, 0.3);
        Finding off = findings.stream()
                .filter(f -> f.id().equals("localisation-of-class:class 3"))
                .findFirst()
                .orElseThrow();
        assertEquals(-0.3, off.effect(), 0.06);
        assertEquals(Finding.Severity.LOW, off.severity(), "it accuses no class");
        assertTrue(off.low() < off.effect() && off.effect() < off.high() && off.high() < 0);
        assertEquals(12, off.evidence().size());
        assertEquals(off, findings.get(0));
    }

    @Test
    void estimatedMasksAreSaidToBe() {
        Finding off = findings(1, 0.3, 0.3, true).get(0);
        assertEquals("localisation-of-class:class 3", off.id());
        assertTrue(off.text().contains("masks are estimates"), off.text());
    }

    @Test
    void lessEnergyOnSmallerObjectsIsNoFinding() {
        assertEquals(List.of(), findings(1, 0.3, 0.1, false));
    }

    @Test
    void whereNothingIsPlantedHardlyAnythingIsFound() {
        int found = 0;
        for (int seed = 0; seed < 20; seed++) {
            found += findings(seed, 0).size();
        }
        assertTrue(found <= 4, found + " findings in 20 runs without an effect");
    }

    private static List<Finding> findings(long seed, double planted) {
        return findings(seed, planted, 0.3, false);
    }

    /**
     * Eight classes of 40 images, an eighth of them wrong; class 3 has less energy inside by {@code planted}. A third of
     * every other class have small objects, and less energy inside by 0.3 as well; those of class 3 cover {@code area}.
     */
    private static List<Finding> findings(long seed, double planted, double area, boolean estimated) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Prediction> predictions = new ArrayList<>();
        List<Localisation> localisation = new ArrayList<>();
        for (int i = 0; i < 320; i++) {
            boolean third = i % 8 == 3;
            boolean small = !third && random.nextInt(3) == 0;
            String label = "class " + i % 8;
            int rank = i / 8 % 8 == 0 ? 2 : 1;
            String path = i + ".jpg";
            predictions.add(new Prediction(
                    path, "", Split.TEST, label, rank == 1 ? label : "class 9", 0.5f, 0.5f, rank, List.of()));
            double inside = 0.4 + 0.3 * random.nextDouble() - (third ? planted : small ? 0.3 : 0);
            localisation.add(new Localisation(
                    path,
                    "",
                    Split.TEST,
                    MapTarget.PREDICTED,
                    inside,
                    small ? 0.1 : third ? area : 0.3,
                    random.nextDouble(),
                    random.nextDouble(),
                    1,
                    inside,
                    random.nextDouble(),
                    1));
        }
        return new LocalisationFindings(predictions, localisation, estimated, new Randomness(seed))
                .all()
                .findings();
    }

    private static Mask without(Mask mask) {
        boolean[] foreground = new boolean[mask.foreground().length];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = !mask.foreground()[i];
        }
        return new Mask(mask.width(), mask.height(), foreground);
    }

    private static Mask left(int columns) {
        boolean[] foreground = new boolean[SIZE * SIZE];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = i % SIZE < columns;
        }
        return new Mask(SIZE, SIZE, foreground);
    }
}
