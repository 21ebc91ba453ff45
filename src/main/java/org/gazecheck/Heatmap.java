package org.gazecheck;

/**
 * Where a model looks: Grad-CAM at the last layer (Selvaraju et al. 2017) before its ReLU. A positive value speaks for
 * the class, a negative one against it; the unit is that of logits, not comparable between models.
 *
 * <p>The map covers what the model sees of the image: resized, and its centre cut out. The value at row {@code y}
 * and column {@code x} belongs to the part {@code [y, y + 1) / height} by {@code [x, x + 1) / width} of that square.
 *
 * @param target the name of the class that is explained
 * @param height rows, such as 7
 * @param width columns, such as 7
 * @param values [height, width], row after row from the top; not copied
 */
public record Heatmap(String target, int height, int width, float[] values) {
    public Heatmap {
        if (values.length != height * width) {
            throw new IllegalArgumentException(values.length + " values of " + height + "x" + width);
        }
    }

    /** The value at a row and a column, from 0. */
    public float at(int y, int x) {
        return values[y * width + x];
    }
}
