package org.gazecheck.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.RgbImage;
import org.gazecheck.results.MapTarget;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Encoding;

/**
 * The one forward pass of evaluation as a row, from an image's bytes: what {@link ImageScores} says of it, {@code [classes + 2 h w +
 * d]}: logits, map of the predicted class, map of the true class (without a label of the predicted one again), features.
 */
public final class ScoresRow implements RowKind<RowImage, float[]> {
    private final ImageScores scores;
    private final ImageLoader images;
    private final int height;
    private final int width;

    /** @param images decodes them */
    public ScoresRow(ImageScores scores, ImageLoader images) {
        this.scores = scores;
        this.images = images;
        this.height = scores.height();
        this.width = scores.width();
    }

    @Override
    public String name() {
        return "scores";
    }

    @Override
    public String context() {
        return scores.context();
    }

    @Override
    public String key(RowImage image) {
        return ImageScores.key(image.sha256(), image.label());
    }

    @Override
    public Encoding encoding() {
        return Encoding.FLOAT32;
    }

    @Override
    public int rowLength() {
        return scores.rowLength();
    }

    @Override
    public Class<float[]> type() {
        return float[].class;
    }

    /** The layer that the maps are of. */
    public String layer() {
        return scores.layer();
    }

    public int classes() {
        return scores.network().classes();
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
        return scores.network().features();
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

    /** As the network sees it. Safe for several threads. */
    public RgbImage frame(RowImage image) throws IOException {
        return images.frame(image.file(), image.name(), scores.preprocessing());
    }

    @Override
    public RowPass<RowImage, float[]> open(int threads) {
        ImageScores.Session session = scores.open(threads);
        return new RowPass<>() {
            @Override
            public float[] compute(List<RowImage> batch) throws IOException {
                List<RgbImage> frames = new ArrayList<>();
                for (RowImage image : batch) {
                    frames.add(frame(image));
                }
                float[] rows = new float[Math.multiplyExact(batch.size(), rowLength())];
                session.compute(frames, batch.stream().mapToInt(RowImage::label).toArray(), rows, 0);
                return rows;
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }
}
