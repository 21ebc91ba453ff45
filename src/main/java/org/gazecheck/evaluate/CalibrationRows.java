package org.gazecheck.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a temperature is fitted on: rows of images, of which one image may give several. These are no independent witnesses, so that what
 * is shown is shown by image.
 *
 * @param logits [rows, classes]
 * @param labels [rows]
 * @param weights [rows] of each row's log loss; on average 1 an image, so that the sum over an image's rows is its part of the mean
 * @param images [rows] number of the image that a row is of, from 0 on
 */
public record CalibrationRows(ClassScores logits, int[] labels, double[] weights, int[] images) {
    public CalibrationRows {
        int n = logits.images();
        if (n == 0 || labels.length != n || weights.length != n || images.length != n) {
            throw new IllegalArgumentException(
                    labels.length + " labels, " + weights.length + " weights, " + images.length + " images for " + n);
        }
    }

    /** Images that give one row each, all of the same weight. */
    static CalibrationRows of(ClassScores logits, int[] labels) {
        double[] weights = new double[logits.images()];
        Arrays.fill(weights, 1);
        return new CalibrationRows(
                logits, labels, weights, IntStream.range(0, weights.length).toArray());
    }

    /** [images][rows of the image]. */
    int[][] byImage() {
        int[] counts = new int[Arrays.stream(images).max().orElseThrow() + 1];
        for (int image : images) {
            counts[image]++;
        }
        int[][] rows = new int[counts.length][];
        for (int row = images.length - 1; row >= 0; row--) {
            int image = images[row];
            if (rows[image] == null) {
                rows[image] = new int[counts[image]];
            }
            rows[image][--counts[image]] = row;
        }
        return rows;
    }
}
