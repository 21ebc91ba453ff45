package org.gazecheck.audit.localisation;

import java.util.Arrays;
import java.util.Optional;
import org.gazecheck.explain.Upsampling;
import org.gazecheck.image.Mask;

/**
 * Where a heatmap lies: measures of its positive part {@code E = max(0, L)}, upsampled to the network's input. All are NaN
 * where the map is nowhere positive; those that need a mask are NaN without one, and leave out what the mask does not know.
 *
 * @param massAccuracy share of energy inside the mask, 0..1 (the "energy-based pointing game" of Wang et al. 2020, Score-CAM)
 * @param maskArea share of the image's area that the mask covers, 0..1
 * @param borderMass share of energy within the border band, 0..1
 * @param entropy of the energy over the map's cells, {@code -sum p log p / log cells}, 0 to 1
 * @param pointingGame whether the largest value lies inside the mask, 0 or 1 (the pointing game of Zhang et al. 2018, without
 *     tolerance)
 * @param rankAccuracy of as many of the hottest pixels as the mask has, the share that lies inside it, 0..1 (relevance rank
 *     accuracy, Arras et al. 2022); equal pixels count in part
 * @param distance between the centres of energy and of the mask, in sides of the image
 */
record LocalisationMeasures(
        double massAccuracy,
        double maskArea,
        double borderMass,
        double entropy,
        double pointingGame,
        double rankAccuracy,
        double distance) {
    /** Colder than all heat: of pixels that are neither object nor background. */
    private static final float NOWHERE = -1;

    /**
     * @param map raw [height, width]
     * @param mask framed as the network sees the image, [size, size]
     * @param size of the network's input in pixels
     * @param band width of the border band, as a share of the side
     */
    static LocalisationMeasures of(float[] map, int height, int width, Optional<Mask> mask, int size, double band) {
        float[] heat = Upsampling.bilinear(map, height, width, size, size);
        double all = 0;
        double inBorder = 0;
        int edge = (int) Math.round(band * size);
        for (int i = 0; i < heat.length; i++) {
            heat[i] = Math.max(0, heat[i]);
            int x = i % size;
            int y = i / size;
            all += heat[i];
            inBorder += x < edge || y < edge || x >= size - edge || y >= size - edge ? heat[i] : 0;
        }
        double maskArea = mask.map(Mask::area).orElse(Double.NaN);
        if (all == 0) {
            return new LocalisationMeasures(
                    Double.NaN, maskArea, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double borderMass = inBorder / all;
        if (mask.isEmpty() || !(maskArea > 0)) {
            return withoutObject(maskArea, borderMass, entropy(map));
        }
        boolean[] foreground = mask.get().foreground();
        boolean[] unknown = mask.get().unknown();
        double inMask = 0;
        double known = 0;
        int hottest = -1;
        for (int i = 0; i < heat.length; i++) {
            if (unknown[i]) {
                heat[i] = NOWHERE;
                continue;
            }
            known += heat[i];
            inMask += foreground[i] ? heat[i] : 0;
            hottest = hottest < 0 || heat[i] > heat[hottest] ? i : hottest;
        }
        if (known == 0) {
            return withoutObject(maskArea, borderMass, entropy(map));
        }
        return new LocalisationMeasures(
                inMask / known,
                maskArea,
                borderMass,
                entropy(map),
                foreground[hottest] ? 1 : 0,
                rankAccuracy(heat, foreground, mask.get().objectPixels()),
                distance(heat, foreground, size));
    }

    private static LocalisationMeasures withoutObject(double maskArea, double borderMass, double entropy) {
        return new LocalisationMeasures(Double.NaN, maskArea, borderMass, entropy, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * How far two maps lie in the same place: {@code sum min(p, q)} over their cells, p and q the positive parts divided by
     * their sums; 0 (nowhere the same) to 1 (the same). NaN where one is nowhere positive.
     */
    static double overlap(float[] a, float[] b) {
        double sumOfA = positive(a);
        double sumOfB = positive(b);
        if (sumOfA == 0 || sumOfB == 0) {
            return Double.NaN;
        }
        double overlap = 0;
        for (int i = 0; i < a.length; i++) {
            overlap += Math.min(Math.max(0, a[i]) / sumOfA, Math.max(0, b[i]) / sumOfB);
        }
        return overlap;
    }

    private static double rankAccuracy(float[] heat, boolean[] foreground, int wanted) {
        float[] sorted = heat.clone();
        Arrays.sort(sorted);
        float threshold = sorted[sorted.length - wanted];
        int hotter = 0;
        int hotterInside = 0;
        int equal = 0;
        int equalInside = 0;
        for (int i = 0; i < heat.length; i++) {
            if (heat[i] > threshold) {
                hotter++;
                hotterInside += foreground[i] ? 1 : 0;
            } else if (heat[i] == threshold) {
                equal++;
                equalInside += foreground[i] ? 1 : 0;
            }
        }
        return (hotterInside + (double) (wanted - hotter) * equalInside / equal) / wanted;
    }

    private static double distance(float[] heat, boolean[] foreground, int size) {
        double[] energy = new double[3];
        double[] mask = new double[3];
        for (int i = 0; i < heat.length; i++) {
            add(energy, i, size, Math.max(0, heat[i]));
            add(mask, i, size, foreground[i] ? 1 : 0);
        }
        double dx = energy[1] / energy[0] - mask[1] / mask[0];
        double dy = energy[2] / energy[0] - mask[2] / mask[0];
        return Math.hypot(dx, dy) / size;
    }

    private static void add(double[] moments, int pixel, int size, double weight) {
        moments[0] += weight;
        moments[1] += weight * (pixel % size);
        moments[2] += weight * (pixel / size);
    }

    private static double positive(float[] map) {
        double all = 0;
        for (float value : map) {
            all += Math.max(0, value);
        }
        return all;
    }

    private static double entropy(float[] map) {
        double all = positive(map);
        double entropy = 0;
        for (float value : map) {
            if (value > 0) {
                double p = value / all;
                entropy -= p * Math.log(p);
            }
        }
        return all > 0 ? entropy / Math.log(map.length) : Double.NaN;
    }
}
