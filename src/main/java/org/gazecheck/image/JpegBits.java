package org.gazecheck.image;

/** The bits of a JPEG scan's entropy-coded data, up to its end or its next restart marker (T.81, annex F.1.2.3). */
final class JpegBits {
    private static final int LOOKED_UP = 9;

    private final byte[] file;
    private final int end;
    private int at;
    private long held;
    private int count;
    private int borrowed;

    JpegBits(byte[] file, int from, int end) {
        this.file = file;
        this.at = from;
        this.end = end;
    }

    /** A Huffman code: symbols by code, for short codes at once. */
    static final class Code {
        /** [first 9 bits]: length * 256 + symbol; 0 where the code is longer. */
        private final short[] lookup = new short[1 << LOOKED_UP];

        private final int[] last = new int[18];
        private final int[] offset = new int[17];
        private final byte[] symbols;

        /**
         * @param counts [16], codes of each length
         * @param symbols in the order of their codes
         */
        Code(byte[] counts, byte[] symbols) {
            this.symbols = symbols;
            int code = 0;
            int index = 0;
            for (int length = 1; length <= 16; length++) {
                int n = counts[length - 1] & 0xff;
                offset[length] = index - code;
                for (int i = 0; i < n && length <= LOOKED_UP && index + i < symbols.length; i++) {
                    int first = code + i << LOOKED_UP - length;
                    for (int k = 0; k < 1 << LOOKED_UP - length && first + k < lookup.length; k++) {
                        lookup[first + k] = (short) (length << 8 | symbols[index + i] & 0xff);
                    }
                }
                code += n;
                index += n;
                last[length] = n == 0 ? -1 : code - 1;
                code <<= 1;
            }
        }
    }

    /** The next symbol; -1 where no code begins like this. */
    int symbol(Code code) {
        fill();
        int found = code.lookup[(int) (held >>> count - LOOKED_UP) & (1 << LOOKED_UP) - 1];
        if (found != 0) {
            count -= found >> 8;
            return found & 0xff;
        }
        for (int length = 1; length <= 16; length++) {
            int value = (int) (held >>> count - length) & (1 << length) - 1;
            if (value <= code.last[length]) {
                count -= length;
                int index = value + code.offset[length];
                return index >= 0 && index < code.symbols.length ? code.symbols[index] & 0xff : -1;
            }
        }
        return -1;
    }

    /** @param n 0..16 */
    int bits(int n) {
        fill();
        count -= n;
        return (int) (held >>> count) & (1 << n) - 1;
    }

    /** Whether more bits were asked for than there are. */
    boolean overrun() {
        return count < borrowed;
    }

    /** How many bytes other than zero lie between here and the next marker. */
    int left() {
        int n = 0;
        int whole = Math.max(0, count - borrowed) / 8;
        for (int i = 0; i < whole; i++) {
            n += (held >>> borrowed + 8 * i & 0xff) != 0 ? 1 : 0;
        }
        while (!atMarker()) {
            n += file[at] != 0 ? 1 : 0;
            at += file[at] == -1 ? 2 : 1;
        }
        return n;
    }

    /** Goes on behind the restart marker of this number, 0..7; false where another thing stands here. */
    boolean restart(int number) {
        int i = at;
        while (i + 1 < end && file[i] == -1 && file[i + 1] == -1) {
            i++;
        }
        if (i + 1 >= end || file[i] != -1 || (file[i + 1] & 0xff) != 0xd0 + number) {
            return false;
        }
        at = i + 2;
        held = 0;
        count = 0;
        borrowed = 0;
        return true;
    }

    private boolean atMarker() {
        return at >= end || file[at] == -1 && (at + 1 >= end || file[at + 1] != 0);
    }

    private void fill() {
        while (count <= 48) {
            int next = 0;
            if (atMarker()) {
                borrowed += 8;
            } else {
                next = file[at] & 0xff;
                at += next == 0xff ? 2 : 1;
            }
            held = held << 8 | next;
            count += 8;
        }
    }
}
