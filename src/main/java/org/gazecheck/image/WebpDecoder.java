package org.gazecheck.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * WebP files, of moving ones the first picture. The container is opened here, and sizes are checked before. Lossy pictures are
 * decoded by libwebp as OpenCV holds it, bit for bit as PIL has them; it gets nothing but their bare bit stream. Lossless ones are decoded
 * in Java (TwelveMonkeys), because that libwebp is older than the repair of its lossless decoder (CVE-2023-4863).
 */
final class WebpDecoder {
    private static final int RIFF = 12;
    private static final int CHUNK = 8;
    private static final int FRAME = 16;
    private static final int LOSSLESS = 0x2f;

    private final PixelLimit limit;

    WebpDecoder(PixelLimit limit) {
        this.limit = limit;
    }

    /** A bit stream, and whether it may hold alpha. */
    private record Stream(String kind, byte[] bytes, boolean alpha) {}

    StoredImage decode(byte[] file) throws InvalidImageException {
        int end = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4) + CHUNK;
        if (end < RIFF || end > file.length) {
            throw new InvalidImageException("truncated: the WebP file ends before its last part");
        }
        Map<String, byte[]> chunks = chunks(file, RIFF, end);
        byte[] header = chunks.get("VP8X");
        EnumSet<DecodingNote> notes = EnumSet.noneOf(DecodingNote.class);
        byte[] frame = chunks.get("ANMF");
        RgbImage image;
        if (frame != null && frame.length > FRAME && header != null && header.length >= 10) {
            notes.add(DecodingNote.FIRST_FRAME);
            image = moving(frame, header, notes);
        } else {
            image = picture(stream(chunks), notes);
            if (header != null
                    && (header.length < 10 || size(header, 4) != image.width() || size(header, 7) != image.height())) {
                throw new InvalidImageException("damaged: the WebP file's picture is not as large as its header says");
            }
        }
        return new StoredImage(
                image,
                false,
                Optional.ofNullable(chunks.get("ICCP")),
                Orientation.ofExif(chunks.getOrDefault("EXIF", new byte[0])),
                notes);
    }

    /** What lies beside the first picture is black, as in PIL. */
    private RgbImage moving(byte[] frame, byte[] header, EnumSet<DecodingNote> notes) throws InvalidImageException {
        int width = size(header, 4);
        int height = size(header, 7);
        limit.check(width, height, false);
        RgbImage picture = picture(stream(chunks(frame, FRAME, frame.length)), notes);
        int x = (size(frame, 0) - 1) * 2;
        int y = (size(frame, 3) - 1) * 2;
        if (x + picture.width() > width || y + picture.height() > height) {
            throw new InvalidImageException("damaged: the WebP file's first picture lies outside of its canvas");
        }
        if (picture.width() == width && picture.height() == height) {
            return picture;
        }
        notes.add(DecodingNote.CANVAS);
        byte[] rgb = new byte[width * height * 3];
        for (int row = 0; row < picture.height(); row++) {
            System.arraycopy(
                    picture.rgb(), row * picture.width() * 3, rgb, ((y + row) * width + x) * 3, picture.width() * 3);
        }
        return new RgbImage(width, height, rgb);
    }

    /** The first chunk of each kind. */
    private static Map<String, byte[]> chunks(byte[] bytes, int from, int to) throws InvalidImageException {
        Map<String, byte[]> chunks = new HashMap<>();
        for (int i = from; i + CHUNK <= to; ) {
            int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(i + 4);
            if (length < 0 || length > to - i - CHUNK) {
                throw new InvalidImageException("truncated: a part of the WebP file ends before it should");
            }
            String kind = new String(bytes, i, 4, StandardCharsets.ISO_8859_1);
            chunks.putIfAbsent(kind, Arrays.copyOfRange(bytes, i + CHUNK, i + CHUNK + length));
            i += CHUNK + length + (length & 1);
        }
        return chunks;
    }

    private static Stream stream(Map<String, byte[]> chunks) throws InvalidImageException {
        byte[] lossless = chunks.get("VP8L");
        if (lossless != null) {
            return new Stream("VP8L", lossless, lossless.length > 4 && (lossless[4] & 0x10) != 0);
        }
        byte[] lossy = chunks.get("VP8 ");
        if (lossy == null) {
            throw new InvalidImageException("damaged: the WebP file holds no picture");
        }
        return new Stream("VP8 ", lossy, chunks.containsKey("ALPH"));
    }

    private RgbImage picture(Stream stream, EnumSet<DecodingNote> notes) throws InvalidImageException {
        byte[] bits = stream.bytes;
        ByteBuffer in = ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN);
        int width;
        int height;
        if (bits.length < 10) {
            throw new InvalidImageException("truncated: the WebP file's picture is empty");
        } else if (stream.kind.equals("VP8L")) {
            int sizes = in.getInt(1);
            width = bits[0] == LOSSLESS ? (sizes & 0x3fff) + 1 : 0;
            height = (sizes >> 14 & 0x3fff) + 1;
        } else {
            boolean key = (bits[0] & 1) == 0 && bits[3] == (byte) 0x9d && bits[4] == 1 && bits[5] == 0x2a;
            width = key ? in.getShort(6) & 0x3fff : 0;
            height = in.getShort(8) & 0x3fff;
        }
        limit.check(width, height, false);
        if (stream.alpha) {
            notes.add(DecodingNote.TRANSPARENT);
        }
        byte[] file = alone(stream);
        return stream.kind.equals("VP8L") ? lossless(file, width, height) : lossy(file, width, height);
    }

    /** A file of one bit stream. */
    private static byte[] alone(Stream stream) {
        int length = stream.bytes.length;
        ByteBuffer out =
                ByteBuffer.allocate(RIFF + CHUNK + length + (length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(out.capacity() - CHUNK);
        out.put(("WEBP" + stream.kind).getBytes(StandardCharsets.ISO_8859_1));
        return out.putInt(length).put(stream.bytes).array();
    }

    private static RgbImage lossy(byte[] file, int width, int height) throws InvalidImageException {
        try (BytePointer bytes = new BytePointer(file);
                Mat encoded = new Mat(1, file.length, CV_8UC1, bytes);
                Mat bgr = imdecode(encoded, IMREAD_COLOR | IMREAD_IGNORE_ORIENTATION)) {
            if (bgr.empty() || bgr.cols() != width || bgr.rows() != height) {
                throw new InvalidImageException("damaged: the WebP file cannot be decoded");
            }
            byte[] rgb = new byte[width * height * 3];
            bgr.data().get(rgb);
            for (int i = 0; i < rgb.length; i += 3) {
                byte blue = rgb[i];
                rgb[i] = rgb[i + 2];
                rgb[i + 2] = blue;
            }
            return new RgbImage(width, height, rgb);
        }
    }

    private static RgbImage lossless(byte[] file, int width, int height) throws InvalidImageException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("webp").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in);
            BufferedImage read = reader.read(0);
            if (read.getWidth() != width || read.getHeight() != height) {
                throw new InvalidImageException("damaged: the WebP file cannot be decoded");
            }
            int[] argb = read.getRGB(0, 0, width, height, new int[width * height], 0, width);
            byte[] rgb = new byte[3 * argb.length];
            for (int i = 0; i < argb.length; i++) {
                rgb[3 * i] = (byte) (argb[i] >> 16);
                rgb[3 * i + 1] = (byte) (argb[i] >> 8);
                rgb[3 * i + 2] = (byte) argb[i];
            }
            return new RgbImage(width, height, rgb);
        } catch (InvalidImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new InvalidImageException("damaged: the WebP file cannot be decoded");
        } finally {
            reader.dispose();
        }
    }

    /** 24 bits, of a size less 1. */
    private static int size(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16) + 1;
    }
}
