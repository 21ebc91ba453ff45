package org.gazecheck.evaluate;

/** Class scores before softmax, an image at a time: {@link Logits} in memory, or rows that lie elsewhere. */
public interface ClassScores {
    int images();

    int classes();

    /**
     * @param row receives the scores of one image, [classes], all finite
     * @throws java.io.UncheckedIOException when they cannot be read
     */
    void read(int image, float[] row);
}
