package org.gazecheck.download;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.gazecheck.io.Inflation;
import org.gazecheck.io.Printable;

/** Unpacks {@code .tgz} archives that need not be trusted. */
public final class TarGz {
    private static final long MAX_BYTES = 8L << 30;
    private static final long HEADERS = 16 << 20;
    private static final int MAX_ENTRIES = 1_000_000;

    private TarGz() {}

    /**
     * Unpacks into an empty or absent folder. Refuses absolute names, names with {@code ..}, links and devices, and
     * archives that unpack to more than 8 GB, to a million files, or to many times their size.
     */
    public static void unpack(Path archive, Path folder) throws IOException {
        unpack(archive, folder, Math.min(MAX_BYTES, Inflation.limit(Files.size(archive))));
    }

    static void unpack(Path archive, Path folder, long maxBytes) throws IOException {
        Path root = Files.createDirectories(folder).toAbsolutePath().normalize();
        long left = maxBytes;
        int entries = 0;
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
                InputStream bounded =
                        new Bounded(new GzipCompressorInputStream(file, true), maxBytes + HEADERS, archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(bounded)) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                Path target = target(archive, root, entry);
                if (++entries > MAX_ENTRIES) {
                    throw refused(archive, "it holds more than " + MAX_ENTRIES + " files");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    left -= copy(tar, target, left, archive);
                }
            }
        } catch (DownloadException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DownloadException(
                    archive + " cannot be unpacked (" + Printable.of(String.valueOf(e.getMessage())) + "): delete it",
                    e);
        }
    }

    private static Path target(Path archive, Path root, TarArchiveEntry entry) throws DownloadException {
        String name = entry.getName();
        if (entry.isLink()
                || entry.isSymbolicLink()
                || entry.isCharacterDevice()
                || entry.isBlockDevice()
                || entry.isFIFO()) {
            throw refused(archive, "'" + Printable.of(name) + "' is a link or a device");
        }
        Path relative = Path.of(name);
        if (name.startsWith("/") || name.contains("\\") || name.contains(":") || relative.isAbsolute()) {
            throw refused(archive, "'" + Printable.of(name) + "' is not a relative name");
        }
        for (Path part : relative) {
            if (part.toString().equals("..")) {
                throw refused(archive, "'" + Printable.of(name) + "' leads out of the folder");
            }
        }
        return root.resolve(relative).normalize();
    }

    private static long copy(InputStream in, Path target, long left, Path archive) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int n; (n = in.read(buffer)) > 0; ) {
                written += n;
                if (written > left) {
                    throw refused(archive, "it unpacks to more than is allowed");
                }
                out.write(buffer, 0, n);
            }
        }
        return written;
    }

    private static DownloadException refused(Path archive, String reason) {
        return new DownloadException(archive + " is not unpacked: " + reason);
    }

    /** Ends with a refusal where an archive, its long names included, unpacks to more than is allowed. */
    private static final class Bounded extends FilterInputStream {
        private final Path archive;
        private long left;

        Bounded(InputStream in, long most, Path archive) {
            super(in);
            this.left = most;
            this.archive = archive;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            take(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            take(Math.max(0, n));
            return n;
        }

        private void take(int n) throws DownloadException {
            left -= n;
            if (left < 0) {
                throw refused(archive, "it unpacks to more than is allowed");
            }
        }
    }
}
