package org.gazecheck.audit.quality;

import java.util.SplittableRandom;
import org.gazecheck.network.Tensor;

/** Maps that know nothing of the image: what a heatmap has to beat. */
final class BaselineMaps {
    private BaselineMaps() {}

    /** Independent uniform values, [1, h, w]. */
    static Tensor random(int h, int w, SplittableRandom random) {
        float[] map = new float[h * w];
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) random.nextDouble();
        }
        return Tensor.of(map, 1, h, w);
    }

    /** A Gaussian in the middle whose standard deviation is a quarter of the side, [1, h, w]. */
    static Tensor centredGaussian(int h, int w) {
        float[] map = new float[h * w];
        for (int i = 0; i < map.length; i++) {
            double y = ((i / w + 0.5) / h - 0.5) * 4;
            double x = ((i % w + 0.5) / w - 0.5) * 4;
            map[i] = (float) Math.exp(-(x * x + y * y) / 2);
        }
        return Tensor.of(map, 1, h, w);
    }
}
