package org.gazecheck.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files of images. */
public final class Jpeg {
    private Jpeg() {}

    /** @param quality 0 (smallest) to 1 (best) */
    public static byte[] encode(RgbImage image, float quality) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.write(null, new IIOImage(BufferedImages.of(image), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Written and read again. */
    public static RgbImage recompressed(RgbImage image, float quality) {
        try {
            return ImageDecoder.OWN.decode(encode(image, quality));
        } catch (InvalidImageException e) {
            throw new IllegalStateException("a JPEG file of our own", e);
        }
    }
}
