package org.gazecheck.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first directory of a TIFF file (TIFF 6.0), and how many pages there are. */
final class TiffStructure {
    static final int GREY_INVERTED = 0;
    static final int GREY = 1;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int CMYK = 5;
    static final int YCBCR = 6;

    private static final int SUBFILE = 254;
    private static final int BITS = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIPS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int TILES = 324;
    private static final int TILE_BYTES = 325;
    private static final int INK_SET = 332;
    private static final int SAMPLE_FORMAT = 339;
    private static final int PROFILE = 34675;
    private static final int DNG_VERSION = 50706;
    private static final int SENSOR = 32803;
    private static final int LINEAR_RAW = 34892;

    /** A tag that means nothing, in the place of a profile. */
    private static final short PRIVATE = (short) 65001;

    private static final int[] BYTES_OF_TYPE = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    private static final int MOST_PAGES = 10_000;
    private static final int MOST_VALUES = 1 << 24;

    private final byte[] file;
    private final ByteBuffer in;
    private final Map<Integer, Integer> fields = new HashMap<>();
    private int pages;

    private TiffStructure(byte[] file) {
        this.file = file;
        this.in = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    /** @throws InvalidImageException when the first page is none that 8-bit RGB can be made of, or is cut off */
    static TiffStructure of(byte[] file) throws InvalidImageException {
        TiffStructure structure = new TiffStructure(file);
        try {
            structure.read();
        } catch (IndexOutOfBoundsException e) {
            throw new InvalidImageException("truncated: the TIFF file ends before its directory", e);
        }
        structure.requireReadable();
        return structure;
    }

    int photometric() {
        return value(PHOTOMETRIC, GREY);
    }

    int bits() {
        return value(BITS, 1);
    }

    int samples() {
        return value(SAMPLES, 1);
    }

    int pages() {
        return pages;
    }

    int orientation() {
        int orientation = value(ORIENTATION, StoredImage.UPRIGHT);
        return orientation >= 1 && orientation <= 8 ? orientation : StoredImage.UPRIGHT;
    }

    Optional<byte[]> profile() {
        Integer entry = fields.get(PROFILE);
        if (entry == null) {
            return Optional.empty();
        }
        int count = in.getInt(entry + 4);
        int at = in.getInt(entry + 8);
        boolean lies = count > 4 && at >= 0 && count <= file.length - at;
        return Optional.of(lies ? Arrays.copyOfRange(file, at, at + count) : new byte[0]);
    }

    /** The same file, its profile under a tag that no decoder knows. */
    byte[] withoutProfile() {
        Integer entry = fields.get(PROFILE);
        if (entry == null) {
            return file;
        }
        byte[] out = file.clone();
        ByteBuffer.wrap(out).order(in.order()).putShort(entry, PRIVATE);
        return out;
    }

    private void read() {
        Set<Integer> seen = new HashSet<>();
        int at = in.getInt(4);
        directory(at);
        while (at != 0 && pages < MOST_PAGES && seen.add(at)) {
            int entries = in.getShort(at) & 0xffff;
            int kind = 0;
            for (int i = 0; i < entries; i++) {
                int entry = at + 2 + 12 * i;
                kind = (in.getShort(entry) & 0xffff) == SUBFILE ? in.getInt(entry + 8) : kind;
            }
            // Neither a smaller version of another page nor a mask.
            pages += (kind & 5) == 0 ? 1 : 0;
            at = in.getInt(at + 2 + 12 * entries);
        }
    }

    private void directory(int at) {
        int entries = in.getShort(at) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = at + 2 + 12 * i;
            fields.putIfAbsent(in.getShort(entry) & 0xffff, entry);
        }
    }

    private void requireReadable() throws InvalidImageException {
        int photometric = photometric();
        if ((value(SUBFILE, 0) & 1) != 0
                || fields.containsKey(DNG_VERSION)
                || photometric == SENSOR
                || photometric == LINEAR_RAW) {
            throw new InvalidImageException(new FileContent("RAW", FileContent.Use.UNREADABLE));
        }
        int colours =
                switch (photometric) {
                    case GREY_INVERTED, GREY, PALETTE -> 1;
                    case RGB, YCBCR -> 3;
                    case CMYK -> 4;
                    default ->
                        throw unread("its colours are of kind " + photometric + " (neither grey, RGB, YCbCr nor CMYK)");
                };
        if (photometric == CMYK && value(INK_SET, 1) != 1) {
            throw unread("its inks are others than cyan, magenta, yellow and black");
        }
        int samples = samples();
        if (samples < colours || samples > colours + 1) {
            throw unread("it has " + samples + " channels");
        }
        for (int i = 0; i < samples; i++) {
            int format = value(SAMPLE_FORMAT, i, 1);
            int bits = value(BITS, i, 1);
            if (format != 1 && format != 4) {
                throw unread("its values are " + (format == 3 ? "fractions" : "signed or complex numbers"));
            }
            if (bits != bits() || bits != 1 && bits != 4 && bits != 8 && bits != 16) {
                throw unread("its values have " + bits + " bits");
            }
        }
        requireWhole(STRIPS, STRIP_BYTES);
        requireWhole(TILES, TILE_BYTES);
    }

    private static InvalidImageException unread(String why) {
        return new InvalidImageException("it is a TIFF image of a kind that is not read (" + why
                + "): convert it to PNG or JPEG, 8 or 16 bits a channel");
    }

    private void requireWhole(int offsets, int counts) throws InvalidImageException {
        Integer entry = fields.get(offsets);
        if (entry == null) {
            return;
        }
        int n = in.getInt(entry + 4);
        if (n < 0 || n > MOST_VALUES) {
            throw new InvalidImageException("damaged: the TIFF file's directory lists " + n + " parts");
        }
        for (int i = 0; i < n; i++) {
            long from = value(offsets, i, 0) & 0xffffffffL;
            long length = value(counts, i, 0) & 0xffffffffL;
            if (from + length > file.length) {
                throw new InvalidImageException("truncated: the TIFF file ends within its pixels");
            }
        }
    }

    private int value(int tag, int otherwise) {
        return value(tag, 0, otherwise);
    }

    /** One of a tag's values; those of a list that is too short are its last. */
    private int value(int tag, int index, int otherwise) {
        Integer entry = fields.get(tag);
        if (entry == null) {
            return otherwise;
        }
        int type = in.getShort(entry + 2) & 0xffff;
        int count = in.getInt(entry + 4);
        if (type >= BYTES_OF_TYPE.length || count <= 0) {
            return otherwise;
        }
        int bytes = BYTES_OF_TYPE[type];
        long start = (long) count * bytes <= 4 ? entry + 8L : in.getInt(entry + 8) & 0xffffffffL;
        long at = start + (long) Math.min(index, count - 1) * bytes;
        if (at + bytes > file.length) {
            return otherwise;
        }
        return switch (bytes) {
            case 1 -> file[(int) at] & 0xff;
            case 2 -> in.getShort((int) at) & 0xffff;
            default -> in.getInt((int) at);
        };
    }
}
