package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

/** A red and a green corner that may go together; the network's formula says which of them it goes by. */
class ExplanationsTest {
    private static final int SIZE = 4;
    private static final int TIED = 1;
    private static final Random RANDOM = new Random(3);

    /** Puts on the channels that are named, bit by bit: 1 red, 2 green. */
    private record Lit(SegmentedImage of, int channels) implements Composite {
        @Override
        public String key() {
            return of.item().sha256() + " lit " + channels;
        }

        @Override
        public RgbImage image() {
            return of.frame();
        }
    }

    /**
     * @param puts channels
     * @param carrying which images carry it
     */
    private record Light(Reason reason, int puts, Predicate<SegmentedImage> carrying) implements MadeCandidate {
        @Override
        public int label() {
            return TIED;
        }

        @Override
        public String detail() {
            return reason.id();
        }

        @Override
        public Prevalence prevalence() {
            return new Prevalence(0.9, 0.2, 0.1, 1e-9, 1e-8);
        }

        @Override
        public boolean triable() {
            return true;
        }

        @Override
        public boolean carries(SegmentedImage image) {
            return carrying.test(image);
        }

        @Override
        public double strength(SegmentedImage image) {
            return 1;
        }

        @Override
        public boolean fits(Question question, SegmentedImage image) {
            return question == Question.ATTRACTS;
        }

        @Override
        public Trial.Maker contrasts(Question question, Randomness randomness) {
            return image -> new Contrast(
                    image,
                    new Lit(image, puts),
                    new Lit(image, 0),
                    image.item().path(),
                    image.item().path());
        }

        @Override
        public Optional<Trial.Maker> under(Candidate other, Randomness randomness) {
            Trial.Maker maker = other.contrasts(Question.ATTRACTS, randomness);
            return Optional.of(image -> {
                Contrast contrast = maker.of(image);
                return contrast.with(lit(contrast.with()), lit(contrast.without()));
            });
        }

        /** A background holds what else there is in it. */
        @Override
        public Optional<Trial.Maker> without(Candidate other, Randomness randomness) {
            int rest = puts & ~((Light) other).puts;
            return reason == Reason.BACKGROUND && rest != puts && rest != 0
                    ? Optional.of(new Light(reason, rest, carrying).contrasts(Question.ATTRACTS, randomness))
                    : Optional.empty();
        }

        /** Beside a patch there is nothing, beside another object the same again. */
        @Override
        public Optional<Trial.Maker> besides(Randomness randomness) {
            return Optional.of(image -> new Contrast(
                    image,
                    new Lit(image, puts),
                    new Lit(image, reason == Reason.OBJECT ? puts : 0),
                    image.item().path(),
                    image.item().path()));
        }

        private Composite lit(Composite composite) {
            Lit of = (Lit) composite;
            return new Lit(of.of(), of.channels | puts);
        }
    }

    /** What a network that goes by channels answers: the tied class where they are lit, for a share of objects each. */
    private record Formula(double red, double green) implements Scores {
        @Override
        public float[][] of(List<? extends Composite> composites, String what, Progress progress) {
            return composites.stream().map(c -> row((Lit) c)).toArray(float[][]::new);
        }

        private float[] row(Lit lit) {
            String name = lit.of.item().path();
            boolean called = (lit.channels & 1) > 0 && DrawnScenes.chance(1, name) < red
                    || (lit.channels & 2) > 0 && DrawnScenes.chance(2, name) < green;
            return called ? new float[] {0, 1} : new float[] {1, 0};
        }

        @Override
        public float[][] probabilities(float[][] rows) {
            return Arrays.copyOf(rows, rows.length);
        }

        @Override
        public void close() {}
    }

    private static List<SegmentedImage> images() {
        List<SegmentedImage> images = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            byte[] rgb = new byte[3 * SIZE * SIZE];
            RANDOM.nextBytes(rgb);
            String path = String.format("rose/%03d.png", i);
            images.add(new SegmentedImage(
                    new Dataset.Item(path, Split.TEST, 0, Hashes.sha256(rgb), Optional.empty()),
                    new RgbImage(SIZE, SIZE, rgb),
                    Mask.unknown(SIZE, SIZE)));
        }
        return images;
    }

    private static Map<ShortcutTrial.Judged, Candidate> explained(Formula formula, List<ShortcutTrial.Judged> judged)
            throws IOException {
        return new Explanations(images(), ExplanationsTest::called, formula, new Randomness(1), Progress.SILENT)
                .of(judged);
    }

    /** As they are: half of those that stand by water are called the tied class. */
    private static int called(SegmentedImage image) {
        return byWater(image) && number(image) % 2 == 0 ? TIED : 0;
    }

    private static boolean byWater(SegmentedImage image) {
        return number(image) < 30;
    }

    private static int number(SegmentedImage image) {
        return Integer.parseInt(image.item().path().substring("rose/".length(), "rose/000".length()));
    }

    private static ShortcutTrial.Judged judged(Formula formula, Candidate candidate) throws IOException {
        return judged(formula, candidate, Optional.empty());
    }

    private static ShortcutTrial.Judged judged(
            Formula formula, Candidate candidate, Optional<Interventions.NaturalWitness> natural) throws IOException {
        Trial trial = new Trial(formula, Progress.SILENT);
        Optional<Trial.Outcome> attracts =
                trial.of(Question.ATTRACTS, images(), TIED, candidate.contrasts(Question.ATTRACTS, new Randomness(1)));
        return new ShortcutTrial(candidate, attracts, Optional.empty(), Optional.empty(), Optional.empty(), natural)
                .judged(
                        attracts.orElseThrow().effect().p(),
                        natural.map(Interventions.NaturalWitness::p).orElse(1.0));
    }

    private static Interventions.NaturalWitness asTheyAre(Candidate candidate) {
        return NaturalImages.witness(
                        images().stream()
                                .map(image -> new NaturalImages.Natural(0, called(image), candidate.carries(image)))
                                .toList(),
                        TIED)
                .orElseThrow();
    }

    @Test
    void whatHasNoEffectWithoutTheOtherThatItHoldsIsExplainedByIt() throws IOException {
        Formula byRed = new Formula(0.5, 0);
        ShortcutTrial.Judged red = judged(byRed, new Light(Reason.PATCH, 1, image -> true));
        ShortcutTrial.Judged both = judged(byRed, new Light(Reason.BACKGROUND, 3, image -> true));
        assertTrue(both.attracting());
        for (List<ShortcutTrial.Judged> judged : List.of(List.of(both, red), List.of(red, both))) {
            Map<ShortcutTrial.Judged, Candidate> explained = explained(byRed, judged);
            assertEquals(List.of(both), List.copyOf(explained.keySet()), "stamped backgrounds do it by their stamp");
            assertEquals(red.trial().candidate(), explained.get(both));
        }
    }

    @Test
    void whatDrawsNoMoreThanWhatIsBesideItIsAPieceOfTheBackground() throws IOException {
        Formula byRed = new Formula(0.5, 0);
        ShortcutTrial.Judged piece = judged(byRed, new Light(Reason.OBJECT, 1, image -> true));
        ShortcutTrial.Judged wall = judged(byRed, new Light(Reason.BACKGROUND, 3, image -> true));
        for (List<ShortcutTrial.Judged> judged : List.of(List.of(wall, piece), List.of(piece, wall))) {
            Map<ShortcutTrial.Judged, Candidate> explained = explained(byRed, judged);
            assertEquals(List.of(piece), List.copyOf(explained.keySet()));
            assertEquals(wall.trial().candidate(), explained.get(piece));
        }
    }

    @Test
    void aSceneThatIsNothingWithoutOnePartIsThatPart() throws IOException {
        Formula byGreen = new Formula(0, 0.5);
        ShortcutTrial.Judged scene = judged(byGreen, new Light(Reason.BACKGROUND, 3, image -> true));
        ShortcutTrial.Judged part = judged(byGreen, new Light(Reason.COLOUR, 2, image -> true));
        Map<ShortcutTrial.Judged, Candidate> explained = explained(byGreen, List.of(scene, part));
        assertEquals(List.of(scene), List.copyOf(explained.keySet()), "without green nothing is left of it");
    }

    @Test
    void twoThatEachAddSomethingBothStand() throws IOException {
        Formula byEither = new Formula(0.4, 0.4);
        List<ShortcutTrial.Judged> judged = List.of(
                judged(byEither, new Light(Reason.BLUR, 1, image -> true)),
                judged(byEither, new Light(Reason.PATCH, 2, image -> true)));
        assertEquals(Map.of(), explained(byEither, judged));
    }

    @Test
    void whatHardlyAnyImageCarriesWithoutTheOtherIsAnAspectOfIt() throws IOException {
        Formula byEither = new Formula(0.4, 0.4);
        ShortcutTrial.Judged colour = judged(
                byEither,
                new Light(Reason.COLOUR, 1, image -> image.item().path().compareTo("rose/030.png") < 0));
        ShortcutTrial.Judged water = judged(byEither, new Light(Reason.BACKGROUND, 2, image -> true));
        Map<ShortcutTrial.Judged, Candidate> explained = explained(byEither, List.of(colour, water));
        assertEquals(
                List.of("background"),
                explained.values().stream().map(Candidate::detail).toList());
        assertTrue(explained.containsKey(colour));
    }

    @Test
    void whatOtherImagesCarryIsNotCompared() throws IOException {
        Formula byRed = new Formula(0.5, 0);
        List<ShortcutTrial.Judged> judged = List.of(
                judged(
                        byRed,
                        new Light(Reason.BLUR, 1, image -> image.item().path().compareTo("rose/060.png") < 0)),
                judged(
                        byRed,
                        new Light(Reason.PATCH, 1, image -> image.item().path().compareTo("rose/060.png") >= 0)));
        assertEquals(Map.of(), explained(byRed, judged));
    }

    @Test
    void whatImagesSayOnlyBecauseSomethingProvenGoesWithItIsExplained() throws IOException {
        Formula byWater = new Formula(0, 0.5);
        Candidate green = new Light(Reason.COLOUR, 1, image -> number(image) < 90);
        Candidate rare =
                new Light(Reason.BLUR, 1, image -> byWater(image) && called(image) == TIED || number(image) > 80);
        Candidate water = new Light(Reason.BACKGROUND, 2, ExplanationsTest::byWater);
        ShortcutTrial.Judged proven = judged(byWater, water, Optional.of(asTheyAre(water)));
        ShortcutTrial.Judged explained = judged(byWater, green, Optional.of(asTheyAre(green)));
        ShortcutTrial.Judged stands = judged(byWater, rare, Optional.of(asTheyAre(rare)));
        assertEquals(Optional.of(Grade.PROVEN), proven.grade());
        assertEquals(Optional.of(Grade.SUSPECTED), explained.grade());
        assertEquals(Optional.of(Grade.SUSPECTED), stands.grade());

        Map<ShortcutTrial.Judged, Candidate> of = explained(byWater, List.of(proven, explained, stands));

        assertEquals(List.of(explained), List.copyOf(of.keySet()), "by water, half are called it, green or not");
    }
}
