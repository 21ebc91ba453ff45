package org.gazecheck.audit;

import java.util.Optional;
import org.gazecheck.explain.Upsampling;
import org.gazecheck.image.Mask;

/**
 * Where a heatmap lies: measures of its positive part {@code E = max(0, L)}, upsampled to the network's input.
 *
 * @param inside share of energy inside the mask, 0..1 (the "energy-based pointing game" of Wang et al. 2020, Score-CAM)
 * @param maskArea share of the image's area that the mask covers, 0..1
 * @param border share of energy within the border band, 0..1
 * @param entropy of the energy over the map's cells, {@code -sum p log p / log cells}, 0 to 1
 */
record AttentionMeasures(double inside, double maskArea, double border, double entropy) {

    /**
     * @param map raw [side, side]; NaN measures where it is nowhere positive
     * @param mask framed as the network sees the image, [size, size]
     * @param size of the network's input in pixels
     * @param band width of the border band, as a share of the side
     */
    static AttentionMeasures of(float[] map, int side, Optional<Mask> mask, int size, double band) {
        double maskArea = mask.map(AttentionMeasures::area).orElse(Double.NaN);
        float[] heat = Upsampling.bilinear(map, side, side, size, size);
        int edge = (int) Math.round(band * size);
        double all = 0;
        double inMask = 0;
        double inBorder = 0;
        for (int i = 0; i < heat.length; i++) {
            double e = Math.max(0, heat[i]);
            int x = i % size;
            int y = i / size;
            all += e;
            inBorder += x < edge || y < edge || x >= size - edge || y >= size - edge ? e : 0;
            inMask += mask.isPresent() && mask.get().foreground()[i] ? e : 0;
        }
        if (all == 0) {
            return new AttentionMeasures(Double.NaN, maskArea, Double.NaN, Double.NaN);
        }
        return new AttentionMeasures(
                mask.isPresent() ? inMask / all : Double.NaN, maskArea, inBorder / all, entropy(map));
    }

    private static double area(Mask mask) {
        int count = 0;
        for (boolean foreground : mask.foreground()) {
            count += foreground ? 1 : 0;
        }
        return (double) count / mask.foreground().length;
    }

    private static double entropy(float[] map) {
        double all = 0;
        for (float value : map) {
            all += Math.max(0, value);
        }
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
