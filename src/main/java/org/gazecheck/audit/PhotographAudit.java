package org.gazecheck.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Mask;
import org.gazecheck.image.PerceptualHash;
import org.gazecheck.image.PropertyMeasures;
import org.gazecheck.image.RgbImage;
import org.gazecheck.image.SceneDescriptor;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.ImageProperties;

/** Measures what the photographs of a data set are like, without any network. */
public final class PhotographAudit {
    private static final int THREADS = 2;
    private static final int AHEAD = 32;

    private PhotographAudit() {}

    /** Where masks come from. Asked from several threads. */
    @FunctionalInterface
    public interface Masks {
        /** The mask of the whole upright photograph, of any resolution. */
        Optional<Mask> of(Dataset.Item item) throws IOException;
    }

    /**
     * One photograph.
     *
     * @param scene as {@link SceneDescriptor} makes it; empty without mask or scene
     * @param hash as {@link PerceptualHash} makes it
     */
    public record Described(Dataset.Item item, ImageProperties properties, Optional<double[]> scene, long hash) {}

    /** All photographs of all splits, in the data set's order. */
    public static List<Described> describe(Dataset dataset, Masks masks, ImageDecoder decoder, Progress progress)
            throws IOException {
        List<Dataset.Item> items = dataset.items();
        List<Described> described = new ArrayList<>();
        try (Prefetcher<Described> rows = new Prefetcher<>(
                        THREADS, AHEAD, items.size(), i -> describe(dataset, items.get(i), masks, decoder));
                Progress.Task task = progress.start("measure photographs", items.size())) {
            while (rows.hasNext()) {
                described.add(rows.next());
                task.advance(1);
            }
        }
        return described;
    }

    private static Described describe(Dataset dataset, Dataset.Item item, Masks masks, ImageDecoder decoder)
            throws IOException {
        RgbImage photograph = decoder.decode(dataset.file(item));
        Optional<Mask> mask = masks.of(item);
        PropertyMeasures m = PropertyMeasures.of(photograph, mask);
        ImageProperties properties = new ImageProperties(
                item.path(),
                item.sha256(),
                item.split(),
                photograph.width(),
                photograph.height(),
                m.brightness(),
                m.contrast(),
                m.sharpness(),
                m.saturation(),
                m.flowerHue(),
                m.backgroundHue(),
                m.flowerArea(),
                m.flowerX(),
                m.flowerY());
        return new Described(
                item,
                properties,
                mask.flatMap(found -> SceneDescriptor.of(photograph, found)),
                PerceptualHash.of(photograph));
    }
}
