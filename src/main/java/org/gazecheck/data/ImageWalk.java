package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images among files and folders, one after the other: a file that is named counts whatever it is called; a folder
 * is walked into, sorted, and of what lies in it only files count whose names are those of images. Links are followed
 * (not back to a folder above), {@link Litter} is passed over. No more is held in memory than the names in the folders on
 * the way to the current one.
 */
public final class ImageWalk implements Iterator<ImageWalk.Found> {
    private final Iterator<Path> named;
    private final Deque<Folder> open = new ArrayDeque<>();
    private final Litter litter = new Litter();
    private boolean foundAny;
    private @Nullable Found next;

    /**
     * A file.
     *
     * @param problem why it cannot be read; absent where it can
     */
    public record Found(Path file, @Nullable String problem) {}

    private record Folder(Path path, Path real, Iterator<Path> entries) {}

    /** @param named files and folders, in the order in which they are walked */
    public ImageWalk(List<Path> named) {
        this.named = List.copyOf(named).iterator();
        this.next = find();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Found next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        Found found = next;
        next = find();
        return found;
    }

    /** A sentence on images that were passed over so far, if there are any. */
    public Optional<String> passedOver() {
        return litter.holdsImages() ? litter.told() : Optional.empty();
    }

    private @Nullable Found find() {
        while (true) {
            Found found = null;
            if (open.isEmpty()) {
                if (!named.hasNext()) {
                    return null;
                }
                foundAny = false;
                found = named(named.next());
            } else if (open.peek().entries.hasNext()) {
                found = entry(open.peek().entries.next());
            } else {
                Path path = open.pop().path;
                if (open.isEmpty() && !foundAny) {
                    found = new Found(path, "the folder holds no image");
                }
            }
            if (found != null) {
                foundAny = true;
                return found;
            }
        }
    }

    private @Nullable Found named(Path path) {
        if (Files.isDirectory(path)) {
            return enter(path);
        }
        if (!Files.exists(path)) {
            return new Found(path, "no such file or folder");
        }
        return new Found(path, Files.isRegularFile(path) ? null : "not a regular file");
    }

    private @Nullable Found entry(Path path) {
        if (Litter.is(path)) {
            litter.add(path);
            return null;
        }
        if (Files.isDirectory(path)) {
            return enter(path);
        }
        if (!Names.isImage(path)) {
            return null;
        }
        if (!Files.exists(path)) {
            return new Found(path, "the link leads nowhere");
        }
        return new Found(path, Files.isRegularFile(path) ? null : "not a regular file");
    }

    private @Nullable Found enter(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (open.stream().noneMatch(above -> above.real.equals(real))) {
                try (Stream<Path> entries = Files.list(folder)) {
                    open.push(new Folder(folder, real, entries.sorted().toList().iterator()));
                }
            }
            return null;
        } catch (IOException e) {
            return new Found(folder, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
