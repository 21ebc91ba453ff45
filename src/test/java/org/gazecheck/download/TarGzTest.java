package org.gazecheck.download;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarGzTest {
    @TempDir
    Path folder;

    @Test
    void filesAreUnpacked() throws IOException {
        TarGz.unpack(archive(file("jpg/a.jpg")), folder.resolve("out"));
        assertEquals("content", Files.readString(folder.resolve("out/jpg/a.jpg")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "jpg/../../a", "/tmp/a", "C:/a", "a\\..\\b"})
    void namesThatLeadOutAreRefused(String name) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        Path archive = archive(entry);
        assertThrows(DownloadException.class, () -> TarGz.unpack(archive, folder.resolve("out")));
        assertFalse(Files.exists(folder.resolve("a")));
    }

    @Test
    void linksAreRefused() throws IOException {
        for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR}) {
            TarArchiveEntry link = new TarArchiveEntry("link", kind);
            link.setLinkName("/etc/passwd");
            Path archive = archive(link);
            String message = assertThrows(DownloadException.class, () -> TarGz.unpack(archive, folder.resolve("out")))
                    .getMessage();
            assertTrue(message.contains("link or a device"), message);
        }
    }

    @Test
    void bombsAndDamagedArchivesAreRefused() throws IOException {
        Path archive = archive(file("a"));
        assertThrows(DownloadException.class, () -> TarGz.unpack(archive, folder.resolve("out"), 3));
        byte[] bytes = Files.readAllBytes(archive);
        Path cut = Files.write(folder.resolve("cut.tgz"), Arrays.copyOf(bytes, bytes.length - 12));
        assertThrows(DownloadException.class, () -> TarGz.unpack(cut, folder.resolve("out")));
        Path text = Files.writeString(folder.resolve("text.tgz"), "not an archive");
        assertThrows(DownloadException.class, () -> TarGz.unpack(text, folder.resolve("out")));
    }

    @Test
    void whatUnpacksToManyTimesItsSizeIsRefused() throws IOException {
        Path zeros = folder.resolve("zeros.tgz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GzipCompressorOutputStream(Files.newOutputStream(zeros)))) {
            TarArchiveEntry entry = file("zeros");
            entry.setSize(50 << 20);
            tar.putArchiveEntry(entry);
            for (int i = 0; i < 50; i++) {
                tar.write(new byte[1 << 20]);
            }
            tar.closeArchiveEntry();
        }
        String message = assertThrows(DownloadException.class, () -> TarGz.unpack(zeros, folder.resolve("out")))
                .getMessage();
        assertTrue(message.contains("more than is allowed"), message);
    }

    /** GNU tar keeps a long name as the content of an entry before, which the library reads into memory. */
    @Test
    void aNameOf100MegabytesIsRefused() throws IOException {
        Path names = folder.resolve("names.tgz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GzipCompressorOutputStream(Files.newOutputStream(names)))) {
            TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            entry.setSize(100 << 20);
            tar.putArchiveEntry(entry);
            for (int i = 0; i < 100; i++) {
                tar.write(new byte[1 << 20]);
            }
            tar.closeArchiveEntry();
        }
        String message = assertThrows(DownloadException.class, () -> TarGz.unpack(names, folder.resolve("out")))
                .getMessage();
        assertTrue(message.contains("more than is allowed"), message);
    }

    private static TarArchiveEntry file(String name) {
        return new TarArchiveEntry(name);
    }

    private Path archive(TarArchiveEntry entry) throws IOException {
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        Path archive = folder.resolve("archive.tgz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GzipCompressorOutputStream(Files.newOutputStream(archive)))) {
            boolean plain = entry.getLinkName().isEmpty();
            entry.setSize(plain ? content.length : 0);
            tar.putArchiveEntry(entry);
            if (plain) {
                tar.write(content);
            }
            tar.closeArchiveEntry();
        }
        return archive;
    }
}
