package org.gazecheck.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Where the row of each key lies, in some 50 bytes a row whatever the keys' length: a table with open addressing of the first
 * 128 bits of the keys' SHA-256, which no two keys share. Safe from several threads.
 */
final class RowIndex {
    /** No such row. */
    static final long ABSENT = -1;

    private static final int SMALLEST = 1 << 10;

    private long[] high = new long[SMALLEST];
    private long[] low = new long[SMALLEST];
    private long[] places = empty(SMALLEST);
    private int size;

    private static long[] empty(int capacity) {
        long[] places = new long[capacity];
        Arrays.fill(places, ABSENT);
        return places;
    }

    /** Of the row's place, the number of its shard. */
    static int shard(long place) {
        return (int) (place >>> Integer.SIZE);
    }

    /** Of the row's place, its number within the shard. */
    static int row(long place) {
        return (int) place;
    }

    /** A row of the same key is forgotten. */
    synchronized void put(String key, int shard, int row) {
        ByteBuffer digest = digest(key);
        put(digest.getLong(), digest.getLong(), (long) shard << Integer.SIZE | row);
    }

    /** Of shard and row; {@link #ABSENT} where there is none. */
    synchronized long place(String key) {
        ByteBuffer digest = digest(key);
        return places[slot(digest.getLong(), digest.getLong())];
    }

    /** Forgets the rows of some shards. */
    synchronized void removeShards(IntPredicate gone) {
        rebuild(places.length, gone);
    }

    synchronized void clear() {
        rebuild(SMALLEST, shard -> true);
    }

    private void put(long first, long second, long place) {
        int slot = slot(first, second);
        if (places[slot] == ABSENT) {
            size++;
        }
        high[slot] = first;
        low[slot] = second;
        places[slot] = place;
        if (2 * size > places.length) {
            rebuild(2 * places.length, shard -> false);
        }
    }

    private int slot(long first, long second) {
        int mask = places.length - 1;
        int slot = (int) first & mask;
        while (places[slot] != ABSENT && (high[slot] != first || low[slot] != second)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void rebuild(int capacity, IntPredicate gone) {
        long[] firsts = high;
        long[] seconds = low;
        long[] before = places;
        high = new long[capacity];
        low = new long[capacity];
        places = empty(capacity);
        size = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i] != ABSENT && !gone.test(shard(before[i]))) {
                put(firsts[i], seconds[i], before[i]);
            }
        }
    }

    private static ByteBuffer digest(String key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
