package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.Framing;
import org.gazecheck.image.Mask;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Network;
import org.gazecheck.results.Split;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Encoding;

/**
 * What a network says of an image as it is, logits and pooled features [classes + d], as {@link ImageFeatures} has it: rows of {@link
 * CompositeRow}, under the same context and keys.
 */
public final class FeaturesRow implements RowKind<RowImage, float[]> {
    private final CompositeRow scores;
    private final ImageLoader images;

    /** @param images decodes them */
    public FeaturesRow(Network network, Preprocessing preprocessing, Engine engine, ImageLoader images) {
        this.scores = CompositeRow.withFeatures(network, preprocessing, engine);
        this.images = images;
    }

    @Override
    public String name() {
        return scores.name();
    }

    @Override
    public String context() {
        return scores.context();
    }

    @Override
    public String key(RowImage image) {
        return image.sha256();
    }

    @Override
    public Encoding encoding() {
        return scores.encoding();
    }

    @Override
    public int rowLength() {
        return scores.rowLength();
    }

    @Override
    public Class<float[]> type() {
        return float[].class;
    }

    @Override
    public RowPass<RowImage, float[]> open(int threads) {
        CompositeRow.Pass pass = scores.open(threads);
        return new RowPass<>() {
            @Override
            public float[] compute(List<RowImage> batch) throws IOException {
                List<Composite> composites = new ArrayList<>();
                for (RowImage image : batch) {
                    composites.add(new Composite.Framed(framed(image)));
                }
                return pass.compute(composites);
            }

            @Override
            public void close() {
                pass.close();
            }
        };
    }

    private SegmentedImage framed(RowImage image) throws IOException {
        RgbImage frame = Framing.frame(images.load(image.file(), image.name()), scores.preprocessing());
        return new SegmentedImage(
                new Dataset.Item(image.name(), Split.TRAIN, image.label(), image.sha256(), Optional.empty()),
                frame,
                Mask.unknown(frame.width(), frame.height()));
    }
}
