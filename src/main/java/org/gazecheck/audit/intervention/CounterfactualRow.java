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
 * What a network says of a counterfactual image: the object of one image before the background of another, {@link
 * Composite.Pasted}, or one of them alone; of both images the masks are known. Rows are those of {@link CompositeRow}, under the same
 * contexts and keys.
 */
public final class CounterfactualRow implements RowKind<CounterfactualRow.Pair, float[]> {
    private static final RgbImage UNSEEN = new RgbImage(1, 1, new byte[3]);

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
     * @param object of this image; empty for the background alone
     * @param background of this image; empty for the object alone, on plain colour
     */
    public record Pair(Optional<RowImage> object, Optional<RowImage> background) {
        public Pair {
            if (object.isEmpty() && background.isEmpty()) {
                throw new IllegalArgumentException("neither object nor background");
            }
        }

        public Pair(RowImage object, RowImage background) {
            this(Optional.of(object), Optional.of(background));
        }
    }

    @Override
    public String name() {
        return scores.name();
    }

    @Override
    public String context() {
        return scores.context();
    }

    /** Needs the mask's bytes, since its pixels are part of the key, and those of no image. */
    @Override
    public String key(Pair pair) {
        try {
            return composite(pair, image -> UNSEEN).key();
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
                    composites.add(composite(pair, CounterfactualRow.this::frame));
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
        return composite(pair, this::frame).image();
    }

    /** Makes frames of images. */
    private interface Frames {
        RgbImage of(RowImage image) throws IOException;
    }

    private RgbImage frame(RowImage image) throws IOException {
        return Framing.frame(images.load(image.file(), image.name()), scores.preprocessing());
    }

    private Composite composite(Pair pair, Frames frames) throws IOException {
        if (pair.object.isEmpty()) {
            return new Composite.BackgroundOnly(segmented(pair.background.orElseThrow(), frames));
        }
        SegmentedImage object = segmented(pair.object.get(), frames);
        return pair.background.isEmpty()
                ? new Composite.ObjectOnly(object, scores.preprocessing().normalisation())
                : new Composite.Pasted(object, segmented(pair.background.get(), frames));
    }

    private SegmentedImage segmented(RowImage image, Frames frames) throws IOException {
        int size = scores.preprocessing().crop();
        return new SegmentedImage(
                new Dataset.Item(image.name(), Split.TEST, image.label(), image.sha256(), Optional.empty()),
                frames.of(image),
                masks.of(image).orElseGet(() -> Mask.unknown(size, size)));
    }
}
