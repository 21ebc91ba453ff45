package org.gazecheck.image;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** EXIF's orientation (tag 0x0112): how stored rows and columns lie on the image. */
final class Orientation {
    private static final int UPRIGHT = 1;

    private Orientation() {}

    /**
     * 1..8; 1 (upright) where none is stated, where it is out of range, and where the metadata cannot be read. Of all
     * metadata only EXIF is opened: other kinds unpack, or are parsed as XML, without a bound.
     */
    static int of(byte[] file, ImageFormat format) {
        try {
            if (format == ImageFormat.JPEG) {
                return stated(
                        JpegMetadataReader.readMetadata(new ByteArrayInputStream(file), List.of(new ExifReader())));
            }
            return ofExif(PngStructure.chunk(file, "eXIf"));
        } catch (JpegProcessingException | IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }

    /** Of EXIF alone, as a TIFF structure, with or without the six bytes that go before it in JPEG files. */
    static int ofExif(byte[] exif) {
        Metadata metadata = new Metadata();
        int start =
                new String(exif, 0, Math.min(6, exif.length), StandardCharsets.ISO_8859_1).equals("Exif\0\0") ? 6 : 0;
        try {
            new ExifReader().extract(new ByteArrayReader(exif, start), metadata);
        } catch (RuntimeException e) {
            return UPRIGHT;
        }
        return stated(metadata);
    }

    private static int stated(Metadata metadata) {
        for (ExifIFD0Directory exif : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            Integer orientation = exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            if (orientation != null && orientation >= 1 && orientation <= 8) {
                return orientation;
            }
        }
        return UPRIGHT;
    }

    /** The image as it is meant to be seen. */
    static RgbImage upright(RgbImage stored, int orientation) {
        if (orientation == UPRIGHT) {
            return stored;
        }
        boolean transposed = orientation >= 5;
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int w = stored.width();
        int h = stored.height();
        int width = transposed ? h : w;
        int height = transposed ? w : h;
        byte[] in = stored.rgb();
        byte[] out = new byte[in.length];
        for (int y = 0, o = 0; y < height; y++) {
            for (int x = 0; x < width; x++, o += 3) {
                int column = transposed ? y : x;
                int row = transposed ? x : y;
                int i = ((fromBottom ? h - 1 - row : row) * w + (fromRight ? w - 1 - column : column)) * 3;
                out[o] = in[i];
                out[o + 1] = in[i + 1];
                out[o + 2] = in[i + 2];
            }
        }
        return new RgbImage(width, height, out);
    }
}
