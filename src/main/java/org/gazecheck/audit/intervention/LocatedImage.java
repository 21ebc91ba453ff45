package org.gazecheck.audit.intervention;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.gazecheck.explain.Upsampling;

/**
 * An image with its cells.
 *
 * @param directions [fine cells][d] by {@link CellWhitening}
 * @param contribution [fine cells] to the predicted class
 * @param outside which fine cells lie outside the object
 */
record LocatedImage(
        SegmentedImage image,
        int predicted,
        CellGrid grid,
        float[][] directions,
        float[] contribution,
        BitSet outside) {
    static LocatedImage of(SegmentedImage image, ImageCells cells, CellWhitening whitening) {
        CellGrid coarse = cells.coarse();
        CellGrid fine = cells.fine();
        BitSet outside = new BitSet();
        for (int cell = 0; cell < fine.count(); cell++) {
            outside.set(cell, fine.of(cell, image.frame().width()).isOutside(image));
        }
        float[] contribution =
                Upsampling.bilinear(cells.contribution(), coarse.rows(), coarse.columns(), fine.rows(), fine.columns());
        return new LocatedImage(image, cells.predicted(), fine, whitening.of(cells), contribution, outside);
    }

    static List<LocatedImage> of(List<SegmentedImage> images, List<ImageCells> cells, CellWhitening whitening) {
        return IntStream.range(0, images.size())
                .mapToObj(i -> of(images.get(i), cells.get(i), whitening))
                .toList();
    }

    /** The strongest cells outside the object that speak for the predicted class, and that are the strongest of their neighbours. */
    int[] peaks(int most) {
        return outside.stream()
                .filter(cell -> contribution[cell] > 0)
                .filter(cell -> outside.stream()
                        .noneMatch(other -> grid.apart(cell, other) == 1 && contribution[other] > contribution[cell]))
                .boxed()
                .sorted((a, b) -> Float.compare(contribution[b], contribution[a]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    BitSet outside(BitSet among) {
        BitSet both = (BitSet) outside.clone();
        both.and(among);
        return both;
    }

    /** The share of cells that contribute less than a cell, 0..1. */
    double rank(int cell) {
        int less = 0;
        for (float other : contribution) {
            less += other < contribution[cell] ? 1 : 0;
        }
        return (double) less / contribution.length;
    }

    /** Cosine of a cell and a direction of length 1. */
    double similarity(int cell, double[] direction) {
        float[] of = directions[cell];
        double sum = 0;
        for (int j = 0; j < of.length; j++) {
            sum += of[j] * direction[j];
        }
        return sum;
    }

    /** The cell among some that is most like a direction; -1 where there is none. */
    int mostLike(double[] direction, BitSet among) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int cell = among.nextSetBit(0); cell >= 0; cell = among.nextSetBit(cell + 1)) {
            double like = similarity(cell, direction);
            if (like > most) {
                most = like;
                best = cell;
            }
        }
        return best;
    }

    static double[] unit(double[] sum) {
        double length = Math.sqrt(Arrays.stream(sum).map(v -> v * v).sum());
        return length > 0 ? Arrays.stream(sum).map(v -> v / length).toArray() : sum;
    }
}
