package org.gazecheck.image;

import java.awt.image.Raster;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JPEG files. The JDK's decoder is used because it agrees with libjpeg as PIL uses it; TwelveMonkeys' reads what that one
 * cannot.
 */
final class JpegDecoder {
    private static final int CMYK = 4;
    private static final int YCCK = 2;
    private static final int MOST_SCANS = 100;
    private static final Pattern EXTRANEOUS = Pattern.compile("(\\d+) extraneous bytes before marker 0xd9");

    /** Everything else that libjpeg warns of can leave wrong pixels. */
    private static final List<String> HARMLESS =
            List.of("unknown JFIF revision", "Invalid SOS parameters for sequential JPEG", "thumbnail");

    private final JdkReader reader;
    private final JdkReader fallback;

    JpegDecoder(PixelLimit limit) {
        this.reader = new JdkReader(ImageFormat.JPEG, JdkReader.JDK, limit);
        this.fallback = new JdkReader(ImageFormat.JPEG, JdkReader.TWELVE_MONKEYS, limit);
    }

    StoredImage decode(byte[] file) throws InvalidImageException {
        JpegStructure structure = JpegStructure.of(file);
        if (!structure.whole()) {
            throw new InvalidImageException("truncated: the JPEG file ends before its end marker");
        }
        if (structure.scans() > MOST_SCANS) {
            throw new InvalidImageException("damaged: the JPEG file has " + structure.scans() + " scans, more than "
                    + MOST_SCANS + ", which would take too long to decode");
        }
        if (structure.scans() > 0 && structure.missing().isPresent()) {
            throw new InvalidImageException(
                    "truncated: the JPEG file lacks " + structure.missing().get());
        }
        boolean progressive = structure.scans() > structure.components();
        int orientation = Orientation.of(file, ImageFormat.JPEG);
        StoredImage image;
        if (structure.components() == CMYK) {
            image = cmyk(structure, progressive, orientation);
        } else {
            RgbImage rgb = rgb(structure, progressive);
            image = new StoredImage(rgb, structure.components() == 1, structure.profile(), orientation, Set.of());
        }
        requireEveryBlock(structure);
        return image;
    }

    private static void requireEveryBlock(JpegStructure structure) throws InvalidImageException {
        try {
            JpegScans.check(structure.plain());
        } catch (IndexOutOfBoundsException e) {
            throw new InvalidImageException("damaged: a part of the JPEG file is shorter than it says", e);
        }
    }

    private RgbImage rgb(JpegStructure structure, boolean progressive) throws InvalidImageException {
        byte[] plain = structure.plain();
        try {
            return reader.image(plain, progressive, harmless(structure), BufferedImages::toRgb);
        } catch (InvalidImageException first) {
            if (first.getCause() == null) {
                throw first;
            }
            try {
                return fallback.image(plain, progressive, harmless(structure), BufferedImages::toRgb);
            } catch (InvalidImageException second) {
                first.addSuppressed(second);
                throw first;
            }
        }
    }

    private StoredImage cmyk(JpegStructure structure, boolean progressive, int orientation)
            throws InvalidImageException {
        EnumSet<DecodingNote> notes = EnumSet.noneOf(DecodingNote.class);
        Optional<byte[]> profile = structure.profile();
        RgbImage image = reader.raster(structure.plain(), progressive, harmless(structure), raster -> {
            byte[] inks = inks(raster, structure.adobe());
            return new RgbImage(raster.getWidth(), raster.getHeight(), Inks.toRgb(inks, profile, notes));
        });
        return new StoredImage(image, false, Optional.empty(), orientation, notes);
    }

    /** [n, 4], 255 full ink. Adobe's programs store inks inverted, and say so by their marker. */
    private static byte[] inks(Raster raster, int adobe) {
        int width = raster.getWidth();
        byte[] inks = new byte[width * raster.getHeight() * CMYK];
        int[] row = new int[width * CMYK];
        for (int y = 0, o = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i += CMYK, o += CMYK) {
                if (adobe == YCCK) {
                    double cb = row[i + 1] - 128.0;
                    double cr = row[i + 2] - 128.0;
                    double luma = row[i];
                    row[i] = 255 - clip(luma + 1.402 * cr);
                    row[i + 1] = 255 - clip(luma - 0.344136286 * cb - 0.714136286 * cr);
                    row[i + 2] = 255 - clip(luma + 1.772 * cb);
                }
                for (int c = 0; c < CMYK; c++) {
                    inks[o + c] = (byte) (adobe == JpegStructure.NO_ADOBE ? row[i + c] : 255 - row[i + c]);
                }
            }
        }
        return inks;
    }

    private static int clip(double value) {
        return (int) Math.max(0, Math.min(255, Math.rint(value)));
    }

    /** Zero bytes that fill up the end of the last scan are not missed by any pixel. */
    private static Predicate<String> harmless(JpegStructure structure) {
        return warning -> {
            Matcher extraneous = EXTRANEOUS.matcher(warning);
            return HARMLESS.stream().anyMatch(warning::contains)
                    || extraneous.find() && Integer.parseInt(extraneous.group(1)) <= structure.padding();
        };
    }
}
