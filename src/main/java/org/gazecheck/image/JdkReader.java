package org.gazecheck.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads files of one format with a reader of ImageIO: sizes are checked first, warnings that mean damage refuse the file. */
final class JdkReader {
    static final String JDK = "com.sun.imageio.";
    static final String TWELVE_MONKEYS = "com.twelvemonkeys.";

    private static final int LARGE = 10_000_000;

    /** Large images are decoded one at a time, so that a folder of them does not take memory times threads. */
    private static final ReentrantLock ONE_LARGE = new ReentrantLock();

    private final ImageFormat format;
    private final ImageReaderSpi provider;
    private final PixelLimit limit;

    JdkReader(ImageFormat format, String maker, PixelLimit limit) {
        this.format = format;
        this.provider = provider(format, maker);
        this.limit = limit;
    }

    /** What of a file a reader gives, and what is made of it while large images wait. */
    interface Step<P, R> {
        R of(P pixels) throws IOException;
    }

    /**
     * @param twice whether each pixel takes twice the memory
     * @param harmless which warnings of the reader leave all pixels right
     */
    <R> R image(byte[] file, boolean twice, Predicate<String> harmless, Step<BufferedImage, R> then)
            throws InvalidImageException {
        return read(file, twice, harmless, reader -> then.of(reader.read(0)));
    }

    /** Stored values, whatever colours they mean. */
    <R> R raster(byte[] file, boolean twice, Predicate<String> harmless, Step<Raster, R> then)
            throws InvalidImageException {
        return read(file, twice, harmless, reader -> then.of(reader.readRaster(0, null)));
    }

    private <R> R read(byte[] file, boolean twice, Predicate<String> harmless, Step<ImageReader, R> step)
            throws InvalidImageException {
        List<String> warnings = new ArrayList<>();
        ImageReader reader = null;
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader = provider.createReaderInstance();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(in, true, true);
            R result = oneLarge(reader, checkedSize(reader, twice) >= LARGE, step);
            for (String warning : warnings) {
                if (!harmless.test(warning)) {
                    throw new InvalidImageException("damaged or truncated: the decoder says \"" + warning + "\"");
                }
            }
            return result;
        } catch (InvalidImageException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new InvalidImageException(
                    "damaged: the " + format.text() + " file cannot be decoded (" + e.getMessage() + ")", e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    private static <R> R oneLarge(ImageReader reader, boolean large, Step<ImageReader, R> step) throws IOException {
        if (!large) {
            return step.of(reader);
        }
        ONE_LARGE.lock();
        try {
            return step.of(reader);
        } finally {
            ONE_LARGE.unlock();
        }
    }

    /**
     * The number of pixels, once it is within bounds. A header that takes more memory than there is lies; want of memory
     * for the pixels of an image within bounds is not the file's fault and stays an {@link OutOfMemoryError}.
     */
    private long checkedSize(ImageReader reader, boolean twice) throws IOException {
        int width;
        int height;
        try {
            width = reader.getWidth(0);
            height = reader.getHeight(0);
        } catch (OutOfMemoryError e) {
            throw new InvalidImageException("damaged: its header takes more memory than there is", e);
        }
        limit.check(width, height, twice);
        return (long) width * height;
    }

    private static ImageReaderSpi provider(ImageFormat format, String maker) {
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
