package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.gazecheck.config.DataSettings;
import org.gazecheck.image.DataVecImages;
import org.gazecheck.image.DecodedImage;
import org.gazecheck.image.FileContent;
import org.gazecheck.image.Framing;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;

/** The one way from an image of a data set to pixels: opened, decoded, framed. Counts; safe for several threads. */
public final class ImageLoader {
    private static final long LARGEST = 100_000_000;

    private final ImageOpener opener;
    private final ImageDecoder decoder;
    private final Optional<DataVecImages> dataVec;
    private final LongAdder decoded = new LongAdder();

    /** @param maxPixels an image whose header says more is refused before it is decoded */
    public ImageLoader(ImageOpener opener, long maxPixels) {
        this(opener, maxPixels, Optional.empty());
    }

    private ImageLoader(ImageOpener opener, long maxPixels, Optional<DataVecImages> dataVec) {
        this.opener = opener;
        this.decoder = new ImageDecoder(maxPixels);
        this.dataVec = dataVec;
    }

    /** Of the images that a configuration names. */
    public static ImageLoader of(DataSettings data) {
        return new ImageLoader(ImageOpener.folder(data.dir()), data.maxPixels());
    }

    /** Of images that belong to no data set, by their own paths. */
    public static ImageLoader ofFiles() {
        return ofFiles(Optional.empty());
    }

    /**
     * As {@link #ofFiles}, with frames as DataVec makes them.
     *
     * @param grey whether the network takes one channel
     */
    public static ImageLoader asDataVec(boolean grey) {
        return ofFiles(Optional.of(new DataVecImages(LARGEST, grey)));
    }

    private static ImageLoader ofFiles(Optional<DataVecImages> dataVec) {
        return new ImageLoader(path -> Files.readAllBytes(Path.of(path)), LARGEST, dataVec);
    }

    /** Of images whose bytes are given, and that lie nowhere. */
    public static ImageLoader ofBytes(long maxPixels) {
        return new ImageLoader(
                path -> {
                    throw new NoSuchFileException(path);
                },
                maxPixels);
    }

    /** The bytes of an image's file. @throws java.nio.file.NoSuchFileException if there is none */
    public byte[] open(String path) throws IOException {
        return opener.open(path);
    }

    /** @throws InvalidImageException when the image cannot be decoded; other IOExceptions when it cannot be read */
    public RgbImage load(String path) throws IOException {
        return load(open(path), path);
    }

    /** @param file the bytes of the image's file */
    public RgbImage load(byte[] file, String path) throws InvalidImageException {
        return read(file, path).image();
    }

    /** As the network sees it. @throws InvalidImageException as {@link #load}, or when it is too narrow to be resized */
    public RgbImage frame(String path, Preprocessing preprocessing) throws IOException {
        return frame(open(path), path, preprocessing);
    }

    /** The same of a file's bytes. @param path of the file, for what its first bytes do not tell */
    public RgbImage frame(byte[] file, String path, Preprocessing preprocessing) throws InvalidImageException {
        requireFormat(file, path);
        return frame(file, preprocessing);
    }

    /** @param file a whole file's bytes */
    public RgbImage frame(byte[] file, Preprocessing preprocessing) throws InvalidImageException {
        if (dataVec.isPresent()) {
            decoded.increment();
            return dataVec.get().frame(file, preprocessing.crop());
        }
        RgbImage image = decode(file);
        Framing framing = Framing.of(image.width(), image.height(), preprocessing);
        if ((long) framing.width() * framing.height() > LARGEST) {
            throw new InvalidImageException(image.width() + "x" + image.height() + " pixels are too narrow: with a"
                    + " short side of " + preprocessing.shortSide() + " it is too large to be resized");
        }
        return Framing.frame(image, preprocessing);
    }

    /** @param path of the file, for what its first bytes do not tell */
    DecodedImage read(byte[] file, String path) throws InvalidImageException {
        requireFormat(file, path);
        decoded.increment();
        return decoder.read(file);
    }

    private static void requireFormat(byte[] file, String path) throws InvalidImageException {
        FileContent content = FileContent.of(file).named(path);
        if (content.use() != FileContent.Use.READ) {
            throw new InvalidImageException(content);
        }
    }

    private RgbImage decode(byte[] file) throws InvalidImageException {
        decoded.increment();
        return decoder.decode(file);
    }

    /** How many images were decoded so far. */
    public long decoded() {
        return decoded.sum();
    }
}
