package org.gazecheck.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * GIF files (GIF89a), their first picture on its canvas as PIL's {@code convert("RGB")} gives it: what the picture does not
 * cover has its transparent colour, without one colour 0. Not the JDK's reader: that one knows no canvas, takes files that
 * end within the pixels for whole, and reads interlaced pictures of few rows wrongly.
 */
final class GifDecoder {
    private static final int HEADER = 13;
    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3b;
    private static final int CONTROL = 0xf9;
    private static final int MOST_CODES = 4096;

    private final PixelLimit limit;

    GifDecoder(PixelLimit limit) {
        this.limit = limit;
    }

    StoredImage decode(byte[] file) throws InvalidImageException {
        try {
            return new Reading(file).read();
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
            throw new InvalidImageException("truncated: the GIF file ends before its last part", e);
        }
    }

    /** The first picture, by its place on the canvas. */
    private record Picture(int x, int y, int width, int height, byte[] indexes, byte @Nullable [] palette) {}

    private final class Reading {
        private final byte[] file;
        private final ByteBuffer in;
        private int transparent = -1;

        Reading(byte[] file) {
            this.file = file;
            this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        }

        StoredImage read() throws InvalidImageException {
            in.position(6);
            int width = in.getShort() & 0xffff;
            int height = in.getShort() & 0xffff;
            int flags = in.get();
            in.position(HEADER);
            byte[] global = palette(flags);
            Picture first = null;
            int pictures = 0;
            int colour = -1;
            while (true) {
                int kind = in.get() & 0xff;
                if (kind == TRAILER) {
                    break;
                } else if (kind == EXTENSION) {
                    extension();
                } else if (kind != IMAGE) {
                    throw new InvalidImageException(
                            "damaged: a part of the GIF file is of no known kind (" + kind + ")");
                } else if (pictures++ == 0) {
                    first = picture(width, height);
                    colour = transparent;
                } else {
                    in.position(in.position() + 8);
                    palette(in.get());
                    in.get();
                    skipBlocks();
                }
            }
            if (first == null) {
                throw new InvalidImageException("damaged: the GIF file holds no picture");
            }
            return onCanvas(
                    first,
                    Math.max(width, first.x + first.width),
                    Math.max(height, first.y + first.height),
                    first.palette == null ? global : first.palette,
                    colour,
                    pictures);
        }

        private byte @Nullable [] palette(int flags) {
            if ((flags & 0x80) == 0) {
                return null;
            }
            byte[] palette = new byte[3 << (flags & 7) + 1];
            in.get(palette);
            return palette;
        }

        private void extension() {
            int label = in.get() & 0xff;
            if (label == CONTROL && (in.get(in.position()) & 0xff) >= 4) {
                transparent = (in.get(in.position() + 1) & 1) != 0 ? in.get(in.position() + 4) & 0xff : -1;
            }
            skipBlocks();
        }

        private void skipBlocks() {
            for (int size = in.get() & 0xff; size > 0; size = in.get() & 0xff) {
                in.position(in.position() + size);
            }
        }

        private Picture picture(int canvasWidth, int canvasHeight) throws InvalidImageException {
            int x = in.getShort() & 0xffff;
            int y = in.getShort() & 0xffff;
            int width = in.getShort() & 0xffff;
            int height = in.getShort() & 0xffff;
            limit.check(width, height, false);
            limit.check(Math.max(canvasWidth, x + width), Math.max(canvasHeight, y + height), false);
            int flags = in.get();
            byte[] palette = palette(flags);
            int codeSize = in.get() & 0xff;
            byte[] data = blocks();
            byte[] rows = unpack(data, codeSize, width * height);
            return new Picture(
                    x, y, width, height, (flags & 0x40) == 0 ? rows : deinterlaced(rows, width, height), palette);
        }

        private byte[] blocks() {
            int start = in.position();
            skipBlocks();
            byte[] data = new byte[in.position() - start];
            int length = 0;
            for (int i = start; file[i] != 0; i += (file[i] & 0xff) + 1) {
                System.arraycopy(file, i + 1, data, length, file[i] & 0xff);
                length += file[i] & 0xff;
            }
            return Arrays.copyOf(data, length);
        }
    }

    /** LZW with codes of variable length (GIF89a, appendix F). */
    private static byte[] unpack(byte[] data, int codeSize, int pixels) throws InvalidImageException {
        if (codeSize < 1 || codeSize > 11) {
            throw new InvalidImageException("damaged: the GIF file has codes of " + codeSize + " bits");
        }
        int clear = 1 << codeSize;
        int end = clear + 1;
        int[] prefix = new int[MOST_CODES];
        byte[] last = new byte[MOST_CODES];
        byte[] first = new byte[MOST_CODES];
        int[] length = new int[MOST_CODES];
        for (int code = 0; code < clear; code++) {
            last[code] = first[code] = (byte) code;
            length[code] = 1;
        }
        byte[] out = new byte[pixels];
        int done = 0;
        int next = end + 1;
        int width = codeSize + 1;
        int previous = -1;
        int bits = 0;
        int held = 0;
        int at = 0;
        while (done < pixels) {
            while (held < width) {
                if (at == data.length) {
                    throw cut(done, pixels);
                }
                bits |= (data[at++] & 0xff) << held;
                held += 8;
            }
            int code = bits & (1 << width) - 1;
            bits >>>= width;
            held -= width;
            if (code == clear) {
                next = end + 1;
                width = codeSize + 1;
                previous = -1;
                continue;
            }
            if (code == end) {
                throw cut(done, pixels);
            }
            if (code > next || code == next && previous < 0 || previous < 0 && code >= clear) {
                throw new InvalidImageException("damaged: the GIF file holds a code that means nothing");
            }
            if (previous >= 0 && next < MOST_CODES) {
                prefix[next] = previous;
                first[next] = first[previous];
                last[next] = code == next ? first[previous] : first[code];
                length[next] = length[previous] + 1;
                next++;
                if (next == 1 << width && width < 12) {
                    width++;
                }
            } else if (code >= next) {
                throw new InvalidImageException("damaged: the GIF file holds a code that means nothing");
            }
            int from = done;
            done += length[code];
            for (int c = code, i = done - 1; i >= from; i--, c = prefix[c]) {
                if (i < pixels) {
                    out[i] = last[c];
                }
            }
            previous = code;
        }
        return out;
    }

    private static InvalidImageException cut(int done, int pixels) {
        return new InvalidImageException(
                "truncated: the GIF file's data end after " + done + " of " + pixels + " pixels");
    }

    /** Every eighth row from 0, every eighth from 4, every fourth from 2, every second from 1. */
    private static byte[] deinterlaced(byte[] rows, int width, int height) {
        byte[] out = new byte[rows.length];
        int[][] passes = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
        int from = 0;
        for (int[] pass : passes) {
            for (int y = pass[0]; y < height; y += pass[1], from += width) {
                System.arraycopy(rows, from, out, y * width, width);
            }
        }
        return out;
    }

    private static StoredImage onCanvas(
            Picture picture, int width, int height, byte @Nullable [] palette, int transparent, int pictures) {
        byte[] canvas = new byte[width * height];
        Arrays.fill(canvas, (byte) Math.max(0, transparent));
        for (int y = 0; y < picture.height; y++) {
            System.arraycopy(
                    picture.indexes, y * picture.width, canvas, (picture.y + y) * width + picture.x, picture.width);
        }
        EnumSet<DecodingNote> notes = EnumSet.noneOf(DecodingNote.class);
        if (pictures > 1) {
            notes.add(DecodingNote.FIRST_FRAME);
        }
        if (picture.width < width || picture.height < height) {
            notes.add(DecodingNote.CANVAS);
        }
        byte[] rgb = new byte[canvas.length * 3];
        for (int i = 0; i < canvas.length; i++) {
            int index = canvas[i] & 0xff;
            if (index == transparent) {
                notes.add(DecodingNote.TRANSPARENT);
            }
            for (int c = 0; c < 3; c++) {
                rgb[i * 3 + c] = palette == null ? canvas[i] : index * 3 < palette.length ? palette[index * 3 + c] : 0;
            }
        }
        return new StoredImage(new RgbImage(width, height, rgb), false, Optional.empty(), StoredImage.UPRIGHT, notes);
    }
}
