package org.gazecheck.evaluate;

import java.util.List;
import java.util.stream.IntStream;
import org.gazecheck.data.Dataset;
import org.gazecheck.explain.ClassMaps;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Frames;
import org.gazecheck.network.Network;

/**
 * What a network says of single images, as rows: of each its logits, the Grad-CAM maps at the last block for the predicted and
 * the true class, and its features. A row {@code [classes + 2 h w + d]} depends on the image's bytes and label alone, whatever
 * else is in the batch; knows neither files nor a store.
 *
 * @param flip whether probabilities are averaged over the image and its mirror image
 */
public record ImageScores(Network network, Preprocessing preprocessing, Engine engine, boolean flip) {
    private static final int VERSION = 3;

    /** The layer that the maps are of. */
    String layer() {
        return network.lastLayer();
    }

    /** Of a map, in cells. */
    int height() {
        return network.outputShape(layer(), preprocessing.crop())[1];
    }

    /** Of a map, in cells. */
    int width() {
        return network.outputShape(layer(), preprocessing.crop())[2];
    }

    /** Everything that a row depends on besides its key. */
    public String context() {
        return String.join(
                "\n",
                "version " + VERSION,
                "network " + network.hash(),
                "engine " + engine,
                preprocessing.identity(),
                "flip " + flip,
                LayerTap.method(network, layer()) + " " + layer());
    }

    /** @param label index of the class, or {@link Dataset#UNLABELLED} */
    public static String key(String sha256, int label) {
        return sha256 + " label " + label;
    }

    /** Numbers in a row. */
    public int rowLength() {
        return network.classes() + 2 * height() * width() + network.features();
    }

    /**
     * Opens the network.
     *
     * @param threads 0: as many as there are cores
     */
    public Session open(int threads) {
        return new Session(this, ClassMaps.open(network, layer(), engine, threads));
    }

    /** An open network; safe for several threads. */
    public static final class Session implements AutoCloseable {
        private final ImageScores scores;
        private final ClassMaps maps;
        private final int classes;
        private final int pair;
        private final int features;

        private Session(ImageScores scores, ClassMaps maps) {
            this.scores = scores;
            this.maps = maps;
            this.classes = scores.network.classes();
            this.pair = 2 * scores.height() * scores.width();
            this.features = scores.network.features();
        }

        /**
         * Logits, map of the predicted class, map of the true class (without a label of the predicted one again), features.
         *
         * @param images framed as the network sees them, [n]
         * @param labels [n]
         * @param out receives [n, rowLength] from {@code offset} on
         */
        public void compute(List<RgbImage> images, int[] labels, float[] out, int offset) {
            MappedScores found = MappedScores.of(
                    maps,
                    new Frames(images, scores.preprocessing.normalisation()),
                    IntStream.of(labels).map(label -> Math.max(0, label)).toArray(),
                    scores.flip);
            for (int i = 0; i < labels.length; i++) {
                int row = offset + i * (classes + pair + features);
                System.arraycopy(found.logits().values(), i * classes, out, row, classes);
                System.arraycopy(found.maps(), i * pair, out, row + classes, pair);
                if (labels[i] == Dataset.UNLABELLED) {
                    System.arraycopy(found.maps(), i * pair, out, row + classes + pair / 2, pair / 2);
                }
                System.arraycopy(found.features(), i * features, out, row + classes + pair, features);
            }
        }

        @Override
        public void close() {
            maps.close();
        }
    }
}
