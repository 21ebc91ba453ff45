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
import org.gazecheck.results.ExchangedFile;
import org.gazecheck.results.ExchangedPicture;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeEvidenceTest {
    private static final List<String> CLASSES = List.of("rose", "mallow");
    private static final int SIZE = 40;
    private static final byte GREY = 120;

    @TempDir
    private Path folder;

    @Test
    void objectsMostTakenForTheClassComeFirstAndEachOnce() {
        List<Exchange.Pair> pairs = List.of(
                pair(0, 0.3f, 0.1f),
                pair(1, 0.99f, 0.1f),
                pair(1, 0.98f, 0.1f),
                pair(2, 0.6f, 0.2f),
                pair(3, 0.9f, 0.7f),
                pair(4, 0.2f, 0.1f));
        List<ExchangeEvidence.Picture> shown =
                ExchangeEvidence.of(pairs, CLASSES, 1, ExchangedPicture.Exchange.PUT_BEHIND);
        assertEquals(
                List.of("object1.png", "object3.png", "object2.png", "object0.png"),
                shown.stream().map(p -> p.line().object()).toList());
        ExchangedPicture first = shown.get(0).line();
        assertEquals("mallow", first.subject());
        assertEquals("mallow", first.predicted());
        assertEquals(0.99f, first.pPredicted());
        assertEquals("tied1.png", first.background());
        assertEquals("rose", first.otherwise(), "in front of another background");
        assertEquals(0.9f, first.pOtherwise(), 1e-6);
        assertEquals("rose", shown.get(3).line().predicted(), "not taken for it, and shown as that");
        assertEquals(0.3f, shown.get(3).line().pSubject());
    }

    @Test
    void itsOwnObjectsThatAreLostComeFirst() {
        List<ExchangeEvidence.Picture> shown = ExchangeEvidence.of(
                List.of(pair(0, 0.9f, 0.8f), pair(1, 0.9f, 0.02f), pair(2, 0.9f, 0.4f)),
                CLASSES,
                1,
                ExchangedPicture.Exchange.TAKEN_AWAY);
        assertEquals(
                List.of("object1.png", "object2.png", "object0.png"),
                shown.stream().map(p -> p.line().object()).toList());
        assertEquals("other1.png", shown.get(0).line().background());
        assertEquals("mallow", shown.get(0).line().otherwise());
        assertEquals("rose", shown.get(0).line().predicted());
    }

    @Test
    void whatIsWrittenIsThePictureThatTheNetworkSawAndReplacesEarlierOnes() throws IOException {
        RunFolder run = new RunFolder(folder);
        List<ExchangeEvidence.Picture> pictures = new ArrayList<>();
        pictures.addAll(
                ExchangeEvidence.of(List.of(pair(0, 0.9f, 0.1f)), CLASSES, 1, ExchangedPicture.Exchange.PUT_BEHIND));
        pictures.addAll(
                ExchangeEvidence.of(List.of(pair(1, 0.9f, 0.1f)), CLASSES, 1, ExchangedPicture.Exchange.TAKEN_AWAY));
        Files.createDirectories(run.exchangedPictures());
        Files.writeString(run.exchangedPictures().resolve("99.jpg"), "of an earlier audit");
        new ExchangeEvidence(pictures).write(run);
        List<ExchangedPicture> lines = ExchangedFile.read(run.exchanged());
        assertEquals(
                List.of(ExchangedPicture.Exchange.PUT_BEHIND, ExchangedPicture.Exchange.TAKEN_AWAY),
                lines.stream().map(ExchangedPicture::exchange).toList());
        assertFalse(Files.exists(run.exchangedPictures().resolve("99.jpg")));
        RgbImage read = new ImageDecoder(10_000)
                .decode(run.exchangedPictures().resolve(lines.get(0).picture()));
        RgbImage made = pictures.get(0).composition().image();
        for (int i = 0; i < read.rgb().length; i++) {
            assertEquals(made.rgb()[i] & 0xff, read.rgb()[i] & 0xff, 40, "value " + i);
        }
        RgbImage control = new ImageDecoder(10_000)
                .decode(run.exchangedPictures().resolve(lines.get(0).otherPicture()));
        RgbImage beside = pictures.get(0).control().image();
        for (int i = 0; i < control.rgb().length; i++) {
            assertEquals(beside.rgb()[i] & 0xff, control.rgb()[i] & 0xff, 40, "value " + i + " of the control");
        }
        assertEquals("other0.png", lines.get(0).otherBackground());
        assertEquals("tied1.png", lines.get(1).otherBackground());
        ExchangeEvidence.NONE.write(run);
        assertFalse(Files.exists(run.exchanged()) || Files.exists(run.exchangedPictures()));
    }

    /** The same object before two backgrounds, with the probabilities of mallow. */
    private static Exchange.Pair pair(int object, float tied, float other) {
        return new Exchange.Pair(answered(object, "tied" + object, tied), answered(object, "other" + object, other));
    }

    private static Exchange.Answered answered(int object, String background, float p) {
        return new Exchange.Answered(
                new Composition.Pasted(cutout("object" + object + ".png", 0), cutout(background + ".png", 1)),
                p > 0.5 ? 1 : 0,
                new float[] {1 - p, p});
    }

    private static Cutout cutout(String path, int label) {
        boolean[] foreground = new boolean[SIZE * SIZE];
        byte[] rgb = new byte[3 * SIZE * SIZE];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = i % SIZE >= 10 && i % SIZE < 30 && i / SIZE >= 10 && i / SIZE < 30;
            rgb[3 * i + label] = foreground[i] ? GREY : (byte) (GREY / 2);
        }
        Dataset.Item item = new Dataset.Item(path, Split.TEST, label, "sha", Optional.empty());
        assertTrue(new Cutout(item, new RgbImage(SIZE, SIZE, rgb), new Mask(SIZE, SIZE, foreground)).divisible());
        return new Cutout(item, new RgbImage(SIZE, SIZE, rgb), new Mask(SIZE, SIZE, foreground));
    }
}
