package org.gazecheck.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.gazecheck.explain.ClassMaps;
import org.gazecheck.image.Augmentation;
import org.gazecheck.network.Frames;
import org.gazecheck.network.Tensor;

/**
 * The scores of a network for images, with heatmaps.
 *
 * @param logits [n, classes]; with flip averaging those of image and mirror image together
 * @param features [n, d], of the images as they are
 * @param maps [n, 2, h, w], of the images as they are: of the class that the logits put first, of the true one
 */
record MappedScores(Logits logits, float[] features, float[] maps) {
    /**
     * @param labels [n] true classes
     * @param flip whether probabilities are averaged over the image and its mirror image
     */
    static MappedScores of(ClassMaps maps, Frames frames, int[] labels, boolean flip) {
        ClassMaps.Found found = maps.run(frames, labels);
        Logits logits = logits(found.logits());
        if (!flip) {
            return new MappedScores(
                    logits, found.features().data(), found.maps().data());
        }
        Frames mirrored =
                new Frames(frames.images().stream().map(Augmentation::mirror).toList(), frames.normalisation());
        Logits averaged = logits.averagedWith(logits(maps.run(mirrored, labels).logits()));
        return new MappedScores(
                averaged, found.features().data(), ofBest(averaged, logits, found.maps(), maps, frames));
    }

    /** Where the mirror image turned the decision, the map of the class that it was turned to. */
    private static float[] ofBest(Logits averaged, Logits plain, Tensor found, ClassMaps maps, Frames frames) {
        int[] turned = IntStream.range(0, frames.size())
                .filter(i -> averaged.best(i) != plain.best(i))
                .toArray();
        if (turned.length == 0) {
            return found.data();
        }
        int[] targets = Arrays.stream(turned).map(averaged::best).toArray();
        float[] again = maps.run(frames.select(turned), targets).maps().data();
        float[] corrected = found.data().clone();
        int area = found.size() / frames.size() / 2;
        for (int i = 0; i < turned.length; i++) {
            System.arraycopy(again, (2 * i + 1) * area, corrected, 2 * turned[i] * area, area);
        }
        return corrected;
    }

    private static Logits logits(Tensor tensor) {
        return new Logits(tensor.shape()[0], tensor.shape()[1], tensor.data());
    }
}
