package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.audit.input.MaskRows;
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
 * What a network says of a counterfactual image: the object of one image before the background of another, {@link Composite.Pasted}; of
 * both images the masks are known. Rows are those of {@link CompositeRow}, under the same contexts and keys.
 */
public final class CounterfactualRow implements RowKind<CounterfactualRow.Pair, float[]> {
    private final CompositeRow scores;
    private final ImageLoader images;
    private final MaskRows masks;

    /**
     * @param features whether rows are of logits and pooled features [classes + d], or of logits [classes]
     * @param images decodes them
     */
    public CounterfactualRow(
            Network network,
            Preprocessing preprocessing,
            Engine engine,
            boolean features,
            ImageLoader images,
            MaskRows masks) {
        this.scores = features
                ? CompositeRow.withFeatures(network, preprocessing, engine)
                : CompositeRow.ofLogits(network, preprocessing, engine);
        this.images = images;
        this.masks = masks;
    }

    /**
     * What is put together. An image with itself is the control, which has the pasted edge and nothing else.
     *
     * @param donor of the background
     */
    public record Pair(RowImage object, RowImage donor) {}

    @Override
    public String name() {
        return scores.name();
    }

    @Override
    public String context() {
        return scores.context();
    }

    /** Needs the bytes, since a mask's pixels are part of the key. */
    @Override
    public String key(Pair pair) {
        try {
            return composite(pair).key();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    public RowPass<Pair, float[]> open(int threads) {
        CompositeRow.Pass pass = scores.open(threads);
        return new RowPass<>() {
            @Override
            public float[] compute(List<Pair> pairs) throws IOException {
                List<Composite> composites = new ArrayList<>();
                for (Pair pair : pairs) {
                    composites.add(composite(pair));
                }
                return pass.compute(composites);
            }

            @Override
            public void close() {
                pass.close();
            }
        };
    }

    /** [size, size, 3]. */
    public RgbImage image(Pair pair) throws IOException {
        return composite(pair).image();
    }

    private Composite.Pasted composite(Pair pair) throws IOException {
        return new Composite.Pasted(segmented(pair.object), segmented(pair.donor));
    }

    private SegmentedImage segmented(RowImage image) throws IOException {
        RgbImage frame = Framing.frame(images.load(image.file(), image.name()), scores.preprocessing());
        Mask mask = masks.of(image).orElseGet(() -> Mask.unknown(frame.width(), frame.height()));
        return new SegmentedImage(
                new Dataset.Item(image.name(), Split.TEST, image.label(), image.sha256(), Optional.empty()),
                frame,
                mask);
    }
}
