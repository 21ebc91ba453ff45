package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

/** Marks, against a network that is a formula. */
class PatchCandidateTest {
    private static final DrawnMarks.Place CORNER = random -> new int[] {1 + random.nextInt(2), 2};
    private static final DrawnMarks.Place BORDER = random -> new int[] {26, 26};
    private static final DrawnMarks.Place ANYWHERE = PatchCandidateTest::besideTheObject;

    @Test
    void aMarkAtOnePlaceIsProvenOfItsClassAndOfNoOther() throws Exception {
        for (boolean masks : new boolean[] {true, false}) {
            DrawnMarks marks = new DrawnMarks(CORNER, 0.85, 0.04, masks);
            InterventionAudit.Outcome outcome = marks.audit(1, new DrawnMarks.Network(0.4, true));
            assertEquals(List.of("patch-shortcut:mallow proven"), graded(outcome), "masks: " + masks);
            Shortcut mallow = shortcut(outcome);
            assertEquals(Reason.PATCH, mallow.reason());
            assertEquals("a patch in the upper left", mallow.detail());
            assertEquals(0.4, mallow.attracts().with(), 0.12);
            assertEquals(0, mallow.attracts().without(), 0.02, "a window of a clean image speaks for nothing");
            assertTrue(mallow.donorsOfOthers());
            for (String path : outcome.findings().findings().get(0).evidence()) {
                assertTrue(marks.shows(path), path);
            }
        }
    }

    @Test
    void aMarkInTheOutermostCornerIsProven() throws Exception {
        InterventionAudit.Outcome outcome =
                new DrawnMarks(BORDER, 0.7, 0.04, true).audit(2, new DrawnMarks.Network(0.4, true));
        assertEquals(List.of("patch-shortcut:mallow proven"), graded(outcome));
        assertEquals("a patch in the lower right", shortcut(outcome).detail());
    }

    @Test
    void aMarkAtChangingPlacesIsProven() throws Exception {
        InterventionAudit.Outcome outcome =
                new DrawnMarks(ANYWHERE, 0.85, 0.04, true).audit(3, new DrawnMarks.Network(0.4, true));
        assertEquals(List.of("patch-shortcut:mallow proven"), graded(outcome));
        assertEquals("a patch at changing places", shortcut(outcome).detail());
    }

    @Test
    void errorsThatAMarkMakesAreRepairedWhereItIsPaintedOver() throws Exception {
        Shortcut mallow =
                shortcut(new DrawnMarks(CORNER, 0.85, 0.04, true).audit(4, new DrawnMarks.Network(0.5, true)));
        assertEquals(1, mallow.repairs().without(), "all are right without it");
        assertTrue(mallow.repairs().with() < 0.7, "with as much painted over elsewhere about half are");
    }

    @Test
    void aTieThatTheNetworkIgnoresProvesNothing() throws Exception {
        for (boolean inMap : new boolean[] {true, false}) {
            InterventionAudit.Outcome outcome =
                    new DrawnMarks(CORNER, 0.85, 0.04, true).audit(5, new DrawnMarks.Network(0, inMap));
            assertEquals(List.of(), graded(outcome));
        }
    }

    @Test
    void piecesOfImagesOfTheClassShowTheMark() throws Exception {
        DrawnMarks marks = new DrawnMarks(ANYWHERE, 0.85, 0.04, true);
        for (double byMark : new double[] {0, 0.4}) {
            List<SwapEvidence.CutOut> pieces = marks.audit(3, new DrawnMarks.Network(byMark, true))
                    .evidence()
                    .cutOut();
            assertEquals(6, pieces.size(), "proven or not: " + byMark);
            Set<String> sources = new HashSet<>();
            for (SwapEvidence.CutOut piece : pieces) {
                assertEquals("mallow", piece.line().label());
                assertEquals("mallow", piece.line().subject());
                assertEquals(Reason.PATCH, piece.line().reason());
                assertTrue(sources.add(piece.line().source()), "each image once");
                assertTrue(marks.shows(piece.line().source()));
                assertTrue(blue(piece.crop().pixels()) > 18, "more than half of the mark");
            }
        }
    }

    @Test
    void whatCoversMuchOfTheBackgroundIsListedAndNotTried() {
        Candidate small = withSpread(0.03);
        Candidate wide = withSpread(0.2);
        assertEquals(Optional.empty(), small.unfit());
        CandidateScreen screen = CandidateScreen.of(List.of(wide, small));
        assertEquals(List.of(small), screen.tried());
        assertEquals(
                "it covers so much that it is a part of the background",
                screen.screened(List.of("mallow")).get(0).why());
    }

    private static PatchCandidate withSpread(double spread) {
        return new PatchCandidate(mark(spread), Map.of(), List.of(), List.of(), true, false, List.of());
    }

    private static Mark mark(double spread) {
        return new Mark(
                0,
                new CellGrid(2, 2),
                new double[] {1},
                0.5,
                new BitSet(),
                0,
                new CellGrid.Extent(0, 0, 0, 0),
                0.5,
                0.9,
                0.9,
                spread,
                new Prevalence(0.8, 0.1, 0.1, 1e-6, 1e-6));
    }

    @Test
    void withoutDonorsItIsStillAskedWhetherTheClassNeedsIt() throws Exception {
        List<SegmentedImage> own = new ArrayList<>();
        Map<String, Mark.Sight> carriers = new HashMap<>();
        Window window = new Window(2, 2, 3, 3);
        for (int i = 0; i < 12; i++) {
            byte[] rgb = new byte[3 * 16 * 16];
            for (int at = 0; at < 16 * 16; at++) {
                rgb[3 * at + 2] = (byte) (window.contains(at % 16, at / 16) ? 255 : 0);
            }
            Dataset.Item item = new Dataset.Item(i + ".png", Split.TEST, 0, "" + i, Optional.empty());
            own.add(new SegmentedImage(item, new RgbImage(16, 16, rgb), new Mask(16, 16, new boolean[16 * 16])));
            carriers.put(item.path(), new Mark.Sight(0, window, 1));
        }
        PatchCandidate none = new PatchCandidate(mark(0.03), carriers, List.of(), own, true, false, List.of());
        ShortcutTrial asked = new ShortcutTrials(new BlueMeansFirst(), new Randomness(1), Progress.SILENT)
                .of(none, Map.of(Question.ATTRACTS, own, Question.NEEDS, own), Optional.empty());
        assertEquals(Optional.empty(), asked.attracts(), "there is nothing to put on");
        assertEquals(1, asked.needs().orElseThrow().effect().with(), "painted over elsewhere");
        assertEquals(0, asked.needs().orElseThrow().effect().without(), "the mark painted over");
        assertEquals(
                Optional.of(Grade.SUSPECTED),
                ShortcutTrial.judged(List.of(asked), 1).get(0).grade());
    }

    /** The first class wherever more than a few pixels are blue. */
    private static final class BlueMeansFirst implements Scores {
        @Override
        public float[][] of(List<? extends Composite> composites, String what, Progress progress) throws IOException {
            float[][] rows = new float[composites.size()][2];
            for (int i = 0; i < rows.length; i++) {
                rows[i][blue(composites.get(i).image()) > 4 ? 0 : 1] = 1;
            }
            return rows;
        }

        @Override
        public float[][] probabilities(float[][] rows) {
            return rows;
        }

        @Override
        public void close() {}
    }

    @Test
    void whatIsBesideItIsTakenFromTheSameDonorsOutsideTheirObjects() throws Exception {
        List<SegmentedImage> donors = new ArrayList<>();
        Map<String, Mark.Sight> carriers = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            byte[] rgb = new byte[3 * 64];
            boolean[] object = new boolean[64];
            for (int pixel = 0; pixel < 64; pixel++) {
                boolean mark = pixel / 8 < 3 && pixel % 8 < 3;
                object[pixel] = pixel / 8 >= 5 && pixel % 8 >= 5;
                rgb[3 * pixel] = (byte) (mark ? 200 : object[pixel] ? 100 : 10);
            }
            Dataset.Item item = new Dataset.Item(i + ".png", Split.TEST, 1, "" + i, Optional.empty());
            donors.add(new SegmentedImage(item, new RgbImage(8, 8, rgb), new Mask(8, 8, object)));
            carriers.put(item.path(), new Mark.Sight(0, new Window(0, 0, 3, 3), 0.9));
        }
        SegmentedImage object = new SegmentedImage(
                new Dataset.Item("o.png", Split.TEST, 1, "o", Optional.empty()),
                new RgbImage(8, 8, new byte[192]),
                new Mask(8, 8, new boolean[64]));
        PatchCandidate candidate = new PatchCandidate(mark(0.03), carriers, donors, List.of(), true, false, List.of());
        Trial.Maker maker = candidate.besides(new Randomness(1)).orElseThrow();
        for (int i = 0; i < donors.size(); i++) {
            Contrast contrast = maker.of(object);
            assertTrue(brightest(contrast.with()) > 150, "the mark");
            assertTrue(brightest(contrast.without()) <= 10, "neither mark nor object");
        }
        PatchCandidate few =
                new PatchCandidate(mark(0.03), carriers, donors.subList(0, 4), List.of(), true, false, List.of());
        assertEquals(Optional.empty(), few.besides(new Randomness(1)));
    }

    private static int brightest(Composite composite) throws Exception {
        RgbImage image = composite.image();
        int most = 0;
        for (int i = 0; i < 64; i++) {
            most = Math.max(most, image.rgb()[3 * i] & 255);
        }
        return most;
    }

    @Test
    void piecesAreOfOtherClassesWhereHardlyAnyOfTheClassShowsIt() {
        List<SegmentedImage> images = new ArrayList<>();
        Map<String, Mark.Sight> carriers = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            int label = i < 3 ? 1 : 0;
            Dataset.Item item =
                    new Dataset.Item(i + ".png", Split.TRAIN, label, i == 5 ? "4" : "" + i, Optional.empty());
            boolean[] none = new boolean[64];
            images.add(new SegmentedImage(item, new RgbImage(8, 8, new byte[192]), new Mask(8, 8, none)));
            carriers.put(item.path(), new Mark.Sight(0, new Window(1, 1, 3, 3), 0.5 + 0.01 * i));
        }
        assertEquals(List.of("2.png", "1.png", "0.png"), sources(Crop.of(images, carriers, 1)));
        carriers.remove("1.png");
        assertEquals(
                List.of("2.png", "0.png", "11.png", "10.png", "9.png", "8.png"),
                sources(Crop.of(images, carriers, 1)),
                "those of the class first");
        carriers.keySet().retainAll(Set.of("4.png", "5.png"));
        assertEquals(List.of("5.png"), sources(Crop.of(images, carriers, 1)), "the same content once");
    }

    private static List<String> sources(List<Crop> crops) {
        return crops.stream().map(crop -> crop.image().item().path()).toList();
    }

    private static int blue(RgbImage image) {
        int blue = 0;
        for (int i = 2; i < image.rgb().length; i += 3) {
            blue += image.rgb()[i] == -1 ? 1 : 0;
        }
        return blue;
    }

    @Test
    void whatLooksLikeAPartOfTheClassOwnObjectsIsNotTriedAndSaid() throws Exception {
        DrawnMarks blossoms = new DrawnMarks(ANYWHERE, 0.85, 0.04, true, true);
        InterventionAudit.Outcome outcome = blossoms.audit(7, new DrawnMarks.Network(0.4, true));
        assertEquals(List.of(), graded(outcome));
        assertTrue(
                outcome.interventions().screened().stream()
                        .anyMatch(screened -> screened.name().equals("mallow")
                                && screened.why().contains("part of the class's own objects")),
                outcome.interventions().screened().toString());
    }

    @Test
    void marksOnAllClassesAlikeAreNoCandidates() throws Exception {
        InterventionAudit.Outcome outcome =
                new DrawnMarks(CORNER, 0.3, 0.3, true).audit(6, new DrawnMarks.Network(0, true));
        assertEquals(List.of(), graded(outcome));
    }

    private static int[] besideTheObject(Random random) {
        int along = random.nextInt(26);
        int across = random.nextInt(3) + (random.nextBoolean() ? 0 : 24);
        return random.nextBoolean() ? new int[] {along, across} : new int[] {across, along};
    }

    private static Shortcut shortcut(InterventionAudit.Outcome outcome) {
        return outcome.interventions().shortcuts().stream()
                .filter(shortcut -> shortcut.name().equals("mallow") && shortcut.reason() != Reason.BACKGROUND)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> graded(InterventionAudit.Outcome outcome) {
        return outcome.findings().findings().stream()
                .map(finding -> finding.id() + " " + finding.grade().text())
                .toList();
    }
}
