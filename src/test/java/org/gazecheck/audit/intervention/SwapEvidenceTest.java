package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.CounterfactualsFile;
import org.gazecheck.results.CroppedMark;
import org.gazecheck.results.CroppedMarksFile;
import org.gazecheck.results.Reason;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapEvidenceTest {
    private static final List<String> CLASSES = List.of("rose", "mallow");
    private static final int SIZE = 40;
    private static final byte GREY = 120;

    @TempDir
    private Path folder;

    @Test
    void objectsThatTurnComeFirstTheSurestBeforeOthersAndEachOnce() {
        List<Trial.Pair> pairs = List.of(
                pair(0, 0.3f, 0.1f),
                pair(1, 0.99f, 0.1f),
                pair(1, 0.98f, 0.1f),
                pair(2, 0.6f, 0.2f),
                pair(3, 0.9f, 0.7f),
                pair(4, 0.2f, 0.1f));
        List<SwapEvidence.Shown> shown = SwapEvidence.of(pairs, CLASSES, 1, Reason.BACKGROUND, Counterfactual.Swap.PUT);
        assertEquals(
                List.of("object1.png", "object2.png", "object3.png", "object0.png"),
                shown.stream().map(p -> p.line().object()).toList());
        Counterfactual first = shown.get(0).line();
        assertEquals("mallow", first.subject());
        assertEquals("mallow", first.predicted());
        assertEquals(0.99f, first.pPredicted());
        assertEquals("tied1.png", first.source());
        assertEquals("rose", first.otherwise(), "in front of another background");
        assertEquals(0.9f, first.pOtherwise(), 1e-6);
        assertEquals("rose", shown.get(3).line().predicted(), "not taken for it, and shown as that");
        assertEquals(0.3f, shown.get(3).line().pSubject());
    }

    @Test
    void itsOwnObjectsThatAreLostComeFirst() {
        List<SwapEvidence.Shown> shown = SwapEvidence.of(
                List.of(pair(0, 0.9f, 0.8f), pair(1, 0.9f, 0.02f), pair(2, 0.9f, 0.4f)),
                CLASSES,
                1,
                Reason.BACKGROUND,
                Counterfactual.Swap.REMOVED);
        assertEquals(
                List.of("object1.png", "object2.png", "object0.png"),
                shown.stream().map(p -> p.line().object()).toList());
        assertEquals("other1.png", shown.get(0).line().source());
        assertEquals("mallow", shown.get(0).line().otherwise());
        assertEquals("rose", shown.get(0).line().predicted());
    }

    @Test
    void whatIsWrittenIsThePictureThatTheNetworkSaw() throws IOException {
        RunFolder run = new RunFolder(folder);
        List<SwapEvidence.Shown> pictures = new ArrayList<>();
        pictures.addAll(
                SwapEvidence.of(List.of(pair(0, 0.9f, 0.1f)), CLASSES, 1, Reason.BACKGROUND, Counterfactual.Swap.PUT));
        pictures.addAll(SwapEvidence.of(
                List.of(pair(1, 0.9f, 0.1f)), CLASSES, 1, Reason.BACKGROUND, Counterfactual.Swap.REMOVED));
        List<Path> files = new SwapEvidence(pictures, List.of()).write(run);
        List<Counterfactual> lines = CounterfactualsFile.read(run.counterfactuals());
        assertEquals(1 + 2 * lines.size(), files.size());
        assertTrue(files.stream().allMatch(Files::isRegularFile), files.toString());
        assertEquals(
                List.of(Counterfactual.Swap.PUT, Counterfactual.Swap.REMOVED),
                lines.stream().map(Counterfactual::swap).toList());
        RgbImage read = new ImageDecoder(10_000)
                .decode(run.counterfactualImages().resolve(lines.get(0).image()));
        RgbImage made = pictures.get(0).composite().image();
        for (int i = 0; i < read.rgb().length; i++) {
            assertEquals(made.rgb()[i] & 0xff, read.rgb()[i] & 0xff, 40, "value " + i);
        }
        RgbImage control = new ImageDecoder(10_000)
                .decode(run.counterfactualImages().resolve(lines.get(0).otherImage()));
        RgbImage beside = pictures.get(0).control().image();
        for (int i = 0; i < control.rgb().length; i++) {
            assertEquals(beside.rgb()[i] & 0xff, control.rgb()[i] & 0xff, 40, "value " + i + " of the control");
        }
        assertEquals("other0.png", lines.get(0).otherSource());
        assertEquals("tied1.png", lines.get(1).otherSource());
        RunFolder other = new RunFolder(folder.resolve("other"));
        assertEquals(List.of(), new SwapEvidence(List.of(), List.of()).write(other));
        assertFalse(Files.exists(other.root()));
    }

    @Test
    void piecesAreWrittenWhereNothingCouldBeTriedToo() throws IOException {
        RunFolder run = new RunFolder(folder);
        Crop crop = new Crop(image("a.png", 1), new Window(20, 0, 10, 8));
        CroppedMark line = new CroppedMark("", "mallow", Reason.OBJECT, "mallow", "a.png");
        List<Path> files = new SwapEvidence(List.of(), List.of(new SwapEvidence.CutOut(crop, line))).write(run);
        Path jpeg = run.counterfactualImages().resolve("crop01.jpg");
        assertEquals(List.of(run.crops(), jpeg), files);
        assertEquals(List.of(line.named("crop01.jpg")), CroppedMarksFile.read(run.crops()));
        RgbImage read = new ImageDecoder(10_000).decode(jpeg);
        assertEquals(20, read.width());
        assertEquals(12, read.height(), "cut at the border");
        for (int i = 0; i < read.rgb().length; i++) {
            assertEquals(crop.pixels().rgb()[i] & 0xff, read.rgb()[i] & 0xff, 40, "value " + i);
        }
    }

    /** The same object before two backgrounds, with the probabilities of mallow. */
    private static Trial.Pair pair(int object, float usual, float other) {
        SegmentedImage image = image("object" + object + ".png", 0);
        SegmentedImage donor = image("tied" + object + ".png", 1);
        SegmentedImage control = image("other" + object + ".png", 1);
        Contrast contrast = new Contrast(
                image,
                new Composite.Pasted(image, donor),
                new Composite.Pasted(image, control),
                donor.item().path(),
                control.item().path());
        return new Trial.Pair(contrast, answered(contrast.with(), usual), answered(contrast.without(), other));
    }

    private static Trial.Answered answered(Composite composite, float p) {
        return new Trial.Answered(composite, p > 0.5 ? 1 : 0, new float[] {1 - p, p});
    }

    private static SegmentedImage image(String path, int label) {
        boolean[] foreground = new boolean[SIZE * SIZE];
        byte[] rgb = new byte[3 * SIZE * SIZE];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = i % SIZE >= 10 && i % SIZE < 30 && i / SIZE >= 10 && i / SIZE < 30;
            rgb[3 * i + label] = foreground[i] ? GREY : (byte) (GREY / 2);
        }
        Dataset.Item item = new Dataset.Item(path, Split.TEST, label, "sha", Optional.empty());
        assertTrue(
                new SegmentedImage(item, new RgbImage(SIZE, SIZE, rgb), new Mask(SIZE, SIZE, foreground)).divisible());
        return new SegmentedImage(item, new RgbImage(SIZE, SIZE, rgb), new Mask(SIZE, SIZE, foreground));
    }
}
