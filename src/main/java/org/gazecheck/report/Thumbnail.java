package org.gazecheck.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.gazecheck.image.RgbImage;

/** Photographs as the report keeps them: JPEG, scaled down to a longest side. For the eye only: nothing is measured on them. */
final class Thumbnail {
    private static final float QUALITY = 0.85f;

    private Thumbnail() {}

    /**
     * @param longest side of the result in pixels; smaller photographs keep their size
     */
    static byte[] jpeg(RgbImage photograph, int longest) throws IOException {
        double scale = Math.min(1, (double) longest / Math.max(photograph.width(), photograph.height()));
        int width = Math.max(1, (int) Math.round(scale * photograph.width()));
        int height = Math.max(1, (int) Math.round(scale * photograph.height()));
        BufferedImage image = buffered(photograph);
        while (image.getWidth() > 2 * width && image.getHeight() > 2 * height) {
            image = scaled(image, (image.getWidth() + 1) / 2, (image.getHeight() + 1) / 2);
        }
        return encode(scale < 1 ? scaled(image, width, height) : image);
    }

    private static BufferedImage buffered(RgbImage photograph) {
        BufferedImage image = new BufferedImage(photograph.width(), photograph.height(), BufferedImage.TYPE_INT_RGB);
        int[] packed = new int[photograph.width() * photograph.height()];
        byte[] rgb = photograph.rgb();
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
        }
        image.setRGB(0, 0, photograph.width(), photograph.height(), packed, 0, photograph.width());
        return image;
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = smaller.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return smaller;
    }

    private static byte[] encode(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
