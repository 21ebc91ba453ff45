package org.gazecheck.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The one way from a file to pixels: JPEG, PNG, BMP and GIF (its first picture), upright by their EXIF orientation, as
 * 8-bit RGB. The JDK's JPEG decoder is used because it agrees with libjpeg as PIL uses it; TwelveMonkeys' reads what
 * that one cannot (CMYK, YCCK). Colour profiles are ignored and alpha is dropped, as PIL's {@code convert("RGB")} does.
 * Strict: a file that is cut off or damaged is refused, never half decoded. Safe for several threads.
 */
public final class ImageDecoder {
    private static final String JDK = "com.sun.imageio.";
    private static final String TWELVE_MONKEYS = "com.twelvemonkeys.";
    private static final int CMYK = 4;

    private final long maxPixels;
    private final Map<ImageFormat, ImageReaderSpi> readers = new EnumMap<>(ImageFormat.class);
    private final ImageReaderSpi jpegFallback;

    /** @param maxPixels a file whose header says more is refused before it is decoded */
    public ImageDecoder(long maxPixels) {
        this.maxPixels = maxPixels;
        for (ImageFormat format : ImageFormat.values()) {
            readers.put(format, reader(format, JDK));
        }
        jpegFallback = reader(ImageFormat.JPEG, TWELVE_MONKEYS);
    }

    /** @throws InvalidImageException when the file cannot be decoded; other IOExceptions when it cannot be read */
    public RgbImage decode(Path file) throws IOException {
        return decode(Files.readAllBytes(file));
    }

    /** @param file a whole file's bytes */
    public RgbImage decode(byte[] file) throws InvalidImageException {
        ImageFormat format =
                ImageFormat.of(file).orElseThrow(() -> new InvalidImageException(ImageFormat.describe(file)));
        return switch (format) {
            case JPEG -> Orientation.upright(jpeg(file), Orientation.of(file));
            case PNG -> {
                PngStructure.check(file);
                yield Orientation.upright(read(readers.get(format), file, format), Orientation.of(file));
            }
            case GIF, BMP -> read(readers.get(format), file, format);
        };
    }

    private RgbImage jpeg(byte[] file) throws InvalidImageException {
        JpegStructure structure = JpegStructure.of(file);
        if (!structure.whole()) {
            throw new InvalidImageException("truncated: the JPEG file ends before its end marker");
        }
        if (structure.components() == CMYK) {
            return read(jpegFallback, file, ImageFormat.JPEG);
        }
        try {
            return read(readers.get(ImageFormat.JPEG), structure.plain(), ImageFormat.JPEG);
        } catch (InvalidImageException first) {
            if (first.getCause() == null) {
                throw first;
            }
            try {
                return read(jpegFallback, file, ImageFormat.JPEG);
            } catch (InvalidImageException second) {
                first.addSuppressed(second);
                throw first;
            }
        }
    }

    private RgbImage read(ImageReaderSpi provider, byte[] file, ImageFormat format) throws InvalidImageException {
        List<String> warnings = new ArrayList<>();
        BufferedImage image;
        ImageReader reader = null;
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader = provider.createReaderInstance();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(in, true, true);
            checkSize(reader.getWidth(0), reader.getHeight(0));
            image = reader.read(0);
        } catch (InvalidImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new InvalidImageException(
                    "damaged: the " + format + " file cannot be decoded (" + e.getMessage() + ")", e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
        for (String warning : warnings) {
            if (meansDamage(warning)) {
                throw new InvalidImageException("damaged or truncated: the decoder says \"" + warning + "\"");
            }
        }
        return BufferedImages.toRgb(image);
    }

    private void checkSize(int width, int height) throws InvalidImageException {
        if ((long) width * height > maxPixels) {
            throw new InvalidImageException(
                    width + "x" + height + " pixels are more than the " + maxPixels + " that data.maxPixels allows");
        }
    }

    /** Bytes between segments do no harm; everything else that libjpeg calls corrupt leaves wrong pixels. */
    private static boolean meansDamage(String warning) {
        return warning.contains("remature")
                || warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes");
    }

    private static ImageReaderSpi reader(ImageFormat format, String maker) {
        Iterator<ImageReaderSpi> providers = IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        ImageReaderSpi.class,
                        provider -> provider.getClass().getName().startsWith(maker)
                                && List.of(((ImageReaderSpi) provider).getFormatNames())
                                        .contains(format.name()),
                        true);
        if (!providers.hasNext()) {
            throw new IllegalStateException("no reader of " + maker + " for " + format);
        }
        return providers.next();
    }
}
