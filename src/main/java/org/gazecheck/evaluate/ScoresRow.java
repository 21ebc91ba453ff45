package org.gazecheck.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.explain.ClassMaps;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Frames;
import org.gazecheck.network.Network;
import org.gazecheck.results.MapTarget;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Encoding;

/**
 * The one forward pass of evaluation: of an image its logits, in closed form the Grad-CAM maps at the last block for the
 * predicted and the true class (without a label for the predicted one again), and its features:
 * {@code [classes + 2 h w + d]}.
 */
public final class ScoresRow implements RowKind<RowImage, float[]> {
    private static final int VERSION = 3;

    private final Network network;
    private final Preprocessing preprocessing;
    private final Engine engine;
    private final boolean flip;
    private final ImageLoader images;
    private final int height;
    private final int width;

    /**
     * @param flip whether probabilities are averaged over the image and its mirror image
     * @param images decodes them
     */
    public ScoresRow(
            Network network, Preprocessing preprocessing, Engine engine, boolean flip, ImageLoader images) {
        this.network = network;
        this.preprocessing = preprocessing;
        this.engine = engine;
        this.flip = flip;
        this.images = images;
        int[] shape = network.outputShape(network.lastLayer(), preprocessing.crop());
        this.height = shape[1];
        this.width = shape[2];
    }

    @Override
    public String name() {
        return "scores";
    }

    @Override
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

    @Override
    public String key(RowImage image) {
        return key(image.sha256(), image.label());
    }

    /** @param label index of the class, or {@link RowImage#UNLABELLED} */
    public static String key(String sha256, int label) {
        return sha256 + " label " + label;
    }

    @Override
    public Encoding encoding() {
        return Encoding.FLOAT32;
    }

    @Override
    public int rowLength() {
        return classes() + 2 * area() + features();
    }

    @Override
    public Class<float[]> type() {
        return float[].class;
    }

    /** The layer that the maps are of. */
    public String layer() {
        return network.lastLayer();
    }

    public int classes() {
        return network.classes();
    }

    /** Of a map, in cells. */
    public int height() {
        return height;
    }

    /** Of a map, in cells. */
    public int width() {
        return width;
    }

    /** How many features there are. */
    public int features() {
        return network.features();
    }

    private int area() {
        return height * width;
    }

    /** Where a map begins in the row. */
    public int mapFrom(MapTarget target) {
        return classes() + (target == MapTarget.PREDICTED ? 0 : area());
    }

    /** [h, w] of a row. */
    public float[] map(float[] row, MapTarget target) {
        return Arrays.copyOfRange(row, mapFrom(target), mapFrom(target) + area());
    }

    /** Where the features begin in the row. */
    public int featuresFrom() {
        return classes() + 2 * area();
    }

    @Override
    public Pass open(int threads) {
        return new Pass(ClassMaps.open(network, layer(), engine, threads));
    }

    /** As the network sees it. Safe for several threads. */
    public RgbImage frame(RowImage image) throws IOException {
        return images.frame(image.file(), image.name(), preprocessing);
    }

    /** The network, opened. */
    public final class Pass implements RowPass<RowImage, float[]> {
        private final ClassMaps maps;

        private Pass(ClassMaps maps) {
            this.maps = maps;
        }

        @Override
        public float[] compute(List<RowImage> batch) throws IOException {
            List<RgbImage> frames = new ArrayList<>();
            for (RowImage image : batch) {
                frames.add(frame(image));
            }
            float[] rows = new float[Math.multiplyExact(batch.size(), rowLength())];
            score(frames, batch.stream().mapToInt(RowImage::label).toArray(), rows, 0);
            return rows;
        }

        /**
         * @param frames of {@link #frame}
         * @param labels [frames]
         * @param out receives [frames, row length], from {@code offset} on
         */
        public void score(List<RgbImage> frames, int[] labels, float[] out, int offset) {
            MappedScores scores = MappedScores.of(
                    maps,
                    new Frames(frames, preprocessing.normalisation()),
                    IntStream.of(labels).map(label -> Math.max(0, label)).toArray(),
                    flip);
            int pair = 2 * area();
            for (int i = 0; i < labels.length; i++) {
                int row = offset + i * rowLength();
                System.arraycopy(scores.logits().values(), i * classes(), out, row, classes());
                System.arraycopy(scores.maps(), i * pair, out, row + classes(), pair);
                if (labels[i] == RowImage.UNLABELLED) {
                    System.arraycopy(scores.maps(), i * pair, out, row + classes() + pair / 2, pair / 2);
                }
                System.arraycopy(scores.features(), i * features(), out, row + featuresFrom(), features());
            }
        }

        @Override
        public void close() {
            maps.close();
        }
    }
}
