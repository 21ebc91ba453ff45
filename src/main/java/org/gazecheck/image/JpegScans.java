package org.gazecheck.image;

import java.util.Arrays;

/**
 * Reads the Huffman codes of a JPEG file through, without making pixels of them (T.81, annexes F and G): every block must be
 * there, every restart marker in its place, and nothing may be left over. Decoders do not look at that: bytes that are lost in
 * the middle of a scan shift and colour the rest of the image without a warning.
 */
final class JpegScans {
    private static final int SOS = 0xda;
    private static final int EOI = 0xd9;
    private static final int DHT = 0xc4;
    private static final int DRI = 0xdd;
    private static final int PROGRESSIVE = 0xc2;
    private static final int LAST = 63;

    private final byte[] file;
    private final JpegBits.Code[] codes = new JpegBits.Code[32];
    private Component[] components = new Component[0];
    private int width;
    private int height;
    private int widest = 1;
    private int tallest = 1;
    private int interval;
    private boolean progressive;
    private long endOfBlocks;

    /** Part of a frame; {@code stated} has a bit for each coefficient of a block that a progressive scan found not to be zero. */
    private static final class Component {
        private final int id;
        private final int h;
        private final int v;
        private long[] stated = new long[0];

        Component(int id, int h, int v) {
            this.id = id;
            this.h = h;
            this.v = v;
        }
    }

    private JpegScans(byte[] file) {
        this.file = file;
    }

    /** @param file as {@link JpegStructure#plain} gives it */
    static void check(byte[] file) throws InvalidImageException {
        new JpegScans(file).check();
    }

    private void check() throws InvalidImageException {
        int i = 2;
        while (i + 4 <= file.length) {
            int marker = file[i + 1] & 0xff;
            if (marker == EOI) {
                return;
            }
            if (marker <= 1 || marker >= 0xd0 && marker <= 0xd8) {
                i += 2;
                continue;
            }
            int body = i + 4;
            i += 2 + Math.max(2, number(i + 2));
            if (marker >= 0xc0 && marker <= PROGRESSIVE) {
                progressive = marker == PROGRESSIVE;
                frame(body);
            } else if (marker > PROGRESSIVE && marker <= 0xcf && marker != DHT && marker != 0xc8) {
                // Arithmetic codes, lossless and hierarchical files, which the decoder refuses itself.
                return;
            } else if (marker == DHT) {
                tables(body, i);
            } else if (marker == DRI) {
                interval = number(body);
            } else if (marker == SOS) {
                int end = i;
                while (end + 1 < file.length && !endsScan(file[end], file[end + 1] & 0xff)) {
                    end++;
                }
                scan(body, new JpegBits(file, i, end));
                i = end;
            }
        }
    }

    private static boolean endsScan(byte first, int second) {
        return first == -1 && second != 0 && second != 0xff && !(second >= 0xd0 && second <= 0xd7);
    }

    private int number(int at) {
        return (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
    }

    private void frame(int body) throws InvalidImageException {
        height = number(body + 1);
        width = number(body + 3);
        components = new Component[file[body + 5] & 0xff];
        widest = 1;
        tallest = 1;
        for (int c = 0; c < components.length; c++) {
            int factors = file[body + 7 + 3 * c] & 0xff;
            components[c] = new Component(file[body + 6 + 3 * c] & 0xff, factors >> 4, factors & 15);
            widest = Math.max(widest, factors >> 4);
            tallest = Math.max(tallest, factors & 15);
            require(factors >> 4 > 0 && (factors & 15) > 0, "a component without samples");
        }
    }

    private void tables(int from, int to) {
        for (int i = from; i + 17 <= to; ) {
            int kind = file[i] & 0xff;
            byte[] counts = Arrays.copyOfRange(file, i + 1, i + 17);
            int n = 0;
            for (byte count : counts) {
                n += count & 0xff;
            }
            byte[] symbols = Arrays.copyOfRange(file, i + 17, Math.min(to, i + 17 + n));
            codes[(kind >> 4 & 1) * 16 + (kind & 15)] = new JpegBits.Code(counts, symbols);
            i += 17 + n;
        }
    }

    /** What one scan states: coefficients from..to, anew or one more bit of them. */
    private record Band(int from, int to, boolean refines, JpegBits.Code[] dc, JpegBits.Code[] ac) {}

    private void scan(int body, JpegBits bits) throws InvalidImageException {
        int n = file[body] & 0xff;
        Component[] parts = new Component[n];
        JpegBits.Code[] dc = new JpegBits.Code[n];
        JpegBits.Code[] ac = new JpegBits.Code[n];
        for (int k = 0; k < n; k++) {
            int id = file[body + 1 + 2 * k] & 0xff;
            int tables = file[body + 2 + 2 * k] & 0xff;
            parts[k] = Arrays.stream(components)
                    .filter(c -> c.id == id)
                    .findFirst()
                    .orElse(null);
            require(parts[k] != null, "a scan of a component that there is not");
            dc[k] = codes[tables >> 4];
            ac[k] = codes[16 + (tables & 15)];
        }
        Band band = progressive
                ? new Band(
                        file[body + 1 + 2 * n] & 0xff,
                        file[body + 2 + 2 * n] & 0xff,
                        (file[body + 3 + 2 * n] & 0xf0) != 0,
                        dc,
                        ac)
                : new Band(0, LAST, false, dc, ac);
        require(n > 0 && band.from <= band.to && band.to <= LAST, "a scan of no coefficients");
        require(!progressive || band.from == 0 == (band.to == 0), "a scan that mixes means and details");
        require(n == 1 || band.from == 0, "a scan of several components' details");
        for (int k = 0; k < n; k++) {
            boolean needsDc = band.from == 0 && !band.refines;
            require(!needsDc || dc[k] != null, "a scan without its codes");
            require(progressive && band.to == 0 || ac[k] != null, "a scan without its codes");
        }
        if (n == 1) {
            int across = blocks(width * parts[0].h, widest);
            int down = blocks(height * parts[0].v, tallest);
            if (band.from > 0 && parts[0].stated.length != across * down) {
                parts[0].stated = new long[across * down];
            }
            walk(bits, band, (long) across * down, parts, false);
        } else {
            long units = (long) blocks(width, widest) * blocks(height, tallest);
            walk(bits, band, units, parts, true);
        }
    }

    /** How many blocks of 8 samples cover so many samples at a resolution of 1 / factor. */
    private static int blocks(int samples, int factor) {
        return ((samples + factor - 1) / factor + 7) / 8;
    }

    private void walk(JpegBits bits, Band band, long units, Component[] parts, boolean interleaved)
            throws InvalidImageException {
        endOfBlocks = 0;
        int restarts = 0;
        for (int unit = 0; unit < units; unit++) {
            if (interval > 0 && unit > 0 && unit % interval == 0) {
                requireNothingLeft(bits);
                require(bits.restart(restarts++ & 7), "a restart marker is missing or not in its place");
                endOfBlocks = 0;
            }
            for (int k = 0; k < parts.length; k++) {
                int n = interleaved ? parts[k].h * parts[k].v : 1;
                for (int i = 0; i < n; i++) {
                    block(bits, band, k, parts[k], unit);
                }
            }
            require(!bits.overrun(), "the data of a scan end before its last block");
        }
        requireNothingLeft(bits);
    }

    private static void requireNothingLeft(JpegBits bits) throws InvalidImageException {
        int left = bits.left();
        require(left == 0, left + " bytes of a scan belong to no block");
    }

    private void block(JpegBits bits, Band band, int k, Component part, int index) throws InvalidImageException {
        if (band.from == 0) {
            if (band.refines) {
                bits.bits(1);
            } else {
                int size = symbol(bits, band.dc[k]);
                require(size <= 16, "a code that means nothing");
                bits.bits(size);
            }
        }
        if (!progressive) {
            details(bits, band.ac[k]);
        } else if (band.to > 0) {
            if (band.refines) {
                refined(bits, band, k, part, index);
            } else {
                first(bits, band, k, part, index);
            }
        }
    }

    private static void details(JpegBits bits, JpegBits.Code code) throws InvalidImageException {
        for (int i = 1; i <= LAST; i++) {
            int symbol = symbol(bits, code);
            int size = symbol & 15;
            if (size == 0 && symbol != 0xf0) {
                return;
            }
            i += symbol >> 4;
            require(i <= LAST, "a block of more than 64 coefficients");
            bits.bits(size);
        }
    }

    private void first(JpegBits bits, Band band, int k, Component part, int index) throws InvalidImageException {
        if (endOfBlocks > 0) {
            endOfBlocks--;
            return;
        }
        for (int i = band.from; i <= band.to; i++) {
            int symbol = symbol(bits, band.ac[k]);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size == 0 && run < 15) {
                endOfBlocks = (1L << run) - 1 + bits.bits(run);
                return;
            }
            i += run;
            require(i <= band.to, "a block of more coefficients than its scan");
            if (size > 0) {
                bits.bits(size);
                part.stated[index] |= 1L << i;
            }
        }
    }

    private void refined(JpegBits bits, Band band, int k, Component part, int index) throws InvalidImageException {
        int i = band.from;
        long stated = part.stated[index];
        if (endOfBlocks == 0) {
            for (; i <= band.to; i++) {
                int symbol = symbol(bits, band.ac[k]);
                int run = symbol >> 4;
                int size = symbol & 15;
                require(size <= 1, "a code that means nothing");
                bits.bits(size);
                if (size == 0 && run < 15) {
                    endOfBlocks = (1L << run) + bits.bits(run);
                    break;
                }
                for (; i <= band.to; i++) {
                    if ((stated & 1L << i) != 0) {
                        bits.bits(1);
                    } else if (--run < 0) {
                        break;
                    }
                }
                if (size > 0) {
                    require(i <= band.to, "a block of more coefficients than its scan");
                    part.stated[index] |= 1L << i;
                }
            }
        }
        if (endOfBlocks > 0) {
            for (; i <= band.to; i++) {
                bits.bits((stated & 1L << i) != 0 ? 1 : 0);
            }
            endOfBlocks--;
        }
    }

    private static int symbol(JpegBits bits, JpegBits.Code code) throws InvalidImageException {
        int symbol = bits.symbol(code);
        require(symbol >= 0, "a code that means nothing");
        return symbol;
    }

    private static void require(boolean right, String otherwise) throws InvalidImageException {
        if (!right) {
            throw new InvalidImageException("damaged: the JPEG file lost data or was changed (" + otherwise + ")");
        }
    }
}
