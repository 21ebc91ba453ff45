package org.gazecheck.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
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
    private static final int MOST_SCANS = 100;
    private static final int BMP_COMPRESSION = 30;
    private static final int BMP_JPEG = 4;
    private static final int BMP_PNG = 5;
    private static final int LONGEST_TIMES = 100;
    private static final int LARGE = 10_000_000;

    /** Large images are decoded one at a time, so that a folder of them does not take memory times threads. */
    private static final ReentrantLock ONE_LARGE = new ReentrantLock();

    /** Of files that are no images of a data set: masks, and what this program wrote itself. */
    static final ImageDecoder OWN = new ImageDecoder(100_000_000);

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
            case JPEG -> Orientation.upright(jpeg(file), Orientation.of(file, format));
            case PNG -> {
                PngStructure.check(file);
                boolean deep = PngStructure.deep(file);
                yield Orientation.upright(read(reader(format), file, format, deep), Orientation.of(file, format));
            }
            case BMP -> {
                requireNoneInside(file);
                yield read(reader(format), file, format, false);
            }
            case GIF -> read(reader(format), file, format, false);
        };
    }

    private ImageReaderSpi reader(ImageFormat format) {
        return Objects.requireNonNull(readers.get(format), format::toString);
    }

    private RgbImage jpeg(byte[] file) throws InvalidImageException {
        JpegStructure structure = JpegStructure.of(file);
        if (!structure.whole()) {
            throw new InvalidImageException("truncated: the JPEG file ends before its end marker");
        }
        boolean progressive = structure.scans() > structure.components();
        if (structure.scans() > MOST_SCANS) {
            throw new InvalidImageException("damaged: the JPEG file has " + structure.scans() + " scans, more than "
                    + MOST_SCANS + ", which would take too long to decode");
        }
        if (structure.components() == CMYK) {
            return read(jpegFallback, file, ImageFormat.JPEG, progressive);
        }
        try {
            return read(reader(ImageFormat.JPEG), structure.plain(), ImageFormat.JPEG, progressive);
        } catch (InvalidImageException first) {
            if (first.getCause() == null) {
                throw first;
            }
            try {
                return read(jpegFallback, file, ImageFormat.JPEG, progressive);
            } catch (InvalidImageException second) {
                first.addSuppressed(second);
                throw first;
            }
        }
    }

    /** A BMP file can hold a JPEG or PNG file of another size than its header says. */
    private static void requireNoneInside(byte[] file) throws InvalidImageException {
        int kind = file.length > BMP_COMPRESSION ? file[BMP_COMPRESSION] : 0;
        if (kind == BMP_JPEG || kind == BMP_PNG) {
            throw new InvalidImageException(
                    "it is a BMP file with a JPEG or PNG file inside; convert it to JPEG or PNG");
        }
    }

    private RgbImage read(ImageReaderSpi provider, byte[] file, ImageFormat format, boolean twoBytes)
            throws InvalidImageException {
        List<String> warnings = new ArrayList<>();
        ImageReader reader = null;
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader = provider.createReaderInstance();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(in, true, true);
            RgbImage image = rgb(reader, pixels(reader, twoBytes) >= LARGE);
            for (String warning : warnings) {
                if (meansDamage(warning)) {
                    throw new InvalidImageException("damaged or truncated: the decoder says \"" + warning + "\"");
                }
            }
            return image;
        } catch (InvalidImageException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new InvalidImageException(
                    "damaged: the " + format + " file cannot be decoded (" + e.getMessage() + ")", e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    private static RgbImage rgb(ImageReader reader, boolean large) throws IOException {
        if (!large) {
            return BufferedImages.toRgb(reader.read(0));
        }
        ONE_LARGE.lock();
        try {
            return BufferedImages.toRgb(reader.read(0));
        } finally {
            ONE_LARGE.unlock();
        }
    }

    /**
     * The number of pixels, once it is within bounds. A header that takes more memory than there is lies; want of memory
     * for the pixels of an image within bounds is not the file's fault and stays an {@link OutOfMemoryError}.
     */
    private long pixels(ImageReader reader, boolean twoBytes) throws IOException {
        int width;
        int height;
        try {
            width = reader.getWidth(0);
            height = reader.getHeight(0);
        } catch (OutOfMemoryError e) {
            throw new InvalidImageException("damaged: its header takes more memory than there is", e);
        }
        checkSize(width, height, twoBytes);
        return (long) width * height;
    }

    private void checkSize(int width, int height, boolean twoBytes) throws InvalidImageException {
        if ((long) width * height * (twoBytes ? 2 : 1) > maxPixels) {
            throw new InvalidImageException(width + "x" + height + " pixels are more than the " + maxPixels
                    + " that data.maxPixels allows"
                    + (twoBytes ? " (counted twice: 16-bit PNG and progressive JPEG take twice the memory)" : ""));
        }
        if (Math.max(width, height) / LONGEST_TIMES > Math.min(width, height)) {
            throw new InvalidImageException(width + "x" + height + " pixels are too narrow: one side is more than "
                    + LONGEST_TIMES + " times the other");
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
