package org.gazecheck.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.Png;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.results.MapTarget;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowPass;
import org.junit.jupiter.api.Test;

class ScoresRowTest {
    private static final int SIZE = 32;

    private final BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 3);

    @Test
    void anImageHasTheSameRowInAnyCompanyAndWithAnyThreads() throws Exception {
        List<RowImage> images = images();
        ScoresRow kind = kind(false);
        float[] together = rows(kind, images, 2);
        for (int i = 0; i < images.size(); i++) {
            int from = i * kind.rowLength();
            assertArrayEquals(
                    Arrays.copyOfRange(together, from, from + kind.rowLength()),
                    rows(kind, images.subList(i, i + 1), 1));
        }
    }

    @Test
    void withoutALabelTheSecondMapIsThatOfThePredictedClass() throws Exception {
        ScoresRow kind = kind(true);
        float[] row = rows(kind, images().subList(4, 5), 1);
        assertArrayEquals(kind.map(row, MapTarget.PREDICTED), kind.map(row, MapTarget.TRUE));
        assertEquals(kind.rowLength(), kind.featuresFrom() + network.features());
    }

    @Test
    void whatChangesTheRowChangesContextOrKey() throws Exception {
        RowImage image = images().get(0);
        RowImage other = RowImage.of(image.name(), image.file(), image.sha256(), 2);
        assertNotEquals(kind(false).context(), kind(true).context());
        assertNotEquals(kind(false).key(image), kind(false).key(other));
    }

    private ScoresRow kind(boolean flip) {
        return new ScoresRow(
                new ImageScores(network, Preprocessing.at(SIZE, network.normalisation()), Engine.ONNX, flip),
                ImageLoader.ofBytes(SIZE * SIZE));
    }

    private static float[] rows(ScoresRow kind, List<RowImage> images, int threads) throws Exception {
        try (RowPass<RowImage, float[]> pass = kind.open(threads)) {
            return pass.compute(images);
        }
    }

    private static List<RowImage> images() {
        SplittableRandom random = new SplittableRandom(3);
        List<RowImage> images = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] rgb = new byte[3 * SIZE * SIZE];
            random.nextBytes(rgb);
            byte[] file = Png.encode(new RgbImage(SIZE, SIZE, rgb));
            int label = i == 4 ? RowImage.UNLABELLED : i % 3;
            images.add(RowImage.of(i + ".png", file, Hashes.sha256(file), label));
        }
        return images;
    }
}
