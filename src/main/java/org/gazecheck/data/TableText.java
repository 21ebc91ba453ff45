package org.gazecheck.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.io.Printable;

/** The text of a table: UTF-8, or UTF-16 as its first bytes tell. */
final class TableText {
    private static final int LOOKED_AT = 4096;

    private TableText() {}

    /** @throws DataException when the file is no text, told by its first bytes */
    static BufferedReader open(Path file) throws IOException {
        BufferedReader text = Files.newBufferedReader(file, charset(file));
        text.mark(1);
        if (text.read() != '\ufeff') {
            text.reset();
        }
        return text;
    }

    private static Charset charset(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(LOOKED_AT);
        }
        int[] zeros = new int[2];
        for (int i = 0; i < start.length; i++) {
            zeros[i % 2] += start[i] == 0 ? 1 : 0;
        }
        if (begins(start, 0xff, 0xfe) || zeros[0] == 0 && 2 * zeros[1] > start.length / 2) {
            return StandardCharsets.UTF_16LE;
        }
        if (begins(start, 0xfe, 0xff) || zeros[1] == 0 && 2 * zeros[0] > start.length / 2) {
            return StandardCharsets.UTF_16BE;
        }
        if (begins(start, 'P', 'K', 3, 4)) {
            throw new DataException(
                    file + " is a spreadsheet or another zip archive, not a text: save it as CSV in UTF-8");
        }
        if (zeros[0] + zeros[1] > 0) {
            throw new DataException(file + " holds zero bytes and is not a text: save it as CSV in UTF-8");
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean begins(byte[] start, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }

    /** What is to be said of a file that is not in the encoding that {@link #open} found. */
    static DataException notText(Path file) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file))) {
            List<Byte> bytes = new ArrayList<>();
            long number = 1;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    bytes.add((byte) b);
                    continue;
                }
                if (!utf8(bytes)) {
                    break;
                }
                bytes.clear();
                number++;
            }
            return new DataException(file + ", line " + number + " is not UTF-8"
                    + (utf8(bytes) ? "" : " (as Windows-1252 it would be '" + Printable.of(windows(bytes)) + "')")
                    + ": save the table as UTF-8, in a spreadsheet as \"CSV UTF-8\"");
        }
    }

    private static byte[] array(List<Byte> bytes) {
        byte[] array = new byte[bytes.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = bytes.get(i);
        }
        return array;
    }

    private static boolean utf8(List<Byte> line) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array(line)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String windows(List<Byte> line) {
        return new String(array(line), Charset.forName("windows-1252")).strip();
    }
}
