package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ObjectEstimateTest {
    private static final int SIZE = 96;

    @Test
    void aDiscOfAnotherColourIsCutOut() {
        Mask disc = disc(26);
        Mask estimate = ObjectEstimate.of(coloured(disc, 1), 7).orElseThrow();
        assertTrue(overlap(disc, estimate) > 0.9, "overlap " + overlap(disc, estimate));
    }

    @Test
    void theSameSeedGivesTheSameMask() {
        RgbImage image = coloured(disc(20), 2);
        assertEquals(ObjectEstimate.of(image, 7), ObjectEstimate.of(image, 7));
    }

    @Test
    void thereIsNoEstimateWhereNothingStandsOut() {
        byte[] plain = new byte[3 * SIZE * SIZE];
        Arrays.fill(plain, (byte) 90);
        assertEquals(Optional.empty(), ObjectEstimate.of(new RgbImage(SIZE, SIZE, plain), 7));
    }

    @Test
    @Tag("reference")
    void flowersOnDrawnBackgroundsAreMostlyCutOutAsTheyWere() throws IOException {
        Path planted = ReferenceData.path("planted");
        List<Path> masks;
        try (Stream<Path> files = Files.walk(planted.resolve("masks/val"))) {
            masks = files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
        int estimated = 0;
        double sum = 0;
        for (Path file : masks) {
            Path relative = planted.resolve("masks").relativize(file);
            Path jpeg = planted.resolve(relative.toString().replace(".png", ".jpg"));
            RgbImage image = new ImageDecoder(1_000_000).decode(jpeg);
            Optional<Mask> estimate = ObjectEstimate.of(image, 7);
            if (estimate.isPresent()) {
                estimated++;
                sum += overlap(Masks.white(file), estimate.get());
            }
        }
        System.out.printf("estimated %d of %d, overlap %.3f%n", estimated, masks.size(), sum / estimated);
        assertTrue(estimated >= 0.7 * masks.size(), estimated + " of " + masks.size());
        assertTrue(sum / estimated > 0.7, "mean overlap " + sum / estimated);
    }

    private static Mask disc(int radius) {
        boolean[] foreground = new boolean[SIZE * SIZE];
        for (int i = 0; i < foreground.length; i++) {
            double dx = i % SIZE - SIZE / 2.0;
            double dy = i / SIZE - SIZE / 2.0;
            foreground[i] = dx * dx + dy * dy < radius * radius;
        }
        return new Mask(SIZE, SIZE, foreground);
    }

    /** Yellow before green, with noise. */
    private static RgbImage coloured(Mask mask, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] rgb = new byte[3 * SIZE * SIZE];
        for (int i = 0; i < mask.foreground().length; i++) {
            boolean in = mask.foreground()[i];
            int[] colour = in ? new int[] {220, 190, 40} : new int[] {50, 110, 40};
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (colour[c] + random.nextInt(-20, 21));
            }
        }
        return new RgbImage(SIZE, SIZE, rgb);
    }

    private static double overlap(Mask a, Mask b) {
        int both = 0;
        int either = 0;
        for (int i = 0; i < a.foreground().length; i++) {
            both += a.foreground()[i] && b.foreground()[i] ? 1 : 0;
            either += a.foreground()[i] || b.foreground()[i] ? 1 : 0;
        }
        return (double) both / either;
    }
}
