package org.gazecheck.data;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * What was made of images, kept in memory as far as a bound allows, so that of all but large data sets each image is
 * decoded once. Safe for several threads.
 *
 * @param <T> never changed by those who ask for it
 */
public final class KeptImages<T> {
    private final long limit;
    private final Reader<T> reader;
    private final ToLongFunction<T> size;
    private final Map<String, T> kept = new ConcurrentHashMap<>();
    private final AtomicLong held = new AtomicLong();

    /** Makes it of an image. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Dataset.Item item) throws IOException;
    }

    /**
     * @param limit of all that is kept, in bytes
     * @param size of what was made of one image, in bytes
     */
    public KeptImages(long limit, Reader<T> reader, ToLongFunction<T> size) {
        this.limit = limit;
        this.reader = reader;
        this.size = size;
    }

    public T of(Dataset.Item item) throws IOException {
        T known = kept.get(item.path());
        if (known != null) {
            return known;
        }
        T made = reader.read(item);
        long bytes = size.applyAsLong(made);
        if (held.addAndGet(bytes) <= limit) {
            kept.put(item.path(), made);
        } else {
            held.addAndGet(-bytes);
        }
        return made;
    }
}
