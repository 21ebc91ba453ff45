package org.gazecheck.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** PNG files, of moving ones the picture that stands in the file as in any other. */
final class PngDecoder {
    private static final int LARGEST_PROFILE = 16 << 20;
    private static final int GREY = 0;
    private static final int GREY_ALPHA = 4;

    /** The gamma of sRGB in units of 1/100000, and how far another may be from it (libpng takes 5 % for nothing). */
    private static final int GAMMA = 45455;

    private static final int GAMMA_TOLERANCE = GAMMA / 20;

    private final JdkReader reader;

    PngDecoder(PixelLimit limit) {
        this.reader = new JdkReader(ImageFormat.PNG, JdkReader.JDK, limit);
    }

    StoredImage decode(byte[] file) throws InvalidImageException {
        PngStructure.check(file);
        EnumSet<DecodingNote> notes = EnumSet.noneOf(DecodingNote.class);
        if (PngStructure.chunk(file, "acTL").length > 0) {
            notes.add(DecodingNote.FIRST_FRAME);
        }
        byte[] packed = PngStructure.chunk(file, "iCCP");
        Optional<byte[]> profile = Optional.empty();
        if (PngStructure.chunk(file, "sRGB").length == 0 && packed.length > 0) {
            profile = Optional.of(profile(packed));
        } else if (statesAnotherGamma(file)) {
            notes.add(DecodingNote.GAMMA);
        }
        boolean deep = PngStructure.deep(file);
        RgbImage image = reader.image(PngStructure.withoutProfile(file), deep, warning -> true, buffered -> {
            notes.addAll(StoredSamples.notes(buffered));
            return BufferedImages.toRgb(buffered);
        });
        int type = PngStructure.colourType(file);
        return new StoredImage(
                image, type == GREY || type == GREY_ALPHA, profile, Orientation.of(file, ImageFormat.PNG), notes);
    }

    private static boolean statesAnotherGamma(byte[] file) {
        byte[] gamma = PngStructure.chunk(file, "gAMA");
        boolean other =
                gamma.length == 4 && Math.abs((long) ByteBuffer.wrap(gamma).getInt() - GAMMA) > GAMMA_TOLERANCE;
        boolean primaries = PngStructure.chunk(file, "cICP").length == 4 && PngStructure.chunk(file, "cICP")[0] != 1;
        return PngStructure.chunk(file, "sRGB").length == 0 && (other || primaries);
    }

    /** What cannot be unpacked, or not within bounds, gives a profile that is none. */
    private static byte[] profile(byte[] chunk) {
        int name = 0;
        while (name < chunk.length && chunk[name] != 0) {
            name++;
        }
        int from = Math.min(chunk.length, name + 2);
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(chunk, from, chunk.length - from))) {
            byte[] icc = in.readNBytes(LARGEST_PROFILE + 1);
            return icc.length > LARGEST_PROFILE ? Arrays.copyOf(icc, 0) : icc;
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
