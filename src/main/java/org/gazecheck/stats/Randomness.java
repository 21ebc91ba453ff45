package org.gazecheck.stats;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/**
 * The only source of random numbers: every generator is derived from what it is for, so that a draw depends neither on
 * the order of the work nor on what was drawn before.
 */
public final class Randomness {
    private final long seed;

    public Randomness(long seed) {
        this.seed = seed;
    }

    /** For what concerns all images of an epoch: their order, their mixing. */
    public SplittableRandom of(RandomStream stream, int epoch) {
        return derive(stream, epoch, "", "");
    }

    /** For what concerns one image in one epoch (or view). */
    public SplittableRandom of(RandomStream stream, int epoch, String path, String sha256) {
        return derive(stream, epoch, path, sha256);
    }

    private SplittableRandom derive(RandomStream stream, int epoch, String path, String sha256) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(12).putLong(seed).putInt(epoch).array());
            for (String part : new String[] {stream.id(), path, sha256}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return new SplittableRandom(ByteBuffer.wrap(digest.digest()).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
