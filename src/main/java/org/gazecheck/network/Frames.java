package org.gazecheck.network;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;

/**
 * Images as a network takes them. They become numbers where the engine wants them, a few at a time, so that a batch
 * is never held in single precision as a whole.
 *
 * @param images at least one, all of one size
 */
public record Frames(List<RgbImage> images, Normalisation normalisation) {
    private static final int CHANNELS = 3;

    public Frames {
        images = List.copyOf(images);
        int height = images.get(0).height();
        int width = images.get(0).width();
        for (RgbImage image : images) {
            if (image.height() != height || image.width() != width) {
                throw new IllegalArgumentException("an image of " + image.width() + "x" + image.height()
                        + " pixels among some of " + width + "x" + height);
            }
        }
    }

    public int size() {
        return images.size();
    }

    /** [3, h, w]. */
    public int[] rowShape() {
        return new int[] {CHANNELS, images.get(0).height(), images.get(0).width()};
    }

    /** Normalised, [n, 3, h, w]. */
    public Tensor tensor() {
        int[] row = rowShape();
        Tensor tensor = Tensor.of(new float[size() * row[0] * row[1] * row[2]], size(), row[0], row[1], row[2]);
        write(0, size(), FloatBuffer.wrap(tensor.data()));
        return tensor;
    }

    /**
     * Writes some of them, normalised, from the buffer's position on.
     *
     * @param to after the last one
     */
    public void write(int from, int to, FloatBuffer out) {
        for (RgbImage image : images.subList(from, to)) {
            normalisation.write(image, out);
        }
    }

    /** Some of them, in the order of the indices. */
    public Frames select(int[] indices) {
        return new Frames(Arrays.stream(indices).mapToObj(images::get).toList(), normalisation);
    }
}
