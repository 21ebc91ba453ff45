package org.gazecheck.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    @TempDir
    Path folder;

    @Test
    void onlyAFewStayOpen_andAllCanBeRead() throws IOException {
        List<FileChannel> seen = new ArrayList<>();
        try (OpenFiles files = new OpenFiles(3)) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 10; i++) {
                    assertEquals(i, read(files, i, seen));
                    assertTrue(files.count() <= 3);
                }
            }
        }
        assertTrue(seen.stream().noneMatch(FileChannel::isOpen));
    }

    @Test
    void whatIsBeingRead_isNotClosed() throws IOException {
        try (OpenFiles files = new OpenFiles(1)) {
            files.read(file(0), channel -> {
                read(files, 1, new ArrayList<>());
                files.close();
                assertTrue(channel.isOpen());
            });
            assertEquals(0, read(files, 0, new ArrayList<>()));
        }
    }

    @Test
    void aChannelThatAnInterruptionClosed_isOpenedAgain() throws IOException {
        try (OpenFiles files = new OpenFiles(1)) {
            files.read(file(7), FileChannel::close);
            assertEquals(7, read(files, 7, new ArrayList<>()));
        }
    }

    @Test
    void anIndexKeepsManyKeys_andForgetsThoseOfAShard() {
        RowIndex index = new RowIndex();
        for (int i = 0; i < 5000; i++) {
            index.put("key " + i, i / 1000, i % 1000);
        }
        index.put("key 17", 4, 5);
        index.removeShards(shard -> shard == 2);
        for (int i = 0; i < 5000; i++) {
            long place = index.place("key " + i);
            if (i / 1000 == 2) {
                assertEquals(RowIndex.ABSENT, place);
            } else if (i != 17) {
                assertEquals(i / 1000, RowIndex.shard(place));
                assertEquals(i % 1000, RowIndex.row(place));
            }
        }
        assertEquals(5, RowIndex.row(index.place("key 17")));
        assertFalse(index.place("key 5000") != RowIndex.ABSENT);
    }

    private int read(OpenFiles files, int number, List<FileChannel> seen) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(1);
        files.read(file(number), channel -> {
            channel.read(content, 0);
            seen.add(channel);
        });
        return content.get(0);
    }

    private Path file(int number) throws IOException {
        Path file = folder.resolve(Integer.toString(number));
        return Files.exists(file) ? file : Files.write(file, new byte[] {(byte) number});
    }
}
