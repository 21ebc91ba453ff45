package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import org.gazecheck.ReferenceData;
import org.gazecheck.io.Npy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FramingTest {
    private static final String[] IMAGES = {"06734", "00001", "05087", "03095", "02500", "07180", "04004", "08077"};

    /** torchvision 0.14 with Pillow made pixels.npy. */
    @Test
    @Tag("reference")
    void pixelsAreTorchvisions() throws IOException {
        byte[] expected =
                Npy.read(ReferenceData.path("golden/resnet50/pixels.npy")).bytes();
        Preprocessing preprocessing = Preprocessing.torchvision(Normalisation.TORCHVISION);
        ImageDecoder decoder = new ImageDecoder(100_000_000);
        int within1 = 0;
        int equal = 0;
        int worst = 0;
        int at = 0;
        for (String name : IMAGES) {
            RgbImage image = decoder.decode(ReferenceData.path("golden/resnet50/images/image_" + name + ".jpg"));
            for (byte value : Framing.frame(image, preprocessing).rgb()) {
                int difference = Math.abs((value & 0xff) - (expected[at++] & 0xff));
                within1 += difference <= 1 ? 1 : 0;
                equal += difference == 0 ? 1 : 0;
                worst = Math.max(worst, difference);
            }
        }
        assertEquals(expected.length, at);
        System.out.printf(
                "pixels.npy: equal %.5f, within 1 %.6f, worst %d%n", equal / (double) at, within1 / (double) at, worst);
        assertTrue(within1 >= 0.999 * at, within1 + " of " + at + " within 1");
    }

    @Test
    void sizesAndOffsetsRoundAsPythonDoes() {
        // int(256 * 667 / 500) = 341; round(117 / 2.0) = round(58.5) = 58
        assertEquals(
                new Framing(256, 341, 16, 58, 224),
                Framing.of(500, 667, Preprocessing.torchvision(Normalisation.TORCHVISION)));
        // int(224 * 501 / 500) = 224; int(224 * 503 / 500) = 225, round(0.5) = 0
        assertEquals(
                new Framing(224, 224, 0, 0, 224),
                Framing.of(501, 500, Preprocessing.at(224, Normalisation.TORCHVISION)));
        assertEquals(
                new Framing(225, 224, 0, 0, 224),
                Framing.of(503, 500, Preprocessing.at(224, Normalisation.TORCHVISION)));
        // round(1.5) = 2
        assertEquals(
                new Framing(227, 224, 2, 0, 224),
                Framing.of(507, 500, Preprocessing.at(224, Normalisation.TORCHVISION)));
    }

    @Test
    void aMaskKeepsTheGeometryOfItsImage() {
        int w = 90;
        int h = 60;
        byte[] rgb = new byte[w * h * 3];
        boolean[] foreground = new boolean[w * h];
        for (int i = 0; i < w * h; i++) {
            foreground[i] = Math.hypot(i % w - 50, i / w - 25) < 18;
            rgb[i * 3] = (byte) (foreground[i] ? 255 : 0);
        }
        Preprocessing preprocessing = new Preprocessing(40, 32, Normalisation.TORCHVISION);
        Mask mask = new Mask(w, h, foreground).frame(preprocessing);
        byte[] framed = Framing.frame(new RgbImage(w, h, rgb), preprocessing).rgb();
        for (int i = 0; i < mask.foreground().length; i++) {
            assertEquals((framed[i * 3] & 0xff) >= 128, mask.foreground()[i]);
        }
    }

    @Test
    void aCropLargerThanTheShortSideIsRefused() {
        Preprocessing preprocessing = new Preprocessing(200, 224, Normalisation.TORCHVISION);
        assertThrows(IllegalArgumentException.class, () -> Framing.of(500, 500, preprocessing));
    }
}
