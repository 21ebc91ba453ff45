package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a shortcut is proven or suspected, by its natural effect: whole runs of ten candidates, one with the effect, are simulated
 * and judged by the audit's own procedure. What is put on keeps 85 % of the effect; objects differ in whether it moves them at all,
 * fifteen donors by a tenth; sixty of 180 images of others carry it, and painting it over repairs four of five errors; one image
 * in a hundred is called the class without reason. Standard output has the table.
 */
@Tag("slow")
class GradeRatesTest {
    private static final int RUNS = Integer.getInteger("grades.runs", 120);
    private static final int CANDIDATES = 10;
    private static final int OTHERS = 200;
    private static final int OWN = 25;
    private static final int DONORS = 15;
    private static final double KEPT = 0.85;
    private static final double REPAIRED = 0.8;
    private static final double BY_CHANCE = 0.01;
    private static final double CARRIERS = 60;
    private static final double FREE = 120;

    /** Shares of runs. */
    private record Rates(double proven, double suspected) {
        double either() {
            return proven + suspected;
        }
    }

    /**
     * A shortcut.
     *
     * @param effect on images as they are, 0..1
     * @param needs how many of its own images the class loses without it
     * @param witnessed whether images of others carry it in val and test
     * @param alone whether it can be proven without these
     */
    private record World(double effect, double needs, boolean witnessed, boolean alone) {
        Rates rates() throws Exception {
            int proven = 0;
            int suspected = 0;
            for (int run = 0; run < RUNS; run++) {
                List<ShortcutTrial> trials = new ArrayList<>();
                for (int candidate = 0; candidate < CANDIDATES; candidate++) {
                    World world = candidate == 0 ? this : new World(0, 0, true, true);
                    trials.add(world.trial(100L * run + candidate));
                }
                Optional<Grade> grade =
                        ShortcutTrial.judged(trials, CANDIDATES).get(0).grade();
                proven += grade.equals(Optional.of(Grade.PROVEN)) ? 1 : 0;
                suspected += grade.equals(Optional.of(Grade.SUSPECTED)) ? 1 : 0;
            }
            return new Rates((double) proven / RUNS, (double) suspected / RUNS);
        }

        private ShortcutTrial trial(long seed) throws Exception {
            SplittableRandom random = new SplittableRandom(seed);
            double[] donors = IntStream.range(0, DONORS)
                    .mapToDouble(d -> 1 + 0.1 * random.nextGaussian())
                    .toArray();
            int[] next = {0};
            Trial.Maker attracts = object -> {
                int donor = next[0]++ % DONORS;
                boolean moved = random.nextDouble() < KEPT * effect * donors[donor];
                return contrast(
                        object,
                        moved || chance(random, BY_CHANCE),
                        chance(random, BY_CHANCE),
                        "donor " + donor,
                        next[0]);
            };
            Trial.Maker needed = object -> {
                boolean called = !chance(random, 0.05);
                boolean without = called && !chance(random, needs);
                return contrast(object, called, without, "own " + next[0], next[0]++);
            };
            Map<Question, List<SegmentedImage>> objects = new EnumMap<>(Question.class);
            objects.put(Question.ATTRACTS, images(OTHERS, 1));
            objects.put(Question.NEEDS, images(OWN, 0));
            Optional<NaturalWitness> natural = witnessed ? natural(random) : Optional.empty();
            objects.put(
                    Question.REPAIRS,
                    images(natural.map(NaturalWitness::carriersCalled).orElse(0), 1));
            Trial.Maker repaired =
                    object -> contrast(object, true, !chance(random, REPAIRED), "repaired " + next[0], next[0]++);
            Simulated candidate = new Simulated(attracts, needed, repaired, alone);
            return new ShortcutTrials(new Answers(), new Randomness(seed), Progress.SILENT)
                    .of(candidate, objects, natural);
        }

        private Optional<NaturalWitness> natural(SplittableRandom random) {
            List<NaturalImages.Natural> images = new ArrayList<>();
            for (int i = 0; i < CARRIERS + FREE; i++) {
                boolean carries = i < CARRIERS;
                boolean called = chance(random, BY_CHANCE) || carries && chance(random, effect);
                images.add(new NaturalImages.Natural(1, called ? 0 : 1, carries));
            }
            return NaturalImages.witness(images, 0);
        }

        private static boolean chance(SplittableRandom random, double p) {
            return random.nextDouble() < p;
        }

        private static Contrast contrast(
                SegmentedImage object, boolean with, boolean without, String donor, int number) {
            return new Contrast(
                    object,
                    new Called("with " + number, with ? 0 : 1),
                    new Called("without " + number, without ? 0 : 1),
                    donor,
                    donor.startsWith("donor") ? "control " + number % 31 : donor);
        }

        private static List<SegmentedImage> images(int n, int label) {
            List<SegmentedImage> images = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                Dataset.Item item =
                        new Dataset.Item(label + "/" + i, Split.TEST, label, label + "/" + i, Optional.empty());
                images.add(new SegmentedImage(item, new RgbImage(1, 1, new byte[3]), new Mask(1, 1, new boolean[1])));
            }
            return images;
        }
    }

    @Test
    void largeEffectsAreProvenAndSmallOnesAreNot() throws Exception {
        double[] proven = new double[5];
        double[] either = new double[5];
        int[] points = {1, 5, 10, 15, 20};
        for (int i = 0; i < points.length; i++) {
            Rates rates = new World(points[i] / 100.0, points[i] / 100.0, true, true).rates();
            proven[i] = rates.proven;
            either[i] = rates.either();
            say("%d points: proven %.3f, suspected %.3f", points[i], rates.proven, rates.suspected);
        }
        assertTrue(proven[0] <= 0.01, "at 1 point");
        assertTrue(proven[1] <= 0.05, "at 5 points");
        assertTrue(either[2] >= 0.9, "at 10 points suspected at least");
        assertTrue(proven[3] >= 0.7, "at 15 points");
        assertTrue(proven[4] >= 0.9, "at 20 points");
    }

    @Test
    void whatNeedsImagesAsTheyAreCostsProofsAndNoSuspicion() throws Exception {
        for (int points : new int[] {15, 20, 30}) {
            Rates alone = new World(points / 100.0, points / 100.0, true, true).rates();
            Rates natural = new World(points / 100.0, points / 100.0, true, false).rates();
            Rates tied = new World(points / 100.0, points / 100.0, false, false).rates();
            say(
                    "%d points: proven %.3f; where images as they are must say so, too: %.3f; without any such images: %.3f",
                    points, alone.proven, natural.proven, tied.proven);
            assertTrue(natural.either() >= alone.either() - 0.02);
            assertTrue(tied.proven == 0 && tied.suspected >= 0.95, "without images of others suspected only");
        }
        assertTrue(new World(0.3, 0.3, true, false).rates().proven >= 0.98);
    }

    @Test
    void aClassThatIsMissedElsewhereButDrawsNothingIsNoSuspect() throws Exception {
        for (double needs : new double[] {0.2, 0.5, 0.9}) {
            Rates rates = new World(0, needs, true, true).rates();
            say("draws nothing, loses %.0f %% of its own: suspected %.3f", 100 * needs, rates.suspected);
            assertTrue(rates.proven <= 0.01);
            assertTrue(rates.suspected <= 0.35, "where one of the first forty images moves by chance");
        }
        for (int points : new int[] {8, 17}) {
            Rates rates = new World(points / 100.0, 0.5, false, true).rates();
            say("%d points, loses half of its own, no other witness: found %.3f", points, rates.either());
            assertTrue(rates.either() >= (points == 8 ? 0.85 : 0.99));
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** A candidate whose contrasts are made by formulas. */
    private record Simulated(Trial.Maker attracts, Trial.Maker needs, Trial.Maker repairs, boolean provesAlone)
            implements Candidate {
        @Override
        public int label() {
            return 0;
        }

        @Override
        public Reason reason() {
            return Reason.PATCH;
        }

        @Override
        public String detail() {
            return "a formula";
        }

        @Override
        public Prevalence prevalence() {
            return new Prevalence(1, 0.5, 0, 0, 0);
        }

        @Override
        public int donors() {
            return DONORS;
        }

        @Override
        public int controls() {
            return 30;
        }

        @Override
        public boolean donorsOfOthers() {
            return true;
        }

        @Override
        public boolean triable() {
            return true;
        }

        @Override
        public boolean sufficient() {
            return true;
        }

        @Override
        public boolean carries(SegmentedImage image) {
            return false;
        }

        @Override
        public double strength(SegmentedImage image) {
            return 0;
        }

        @Override
        public boolean fits(Question question, SegmentedImage image) {
            return true;
        }

        @Override
        public Trial.Maker contrasts(Question question, Randomness randomness) {
            return switch (question) {
                case ATTRACTS -> attracts;
                case NEEDS -> needs;
                case REPAIRS, RESCUES -> repairs;
            };
        }

        @Override
        public Optional<Editor> editor(Edit edit, Donors donors, Randomness randomness) {
            return Optional.empty();
        }
    }

    /** An image that is called a class. */
    private record Called(String key, int label) implements Composite {
        @Override
        public RgbImage image() {
            return new RgbImage(1, 1, new byte[3]);
        }
    }

    private static final class Answers implements Scores {
        @Override
        public float[][] of(List<? extends Composite> composites, String what, Progress progress) {
            return composites.stream()
                    .map(composite -> ((Called) composite).label == 0 ? new float[] {1, 0} : new float[] {0, 1})
                    .toArray(float[][]::new);
        }

        @Override
        public float[][] probabilities(float[][] rows) {
            return rows;
        }

        @Override
        public void close() {}
    }
}
