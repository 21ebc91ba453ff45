package org.gazecheck.evaluate;

import java.util.List;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.image.Augmentation;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Tensor;

/**
 * The scores of a network for framed images.
 *
 * @param forward of the images as they are
 * @param logits [n, classes]; with flip averaging those of image and mirror image together
 */
public record FrameScores(LayerTap.Forward forward, Logits logits) {
    /**
     * @param frames n images, all of one size
     * @param flip whether probabilities are averaged over the image and its mirror image
     */
    public static FrameScores of(LayerTap maps, List<RgbImage> frames, Normalisation normalisation, boolean flip) {
        LayerTap.Forward forward = maps.forward(tensor(frames, normalisation));
        Logits logits = logits(forward);
        if (flip) {
            List<RgbImage> mirrored = frames.stream().map(Augmentation::mirror).toList();
            logits = logits.averagedWith(logits(maps.forward(tensor(mirrored, normalisation))));
        }
        return new FrameScores(forward, logits);
    }

    private static Logits logits(LayerTap.Forward forward) {
        int[] shape = forward.logits().shape();
        return new Logits(shape[0], shape[1], forward.logits().data());
    }

    /** Normalised, [n, 3, h, w]; the frames are all of one size. */
    public static Tensor tensor(List<RgbImage> frames, Normalisation normalisation) {
        int height = frames.get(0).height();
        int width = frames.get(0).width();
        int length = 3 * height * width;
        float[] data = new float[frames.size() * length];
        for (int i = 0; i < frames.size(); i++) {
            normalisation.write(frames.get(i), data, i * length);
        }
        return Tensor.of(data, frames.size(), 3, height, width);
    }
}
