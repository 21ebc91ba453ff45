package org.gazecheck.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that are read from time to time: a few stay open, and the least recently used is closed when another is wanted. Safe
 * from several threads; what a thread reads from is not closed under it.
 */
final class OpenFiles implements Closeable {
    private final int most;
    private final Map<Path, Opened> files = new LinkedHashMap<>(16, 0.75f, true);

    /** @param most that stay open */
    OpenFiles(int most) {
        this.most = most;
    }

    /** Reads from an open file. */
    @FunctionalInterface
    interface Reading {
        void from(FileChannel channel) throws IOException;
    }

    private static final class Opened {
        final FileChannel channel;
        int readers;
        boolean left;

        Opened(FileChannel channel) {
            this.channel = channel;
        }
    }

    void read(Path file, Reading reading) throws IOException {
        Opened opened = acquire(file);
        try {
            reading.from(opened.channel);
        } finally {
            release(opened);
        }
    }

    /** How many are open. */
    synchronized int count() {
        return files.size();
    }

    private synchronized Opened acquire(Path file) throws IOException {
        Opened opened = files.get(file);
        if (opened == null || !opened.channel.isOpen()) {
            opened = new Opened(FileChannel.open(file, StandardOpenOption.READ));
            files.put(file, opened);
        }
        opened.readers++;
        shrink();
        return opened;
    }

    private void shrink() throws IOException {
        Iterator<Opened> oldest = files.values().iterator();
        while (files.size() > most && oldest.hasNext()) {
            Opened opened = oldest.next();
            if (opened.readers == 0) {
                oldest.remove();
                opened.channel.close();
            }
        }
    }

    private synchronized void release(Opened opened) throws IOException {
        opened.readers--;
        if (opened.left && opened.readers == 0) {
            opened.channel.close();
        }
    }

    /** To be called when another file takes a file's place. */
    synchronized void forget(Path file) throws IOException {
        Opened opened = files.remove(file);
        if (opened != null) {
            leave(opened);
        }
    }

    private static void leave(Opened opened) throws IOException {
        opened.left = true;
        if (opened.readers == 0) {
            opened.channel.close();
        }
    }

    /** Closes all of them, those that are being read as soon as that is done. They are opened again when they are read. */
    @Override
    public synchronized void close() throws IOException {
        List<Opened> all = new ArrayList<>(files.values());
        files.clear();
        for (Opened opened : all) {
            leave(opened);
        }
    }
}
