package org.gazecheck.audit.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.GivenMask;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.ImageOpener;
import org.gazecheck.image.Framing;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Mask;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.results.Split;
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptMasksTest {
    /** Resized and cut, so that a mask framed otherwise than its image would show. */
    private static final Preprocessing FRAMED = Preprocessing.torchvision(Normalisation.TORCHVISION);

    @TempDir
    private Path folder;

    @Test
    void aGivenMaskLiesOnItsFramedImage() throws IOException {
        Path image = drawn("a.png", 500, 333);
        Dataset.Item item = item("a.png", Optional.of(image));
        try (KeptMasks masks = open(item, true)) {
            assertTrue(masks.given() && masks.knows(item));
            boolean[] foreground = masks.of(item).orElseThrow().foreground();
            RgbImage seen = Framing.frame(new ImageDecoder(1_000_000).decode(image), FRAMED);
            int ofObject = 0;
            for (int i = 0; i < foreground.length; i++) {
                assertEquals((seen.rgb()[3 * i] & 0xff) >= 128, foreground[i], "pixel " + i);
                ofObject += foreground[i] ? 1 : 0;
            }
            assertEquals(90 * 150 * 256.0 * 256 / (333 * 333), ofObject, 0.02 * foreground.length);
        }
    }

    /** A white rectangle of 90 by 150 pixels off the middle, image and mask at once. */
    private Path drawn(String name, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 90 * 150; i++) {
            image.setRGB(210 + i % 90, 100 + i / 90, 0xffffff);
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void aMaskThatCannotBeReadAnyMoreIsToldAndOneThatNeverWasIsNotKnown() throws IOException {
        Dataset.Item broken = item("a.png", Optional.of(Files.writeString(folder.resolve("a.png"), "no image")));
        Dataset.Item gone = item("b.png", Optional.of(folder.resolve("b.png")));
        Dataset.Item without = item("c.png", Optional.empty());
        Dataset dataset = new Dataset(
                new ImageLoader(ImageOpener.folder(folder), 1_000_000),
                List.of("rose"),
                List.of(broken, gone, without));
        try (KeptMasks masks = KeptMasks.open(
                dataset, FRAMED, new Store(folder.resolve("cache")), configuration("audit.estimateMasks=true"))) {
            assertThrows(IOException.class, () -> masks.of(broken));
            assertThrows(IOException.class, () -> masks.of(gone));
            assertFalse(masks.knows(without));
        }
    }

    @Test
    void estimatesAreReadBackAndNothingIsEstimated() throws IOException {
        Store store = new Store(folder.resolve("cache"));
        Dataset.Item known = item("known.png", Optional.empty());
        Dataset.Item vague = item("vague.png", Optional.empty());
        Dataset.Item unknown = item("unknown.png", Optional.empty());
        try (KeptMasks masks = open(known, true)) {
            assertFalse(masks.given() || masks.estimated() || masks.knows(known));
        }
        assertFalse(Files.exists(folder.resolve("cache")), "a report makes no tables");
        boolean[] foreground = new boolean[224 * 224];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = i % 7 < 3 || i / 224 == 100;
        }
        Mask mask = new Mask(224, 224, foreground);
        EstimatedMaskRow kind = new EstimatedMaskRow(FRAMED, ImageLoader.ofFiles());
        try (Table table = store.open(kind.name(), kind.context(), kind.encoding(), kind.rowLength())) {
            table.append(List.of(known.sha256()), kind.row(Optional.of(mask)));
            table.append(List.of(vague.sha256()), kind.row(Optional.empty()));
        }
        try (KeptMasks masks = open(known, true)) {
            assertTrue(masks.estimated() && masks.knows(known) && masks.knows(vague));
            assertEquals(Optional.of(mask), masks.of(known));
            assertEquals(Optional.empty(), masks.of(vague));
            assertFalse(masks.knows(unknown));
        }
        try (KeptMasks masks = open(known, false)) {
            assertFalse(masks.estimated(), "the audit estimated none");
        }
    }

    private KeptMasks open(Dataset.Item item, boolean estimated) throws IOException {
        Dataset dataset =
                new Dataset(new ImageLoader(ImageOpener.folder(folder), 1_000_000), List.of("rose"), List.of(item));
        return KeptMasks.open(
                dataset, FRAMED, new Store(folder.resolve("cache")), configuration("audit.estimateMasks=" + estimated));
    }

    private static Configuration configuration(String... settings) {
        List<String> all = new ArrayList<>(List.of("data.source=folder", "data.dir=x", "model.architecture=demo"));
        all.addAll(List.of(settings));
        try {
            return ConfigurationReader.of("x", all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dataset.Item item(String path, Optional<Path> mask) {
        return new Dataset.Item(
                path,
                Split.TEST,
                0,
                "sha of " + path,
                mask.map(file -> new GivenMask(file, MaskMeaning.of(MaskMeaning.Rule.UPPER_HALF))));
    }
}
