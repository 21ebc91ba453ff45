package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.audit.input.DescriptionRow;
import org.gazecheck.audit.input.EstimatedMaskRow;
import org.gazecheck.audit.input.GivenMaskRow;
import org.gazecheck.audit.input.MaskRows;
import org.gazecheck.audit.localisation.LocalisationRow;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.evaluate.ScoresRow;
import org.gazecheck.image.Mask;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.image.PerceptualHash;
import org.gazecheck.image.Png;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Split;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowImage.MaskBytes;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.junit.jupiter.api.Test;

/** Rows from bytes alone: no data set, no folder, no store. */
class RowsOfTheAuditTest {
    private static final int SIZE = 32;

    private final BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 3);
    private final Preprocessing preprocessing = Preprocessing.at(SIZE, network.normalisation());
    private final ImageLoader images = ImageLoader.ofBytes(SIZE * SIZE);
    private final EstimatedMaskRow estimated = new EstimatedMaskRow(preprocessing, images);
    private final GivenMaskRow given = new GivenMaskRow(preprocessing, MaskMeaning.of(MaskMeaning.Rule.UPPER_HALF));
    private final MaskRows masks = new MaskRows(Optional.of(given), estimated);

    @Test
    void aGivenMaskIsReadBackAsItWasFramed() throws Exception {
        RowImage image = image(1).with(square(8));
        Mask mask = given.mask(row(given, image));
        for (int i = 0; i < SIZE * SIZE; i++) {
            assertEquals(inside(i, 8), mask.foreground()[i]);
        }
        assertArrayEquals(mask.foreground(), masks.of(image).orElseThrow().foreground());
    }

    @Test
    void anEstimateIsReadBack_andMasksOfImagesWithoutOneAreNotKnown() throws Exception {
        RowImage image = image(2);
        float[] row = row(estimated, image);
        assertEquals(
                estimated.mask(row).isPresent(),
                masks.of(image.with(estimated, row)).isPresent());
        assertTrue(masks.of(image).isEmpty());
        assertNotEquals(masks.key(image), masks.key(image.with(estimated, row)));
    }

    @Test
    void aDescriptionHoldsThePropertiesTheSceneAndTheHash() throws Exception {
        DescriptionRow kind = new DescriptionRow(preprocessing, images, masks);
        RowImage image = image(3).with(square(8));
        double[] row = row(kind, image);
        assertEquals(PerceptualHash.of(images.load(image.file(), "x.png")), DescriptionRow.hash(row));
        assertEquals(
                SIZE, DescriptionRow.properties(row, "x.png", "", Split.TEST).width());
        assertEquals(
                16.0 * 16 / SIZE / SIZE,
                DescriptionRow.properties(row, "x.png", "", Split.TEST).objectArea(),
                0.02);
        assertTrue(DescriptionRow.scene(row).isPresent());
        assertTrue(DescriptionRow.scene(row(kind, image(3))).isEmpty());
        assertNotEquals(kind.key(image), kind.key(image(3)));
    }

    @Test
    void localisationBuildsOnScores() throws Exception {
        ScoresRow scores = new ScoresRow(new ImageScores(network, preprocessing, Engine.ONNX, false), images);
        LocalisationRow kind = new LocalisationRow(scores, masks, SIZE, 0.1);
        RowImage image = image(4).with(square(8));
        double[] row = row(kind, image.with(scores, row(scores, image)));
        Localisation line = LocalisationRow.line(row, "x.png", "", Split.TEST, MapTarget.PREDICTED);
        assertEquals(0.25, line.maskArea(), 1e-9);
        assertTrue(kind.context().contains(scores.context().lines().findFirst().orElseThrow()));
    }

    @Test
    void aCounterfactualImageHasTheObjectOfOneAndTheBackgroundOfTheOther() throws Exception {
        CounterfactualRow kind = new CounterfactualRow(network, preprocessing, Engine.ONNX, true, images, masks);
        RowImage object = image(5).with(square(8));
        RowImage donor = image(6).with(square(4));
        var pair = new CounterfactualRow.Pair(object, donor);
        RgbImage made = kind.image(pair);
        byte[] ofObject = images.load(object.file(), "x.png").rgb();
        byte[] ofDonor = images.load(donor.file(), "x.png").rgb();
        int middle = 3 * (SIZE / 2 * SIZE + SIZE / 2);
        assertEquals(ofObject[middle], made.rgb()[middle]);
        assertEquals(ofDonor[0], made.rgb()[0]);
        assertEquals(kind.rowLength(), row(kind, pair).length);
        assertNotEquals(kind.key(pair), kind.key(new CounterfactualRow.Pair(donor, object)));
    }

    private static <I, A> A row(RowKind<I, A> kind, I of) throws Exception {
        try (RowPass<I, A> pass = kind.open(1)) {
            return pass.compute(List.of(of));
        }
    }

    private static RowImage image(int seed) {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        new SplittableRandom(seed).nextBytes(rgb);
        byte[] file = Png.encode(new RgbImage(SIZE, SIZE, rgb));
        return RowImage.of("x.png", file, Hashes.sha256(file), 1);
    }

    private static boolean inside(int pixel, int margin) {
        int x = pixel % SIZE;
        int y = pixel / SIZE;
        return Math.min(x, y) >= margin && Math.max(x, y) < SIZE - margin;
    }

    private static MaskBytes square(int margin) {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        for (int i = 0; i < SIZE * SIZE; i++) {
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (inside(i, margin) ? 255 : 0));
        }
        return MaskBytes.of("x.png", Png.encode(new RgbImage(SIZE, SIZE, rgb)));
    }
}
