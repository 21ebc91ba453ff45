package org.gazecheck.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.gazecheck.DrawnRun;
import org.gazecheck.DrawnRun.Image;
import org.gazecheck.compare.Measurement.Direction;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Npy;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.McNemar;
import org.gazecheck.stats.RankSum;
import org.gazecheck.stats.SignedRank;
import org.gazecheck.stats.TwoProportions;
import org.gazecheck.stats.TwoSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {
    @TempDir
    private Path work;

    private int runs;

    private static DrawnRun known() {
        return new DrawnRun().draw(Split.TEST, "test", 300, 1).draw(Split.VAL, "val", 100, 2);
    }

    private static DrawnRun withNew(int n, UnaryOperator<Image> change) {
        DrawnRun run = known();
        int before = run.images.size();
        run.draw(Split.TEST, "new", n, 77);
        run.images.subList(before, run.images.size()).replaceAll(change);
        return run;
    }

    private RunComparison compare(DrawnRun before, DrawnRun now) throws IOException {
        Path first = before.write(work.resolve("run" + runs++));
        Path second = now.write(work.resolve("run" + runs++));
        return RunComparison.of(RunResults.read(first), RunResults.read(second), 1);
    }

    private static Measured measured(RunComparison c, String name) {
        return (Measured) c.find(MetricId.parse(name)).orElseThrow();
    }

    private static String because(RunComparison c, String name) {
        return ((NotApplicable) c.find(MetricId.parse(name)).orElseThrow()).because();
    }

    @Test
    void aRunBesideItselfDiffersInNothing() throws IOException {
        RunComparison c = compare(known(), known());
        assertTrue(c.sameModel());
        assertEquals(400, c.paired().images());
        assertEquals(1, measured(c, "test.top1").p());
        assertEquals(Direction.SAME, measured(c, "test.top1").direction());
        assertEquals("there are no new images", because(c, "new.top1"));
        assertEquals("there are no new images", because(c, "new.drift.feature_distribution"));
        assertTrue(c.measurements().noneMatch(m -> m instanceof Measured measured && measured.differs(0.05)));
        assertTrue(ComparisonText.lines(c).contains("  the same images with the same labels"));
        assertEquals("On test and val no proven difference; 0 newly wrong, 0 newly right.", ComparisonSentence.of(c));
    }

    @Test
    void theSentenceSaysWhatIsWorseBeforeWhatIsNot() throws IOException {
        DrawnRun worse = known();
        worse.model = Hashes.sha256("retrained");
        int spoilt = 0;
        for (int i = 0; i < 300 && spoilt < 30; i++) {
            Image image = worse.images.get(i);
            if (image.label().equals("rose") && image.predicted().equals("rose")) {
                worse.images.set(i, image.withPredicted("daisy"));
                spoilt++;
            }
        }
        assertEquals(
                "Worse on test: -10.0 points; on val no proven difference; 30 newly wrong, 0 newly right.",
                ComparisonSentence.of(compare(known(), worse)));
    }

    @Test
    void anotherModelIsComparedImageByImage() throws IOException {
        DrawnRun worse = known();
        worse.model = Hashes.sha256("retrained");
        int spoilt = 0;
        for (int i = 0; i < 300; i++) {
            Image image = worse.images.get(i);
            if (image.label().equals("rose") && image.predicted().equals("rose") && spoilt < 20) {
                worse.images.set(i, image.withPredicted("daisy").withInside(image.inside() / 2));
                spoilt++;
            } else if (image.label().equals("tulip") && !image.predicted().equals("tulip")) {
                worse.images.set(i, image.withPredicted("tulip"));
            }
        }
        RunComparison c = compare(known(), worse);
        assertFalse(c.sameModel());
        assertEquals(20, c.paired().newlyWrong().size());
        int won = c.paired().newlyRight().size();
        assertTrue(won > 0 && won < 20, won + " newly right");
        Measured top1 = measured(c, "test.top1");
        assertEquals(new McNemar(20, won, 300).p(), top1.p());
        assertEquals((won - 20) / 300.0, top1.effect().size(), 1e-12);
        assertEquals(Direction.WORSE, top1.direction());
        assertEquals(
                "On test and val no proven difference; 20 newly wrong, " + won + " newly right.",
                ComparisonSentence.of(c));
        assertEquals(ComparisonSentence.of(c), ComparisonText.lines(c).get(0));
        assertEquals("rose", c.paired().newlyWrong().get(0).label());
        assertEquals("daisy", c.paired().newlyWrong().get(0).now());

        double[] lifts = new double[20];
        for (int i = 0, k = 0; i < 300; i++) {
            double shift = worse.images.get(i).inside() - known().images.get(i).inside();
            if (shift != 0) {
                lifts[k++] = shift / 0.25;
            }
        }
        Measured lift = measured(c, "test.localisation.mass_lift");
        assertEquals(SignedRank.of(lifts).p(), lift.p(), 1e-12);
        assertTrue(lift.differs(0.01) && lift.direction() == Direction.WORSE);
        assertFalse(measured(c, "val.top1").differs(0.05), "val is as before");

        List<Measured> classes = c.paired().classes().measured().stream()
                .filter(m -> m.differs(0.05))
                .toList();
        assertEquals(
                List.of("rose", "tulip"),
                classes.stream().map(m -> m.id().ofClass().orElseThrow()).toList());
        assertEquals(
                List.of(Direction.WORSE, Direction.BETTER),
                classes.stream().map(Measured::direction).toList());
        assertTrue(c.paired().classes().measurements().stream()
                .anyMatch(m -> m instanceof NotApplicable none
                        && none.because().contains("cannot be distinguished from chance")));
    }

    @Test
    void newImagesLikeTheOldOnesAreQuiet() throws IOException {
        RunComparison c = compare(known(), withNew(60, image -> image));
        assertEquals(60, c.newImages().images());
        assertEquals(Split.TEST, c.newImages().split().orElseThrow());
        assertEquals(14, c.newImages().overall().measured().size());
        assertEquals(14, c.newImages().overall().measurements().size(), "nothing is left out");
        assertTrue(c.measurements().noneMatch(m -> m instanceof Measured measured && measured.differs(0.01)));
        assertEquals(60, c.composition().added().size());
    }

    @Test
    void whatCameInBetweenIsNotNew() throws IOException {
        DrawnRun later = withNew(60, image -> image);
        Set<String> seen =
                later.images.subList(400, 450).stream().map(Image::sha256).collect(Collectors.toSet());
        RunResults before = RunResults.read(known().write(work.resolve("before")));
        RunResults now = RunResults.read(later.write(work.resolve("now")));
        RunComparison c = RunComparison.of(before, now, seen, 1);
        assertEquals(10, c.newImages().images());
        assertEquals(10, measured(c, "new.drift.brightness").images());
    }

    @Test
    void aDarkenedCameraIsSeenWithoutLabels() throws IOException {
        RunComparison c =
                compare(known(), withNew(40, image -> image.darkened(0.4).withLabel("")));
        assertEquals(0, c.newImages().labelled());
        for (String name : List.of(
                "new.drift.brightness",
                "new.drift.contrast",
                "new.drift.feature_distribution",
                "new.drift.outlier_distance")) {
            assertTrue(measured(c, name).differs(0.01), name);
        }
        assertEquals(Direction.LOWER, measured(c, "new.drift.brightness").direction());
        assertEquals(
                Direction.OTHER, measured(c, "new.drift.feature_distribution").direction());
        assertFalse(measured(c, "new.drift.aspect").differs(0.05));
        assertEquals("there are no labels", because(c, "new.top1"));
        assertEquals("there are no labels", because(c, "new.drift.contradicted_labels"));
        assertEquals("there are no labels", because(c, "new.drift.label_distribution"));

        double[] dark = new double[40];
        double[] usual = new double[300];
        DrawnRun run = withNew(40, image -> image.darkened(0.4));
        for (int i = 0; i < 300; i++) {
            usual[i] = run.images.get(i).brightness();
        }
        for (int i = 0; i < 40; i++) {
            dark[i] = run.images.get(400 + i).brightness();
        }
        Measured brightness = measured(c, "new.drift.brightness");
        assertEquals(RankSum.p(new TwoSamples(dark, usual)), brightness.p(), 1e-12);
        assertEquals(new TwoSamples(dark, usual).meanOfA(), brightness.value(), 1e-12);
        assertTrue(brightness.effect().interval().high() < -0.5);
    }

    @Test
    void mislabelledImagesAreSeen() throws IOException {
        RunComparison c = compare(
                known(), withNew(40, image -> image.withLabel("rose".equals(image.predicted()) ? "daisy" : "rose")
                        .withSuspicion()));
        Measured top1 = measured(c, "new.top1");
        assertEquals(Direction.WORSE, top1.direction());
        assertTrue(top1.differs(0.001));
        long right = known().images.subList(0, 300).stream()
                .filter(i -> i.label().equals(i.predicted()))
                .count();
        assertEquals(new TwoProportions(0, 40, (int) right, 300).p(), top1.p(), 1e-12);
        assertTrue(measured(c, "new.drift.contradicted_labels").differs(0.001));
        assertTrue(measured(c, "new.drift.label_distribution").differs(0.01), "roses only");
        assertEquals("rose", c.composition().unusual().get(0).label());
        assertEquals(
                List.of(),
                compare(known(), withNew(40, image -> image)).composition().unusual());
    }

    @Test
    void newImagesUnderAnotherModelSayNothingOfThemselvesButTheirPixels() throws IOException {
        DrawnRun other = withNew(40, image -> image.darkened(0.4));
        other.model = Hashes.sha256("other");
        RunComparison c = compare(known(), other);
        assertTrue(because(c, "new.confidence").startsWith("the runs have different models"));
        assertTrue(because(c, "new.drift.feature_distribution").startsWith("the runs have different models"));
        assertTrue(measured(c, "new.drift.brightness").differs(0.01));
    }

    @Test
    void fewNewImagesAndAbsentMasksAreTold() throws IOException {
        DrawnRun before = known();
        DrawnRun now = withNew(3, image -> image);
        before.masks = false;
        now.masks = false;
        RunComparison c = compare(before, now);
        assertEquals(
                "there are 3 new images with a label and 300 to compare with, and fewer than 5 are not compared",
                because(c, "new.top1"));
        assertEquals("no image has a mask that marks its object", because(c, "test.localisation.mass_lift"));
        assertTrue(c.find(MetricId.parse("test.localisation.border_mass")).orElseThrow() instanceof Measured);
    }

    @Test
    void whatTheAuditDidNotWriteIsNotCompared() throws IOException {
        Path first = known().write(work.resolve("first"));
        Path second = withNew(30, image -> image).write(work.resolve("second"));
        Files.delete(new RunFolder(second).features());
        Files.delete(new RunFolder(second).properties());
        RunComparison c = RunComparison.of(RunResults.read(first), RunResults.read(second), 1);
        assertEquals("a run kept no features (features.npy)", because(c, "new.drift.feature_distribution"));
        assertEquals("the audit measured no images", because(c, "new.drift.brightness"));
    }

    @Test
    void whatCameAndWentIsListed() throws IOException {
        Path first = known().write(work.resolve("first"));
        DrawnRun changed = known();
        Image relabelled = changed.images
                .get(5)
                .withLabel("tulip".equals(changed.images.get(5).label()) ? "rose" : "tulip");
        changed.images.set(5, relabelled);
        Path second = changed.write(work.resolve("second"));
        RunFolder folder = new RunFolder(second);
        List<DatasetRow> rows = new ArrayList<>(DatasetFile.read(folder.dataset()));
        rows.set(0, new DatasetRow(rows.get(0).path(), Split.TEST, "rose", 0, 0, "", "missing"));
        rows.set(1, new DatasetRow(rows.get(1).path(), Split.TEST, rows.get(1).label(), 8, 8, "ee".repeat(32), ""));
        String gone = rows.remove(2).path();
        DrawnRun.replaceDataset(folder, rows);

        Composition composition = RunComparison.of(RunResults.read(first), RunResults.read(second), 1)
                .composition();
        assertEquals(List.of(gone), composition.vanished());
        assertEquals(List.of(rows.get(1).path()), composition.changed());
        assertEquals(List.of(rows.get(1).path()), composition.added());
        assertEquals(List.of(new Composition.LeftOut(rows.get(0).path(), "missing")), composition.lost());
        assertEquals(relabelled.path(), composition.relabelled().get(0).path());
    }

    @Test
    void findingsAreMatchedByKindAndSubject() throws IOException {
        DrawnRun before = known();
        DrawnRun now = known();
        before.findings.add(
                new Finding(FindingKind.SCENE_CORRELATION, "rose", DrawnRun.statement(Finding.Severity.LOW)));
        before.findings.add(
                new Finding(FindingKind.SCENE_CORRELATION, "daisy", DrawnRun.statement(Finding.Severity.LOW)));
        now.findings.add(new Finding(FindingKind.SCENE_CORRELATION, "rose", DrawnRun.statement(Finding.Severity.HIGH)));
        now.findings.add(
                new Finding(FindingKind.LOCALISATION_OF_CLASS, "rose", DrawnRun.statement(Finding.Severity.HIGH)));
        FindingsChange change = compare(before, now).findings().orElseThrow();
        assertEquals(
                List.of("localisation-of-class:rose"),
                change.appeared().stream().map(Finding::id).toList());
        assertEquals(
                List.of("scene-correlation:daisy"),
                change.gone().stream().map(Finding::id).toList());
        assertEquals(1, change.persisting().size());
        assertTrue(change.persisting().get(0).graver());
    }

    @Test
    void theSameRunsGiveTheSameText() throws IOException {
        Path first = known().write(work.resolve("first"));
        Path second = withNew(30, image -> image).write(work.resolve("second"));
        String once = ComparisonJson.of(RunComparison.of(RunResults.read(first), RunResults.read(second), 1));
        String twice = ComparisonJson.of(RunComparison.of(RunResults.read(first), RunResults.read(second), 1));
        assertEquals(once, twice);
    }

    @Test
    void runsOfOtherClassesAreRefused() {
        DrawnRun other = known();
        other.classes = List.of("daisy", "rose", "tulip", "orchid");
        IncomparableException e = assertThrows(IncomparableException.class, () -> compare(known(), other));
        assertTrue(
                e.getMessage()
                        .contains("do not have the same classes; only the first has '=1+1'; only the second has"
                                + " 'orchid'"),
                e.getMessage());
    }

    @Test
    void oneRowOfFeaturesTooFewIsTold() throws IOException {
        Path first = known().write(work.resolve("first"));
        Path second = withNew(30, image -> image).write(work.resolve("second"));
        Npy.write(new RunFolder(second).features(), new float[8], 2, 4);
        IncomparableException e = assertThrows(
                IncomparableException.class,
                () -> RunComparison.of(RunResults.read(first), RunResults.read(second), 1));
        assertTrue(e.getMessage().contains("has 2 rows"), e.getMessage());
    }

    /** 100 quiet nights with 30 new images each: at 5 % for all tests together about five may speak. */
    @Test
    void quietNightsStayQuiet() throws IOException {
        RunResults reference = RunResults.read(known().write(work.resolve("reference")));
        int nights = 0;
        for (int night = 0; night < 100; night++) {
            DrawnRun run = known().draw(Split.TEST, "night" + night, 30, 1000 + night);
            RunComparison c = RunComparison.of(reference, RunResults.read(run.write(work.resolve("night"))), night);
            nights += c.newImages().overall().measured().stream().anyMatch(m -> m.differs(0.05)) ? 1 : 0;
        }
        assertTrue(nights <= 12, nights + " of 100 nights; more than 12 are less likely than one in a thousand");
    }
}
