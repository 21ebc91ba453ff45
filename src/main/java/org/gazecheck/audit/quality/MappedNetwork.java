package org.gazecheck.audit.quality;

import java.util.List;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Tensor;

/** A network with its heatmap methods, as the tests of heatmaps see it. */
interface MappedNetwork {
    /**
     * @param images as the network sees them, all of one size
     * @return logits [n, classes]
     */
    Tensor logits(List<RgbImage> images);

    /**
     * @param targets [n] the class that each map explains
     * @return for each method, always in the same order, raw maps [n, h, w]
     */
    List<Tensor> maps(List<RgbImage> images, int[] targets);
}
