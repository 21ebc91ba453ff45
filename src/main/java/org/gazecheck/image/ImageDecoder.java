package org.gazecheck.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;

/**
 * The one way from a file to pixels: JPEG, PNG, BMP, GIF, WebP and TIFF (their first picture), upright by their EXIF
 * orientation, as 8-bit sRGB. Colour profiles are applied, alpha is dropped, as PIL's {@code convert("RGB")} does. Strict: a
 * file that is cut off or damaged is refused, never half decoded. Safe for several threads.
 */
public final class ImageDecoder {
    /** Changes when the pixels of a file would. */
    public static final int VERSION = 2;

    private static final int BMP_COMPRESSION = 30;
    private static final int BMP_JPEG = 4;
    private static final int BMP_PNG = 5;
    private static final int RGB = 3;

    /** Of files that are no images of a data set: masks, and what this program wrote itself. Values are as stored. */
    static final ImageDecoder OWN = new ImageDecoder(100_000_000, false);

    private final boolean profiles;
    private final JpegDecoder jpeg;
    private final PngDecoder png;
    private final GifDecoder gif;
    private final JdkReader bmp;
    private final WebpDecoder webp;
    private final TiffDecoder tiff;

    /** @param maxPixels a file whose header says more is refused before it is decoded */
    public ImageDecoder(long maxPixels) {
        this(maxPixels, true);
    }

    private ImageDecoder(long maxPixels, boolean profiles) {
        PixelLimit limit = new PixelLimit(maxPixels);
        this.profiles = profiles;
        this.jpeg = new JpegDecoder(limit);
        this.png = new PngDecoder(limit);
        this.gif = new GifDecoder(limit);
        this.bmp = new JdkReader(ImageFormat.BMP, JdkReader.JDK, limit);
        this.webp = new WebpDecoder(limit);
        this.tiff = new TiffDecoder(limit);
    }

    /** @throws InvalidImageException when the file cannot be decoded; other IOExceptions when it cannot be read */
    public RgbImage decode(Path file) throws IOException {
        return decode(Files.readAllBytes(file));
    }

    /** @param file a whole file's bytes */
    public RgbImage decode(byte[] file) throws InvalidImageException {
        return read(file).image();
    }

    /** The same, and how it was read. */
    public DecodedImage read(byte[] file) throws InvalidImageException {
        ImageFormat format = ImageFormat.of(file).orElseThrow(() -> new InvalidImageException(FileContent.of(file)));
        StoredImage stored =
                switch (format) {
                    case JPEG -> jpeg.decode(file);
                    case PNG -> png.decode(file);
                    case GIF -> gif.decode(file);
                    case BMP -> bmp(file);
                    case WEBP -> webp.decode(file);
                    case TIFF -> tiff.decode(file);
                };
        EnumSet<DecodingNote> notes = EnumSet.noneOf(DecodingNote.class);
        notes.addAll(stored.notes());
        RgbImage image = stored.profile().isPresent() && profiles
                ? profiled(stored, stored.profile().get(), notes)
                : stored.image();
        if (stored.orientation() != StoredImage.UPRIGHT) {
            notes.add(DecodingNote.TURNED);
        }
        return new DecodedImage(Orientation.upright(image, stored.orientation()), format, notes);
    }

    private static RgbImage profiled(StoredImage stored, byte[] icc, EnumSet<DecodingNote> notes) {
        RgbImage image = stored.image();
        Optional<ColourProfile> profile = ColourProfile.of(icc, stored.grey() ? 1 : RGB);
        if (profile.isEmpty()) {
            notes.add(DecodingNote.BROKEN_PROFILE);
            return image;
        }
        if (!profile.get().changes()) {
            return image;
        }
        notes.add(DecodingNote.PROFILE);
        byte[] values = image.rgb();
        if (stored.grey()) {
            values = new byte[image.width() * image.height()];
            for (int i = 0; i < values.length; i++) {
                values[i] = image.rgb()[i * RGB];
            }
        }
        return new RgbImage(image.width(), image.height(), profile.get().convert(values));
    }

    private StoredImage bmp(byte[] file) throws InvalidImageException {
        requireNoneInside(file);
        EnumSet<DecodingNote> notes = EnumSet.noneOf(DecodingNote.class);
        RgbImage image = bmp.image(file, false, warning -> true, buffered -> {
            notes.addAll(StoredSamples.notes(buffered));
            return BufferedImages.toRgb(buffered);
        });
        return new StoredImage(image, false, Optional.empty(), StoredImage.UPRIGHT, notes);
    }

    /** A BMP file can hold a JPEG or PNG file of another size than its header says. */
    private static void requireNoneInside(byte[] file) throws InvalidImageException {
        int kind = file.length > BMP_COMPRESSION ? file[BMP_COMPRESSION] : 0;
        if (kind == BMP_JPEG || kind == BMP_PNG) {
            throw new InvalidImageException(
                    "it is a BMP file with a JPEG or PNG file inside; convert it to JPEG or PNG");
        }
    }
}
