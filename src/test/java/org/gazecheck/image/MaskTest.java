package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskTest {
    private static final int SIZE = 120;

    @TempDir
    private Path folder;

    @Test
    void anOfficialSegmentationIsWhatIsNotBlueInSpiteOfCompression() throws IOException {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        int inside = 0;
        for (int i = 0; i < SIZE * SIZE; i++) {
            boolean flower = flower(i);
            inside += flower ? 1 : 0;
            image.setRGB(i % SIZE, i / SIZE, flower ? new Color(150, 60, 200).getRGB() : new Color(0, 0, 254).getRGB());
        }
        Path file = folder.resolve("segmim_00001.jpg");
        writeJpeg(image, file, 0.7f);
        Mask mask = Masks.white(file);
        int wrong = 0;
        for (int i = 0; i < SIZE * SIZE; i++) {
            wrong += mask.foreground()[i] == flower(i) ? 0 : 1;
        }
        assertTrue(wrong < 0.03 * inside, wrong + " of " + inside);
    }

    @Test
    void aPngIsCutAtOneHalf() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, new Color(127, 127, 127).getRGB());
        image.setRGB(1, 0, new Color(128, 128, 128).getRGB());
        Path file = folder.resolve("mask.png");
        ImageIO.write(image, "png", file.toFile());
        assertEquals(new Mask(2, 1, new boolean[] {false, true}), Masks.white(file));
    }

    private static boolean flower(int i) {
        double dx = i % SIZE - 64.0;
        double dy = i / SIZE - 55.0;
        return dx * dx + dy * dy < 40 * 40;
    }

    private static void writeJpeg(BufferedImage image, Path file, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
