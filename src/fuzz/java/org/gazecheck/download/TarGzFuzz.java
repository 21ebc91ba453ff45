package org.gazecheck.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.gazecheck.fuzz.Scratch;

/** Input: a gzip file (it begins with its signature), or the tar archive in one. */
public final class TarGzFuzz {
    private TarGzFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        boolean gzip = data.length > 1 && data[0] == 0x1f && data[1] == (byte) 0x8b;
        try {
            TarGz.unpack(Scratch.file("a.tgz", gzip ? data : gzip(data)), Scratch.folder("out"), 1 << 20);
        } catch (DownloadException expected) {
            // told in one line
        }
        if (!Scratch.strangers("a.tgz", "out").isEmpty()) {
            throw new IllegalStateException("written outside its folder: " + Scratch.strangers("a.tgz", "out"));
        }
    }

    public static byte[][] seeds() throws IOException {
        byte[] tar = tar();
        return new byte[][] {tar, gzip(tar)};
    }

    private static byte[] gzip(byte[] tar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(tar);
        }
        return bytes.toByteArray();
    }

    private static byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (String name : List.of("jpg/", "jpg/a.jpg", "jpg/" + "long/".repeat(30) + "b.jpg")) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(name.endsWith("/") ? 0 : 3);
                tar.putArchiveEntry(entry);
                tar.write(new byte[(int) entry.getSize()]);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
