package org.gazecheck.io;

/**
 * How far untrusted archives may be unpacked. What they are to hold, weights and images, hardly compresses:
 * one that grows many times over is a bomb.
 */
public final class Inflation {
    private static final long ALWAYS = 16 << 20;
    private static final long TIMES = 4;

    private Inflation() {}

    /** Bytes that an archive of this many bytes may unpack to in all: 16 MiB, and four times its size. */
    public static long limit(long archive) {
        return ALWAYS + TIMES * archive;
    }
}
