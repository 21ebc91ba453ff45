package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Frames;
import org.gazecheck.network.ImageInput;
import org.gazecheck.network.Tensor;

/**
 * Images that a network is tried with, drawn by chance and always the same: smooth colours with grain. The first may be one that
 * somebody gives.
 */
final class ProbeImages {
    /** Along each edge; the patches are the inner ones. */
    static final int FIELDS = 7;

    private static final int SEED = 20170;
    private static final int KNOTS = 9;
    private static final int GRAIN = 24;
    private static final int GREY = 128;

    private final int side;
    private final Normalisation normalisation;
    private final ImageInput input;
    private final Optional<RgbImage> first;

    ProbeImages(int side, Normalisation normalisation, ImageInput input) {
        this(side, normalisation, input, Optional.empty());
    }

    /** @param first [side, side, 3]; empty: drawn as the others */
    ProbeImages(int side, Normalisation normalisation, ImageInput input, Optional<RgbImage> first) {
        this.side = side;
        this.normalisation = normalisation;
        this.input = input;
        this.first = first;
    }

    /** The place of a patch, in fields from the top left. */
    record Patch(int row, int column) {
        /** Of its middle, as a share of the height. */
        double y() {
            return (row + 0.5) / FIELDS;
        }

        /** Of its middle, as a share of the width. */
        double x() {
            return (column + 0.5) / FIELDS;
        }
    }

    /** All inner ones, row by row. */
    static List<Patch> patches() {
        List<Patch> patches = new ArrayList<>();
        for (int row = 1; row < FIELDS - 1; row++) {
            for (int column = 1; column < FIELDS - 1; column++) {
                patches.add(new Patch(row, column));
            }
        }
        return patches;
    }

    /** In pixels. */
    int side() {
        return side;
    }

    /** Different images, as the model takes them: [count, ...]. */
    Tensor images(int count) {
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(image(i));
        }
        return tensor(images);
    }

    /** The first image, in each row with one patch in grey: [patches, ...]. */
    Tensor greyed(List<Patch> patches) {
        RgbImage image = image(0);
        return tensor(patches.stream().map(patch -> greyed(image, patch)).toList());
    }

    private Tensor tensor(List<RgbImage> images) {
        return input.arrange(new Frames(images, normalisation).tensor());
    }

    private RgbImage greyed(RgbImage image, Patch patch) {
        byte[] rgb = image.rgb().clone();
        int left = patch.column * side / FIELDS;
        int right = (patch.column + 1) * side / FIELDS;
        for (int y = patch.row * side / FIELDS; y < (patch.row + 1) * side / FIELDS; y++) {
            Arrays.fill(rgb, 3 * (y * side + left), 3 * (y * side + right), (byte) GREY);
        }
        return new RgbImage(side, side, rgb);
    }

    private RgbImage image(int which) {
        return which == 0 ? first.orElseGet(() -> drawn(0)) : drawn(which);
    }

    private RgbImage drawn(int which) {
        SplittableRandom random = new SplittableRandom(SEED + which);
        double[] knots = random.doubles((KNOTS + 1) * (KNOTS + 1) * 3L, 0, 255).toArray();
        byte[] rgb = new byte[side * side * 3];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                for (int c = 0; c < 3; c++) {
                    double value = smooth(knots, (double) y * KNOTS / side, (double) x * KNOTS / side, c)
                            + random.nextInt(-GRAIN, GRAIN + 1);
                    rgb[3 * (y * side + x) + c] = (byte) Math.max(0, Math.min(255, Math.round(value)));
                }
            }
        }
        return new RgbImage(side, side, rgb);
    }

    private static double smooth(double[] knots, double y, double x, int channel) {
        int row = (int) y;
        int column = (int) x;
        double below = y - row;
        double right = x - column;
        int at = 3 * (row * (KNOTS + 1) + column) + channel;
        double upper = knots[at] * (1 - right) + knots[at + 3] * right;
        int under = at + 3 * (KNOTS + 1);
        double lower = knots[under] * (1 - right) + knots[under + 3] * right;
        return upper * (1 - below) + lower * below;
    }
}
