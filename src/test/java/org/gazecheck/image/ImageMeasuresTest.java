package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.gazecheck.ReferenceData;
import org.junit.jupiter.api.Test;

/**
 * Properties, scenes and hashes of images. The witnesses are numpy 2 on what PIL decodes, resizes (bilinear) and
 * turns to luma; the transform of the hash is scipy's {@code fft.dct}.
 */
class ImageMeasuresTest {
    private static final ImageDecoder DECODER = new ImageDecoder(100_000_000);

    @Test
    void propertiesAsNumpyHasThem() throws IOException {
        PropertyMeasures p = PropertyMeasures.of(
                DECODER.decode(ReferenceData.path("planted/train/osteospermum/05539.jpg")),
                Optional.of(Masks.white(ReferenceData.path("planted/masks/train/osteospermum/05539.png"))));
        assertEquals(0.43911360198376226, p.brightness(), 1e-12);
        assertEquals(0.15563408680135835, p.contrast(), 1e-12);
        assertEquals(720.0620049607326, p.sharpness(), 1e-8);
        assertEquals(0.49321041373715496, p.saturation(), 1e-12);
        assertEquals(304.800079016802, p.objectHue(), 1e-8);
        assertEquals(355.0676721826382, p.backgroundHue(), 1e-8);
        assertEquals(0.2493133544921875, p.objectArea(), 1e-12);
        assertEquals(0.4910142383637309, p.objectX(), 1e-12);
        assertEquals(0.5938304488111268, p.objectY(), 1e-12);
    }

    @Test
    void anImageOfAnotherSizeIsResizedFirst() throws IOException {
        PropertyMeasures p = PropertyMeasures.of(
                DECODER.decode(ReferenceData.path("flowers102/jpg/image_00001.jpg")), Optional.empty());
        assertEquals(0.46888710678807943, p.brightness(), 1e-12);
        assertEquals(0.27759201767939595, p.contrast(), 1e-12);
        assertEquals(985.2975305348887, p.sharpness(), 1e-8);
        assertEquals(0.4913408810825863, p.saturation(), 1e-12);
        assertTrue(Double.isNaN(p.objectHue()) && Double.isNaN(p.objectArea()) && Double.isNaN(p.objectX()));
    }

    @Test
    void propertiesOfAFlatImageInClosedForm() {
        byte[] rgb = new byte[64 * 64 * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i + 1] = (byte) 200;
            rgb[i + 2] = 100;
        }
        boolean[] leftHalf = new boolean[64 * 64];
        for (int i = 0; i < leftHalf.length; i++) {
            leftHalf[i] = i % 64 < 32;
        }
        PropertyMeasures p = PropertyMeasures.of(new RgbImage(64, 64, rgb), Optional.of(new Mask(64, 64, leftHalf)));
        assertEquals(0, p.contrast(), 1e-12);
        assertEquals(0, p.sharpness(), 1e-12);
        assertEquals(1, p.saturation(), 1e-12);
        assertEquals(Math.toDegrees(Math.atan2(Math.sqrt(3) / 2 * 100, -150)), p.objectHue(), 1e-9);
        assertEquals(p.objectHue(), p.backgroundHue(), 1e-9);
        assertEquals(0.5, p.objectArea(), 1e-12);
        assertEquals(0.25, p.objectX(), 1e-12);
        assertEquals(0.5, p.objectY(), 1e-12);
        PropertyMeasures grey = PropertyMeasures.of(
                new RgbImage(64, 64, new byte[64 * 64 * 3]), Optional.of(new Mask(64, 64, leftHalf)));
        assertTrue(Double.isNaN(grey.objectHue()), "grey has no hue");
    }

    @Test
    void sceneAsNumpyHasIt() throws IOException {
        double[] scene = SceneDescriptor.of(
                        DECODER.decode(ReferenceData.path("planted/train/osteospermum/05539.jpg")),
                        Masks.white(ReferenceData.path("planted/masks/train/osteospermum/05539.png")))
                .orElseThrow();
        assertArrayEquals(
                new double[] {
                    0.39521063170159293,
                    0.119029487942546,
                    0.2934706380904372,
                    0.08739036839127391,
                    0.12091072421058074,
                    0.05056787097421445,
                    -5.240732868361048,
                    -4.191728438090195,
                    -0.44690985163826785,
                    0.0036901445929111406
                },
                scene,
                1e-10);
    }

    @Test
    void thereIsNoSceneWhereTheMaskCoversEverything() {
        boolean[] all = new boolean[64 * 64];
        Arrays.fill(all, true);
        RgbImage image = new RgbImage(64, 64, new byte[64 * 64 * 3]);
        assertEquals(
                Optional.empty(),
                SceneDescriptor.of(image, new Mask(64, 64, all)).map(Arrays::toString));
        assertTrue(SceneDescriptor.of(image, new Mask(64, 64, new boolean[64 * 64]))
                .isPresent());
    }

    @Test
    void hashesAsScipyHasThem() throws IOException {
        assertEquals(0xdfe07c1661cde0c2L, hash(1));
        assertEquals(0xc78f1cd83d8ef021L, hash(7307));
        assertEquals(0xe8db87adc744c605L, hash(7029));
        assertEquals(0xe8db87adc744c605L, hash(8080));
        assertEquals(2, PerceptualHash.distance(0x943e3943779ce684L, hash(1959)));
        assertEquals(64, PerceptualHash.distance(-1, 0));
    }

    private static long hash(int number) throws IOException {
        return PerceptualHash.of(
                DECODER.decode(ReferenceData.path(String.format("flowers102/jpg/image_%05d.jpg", number))));
    }
}
