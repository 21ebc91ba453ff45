package org.gazecheck.audit.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.CaptureMeasures;
import org.gazecheck.image.Mask;
import org.gazecheck.image.PerceptualHash;
import org.gazecheck.image.PropertyMeasures;
import org.gazecheck.image.RgbImage;
import org.gazecheck.image.SceneDescriptor;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Split;

/** Measures what the images of a data set are like, without any network. */
public final class DescribedImages {
    private static final int THREADS = 2;
    private static final int AHEAD = 32;

    private final AuditInputs inputs;
    private final ObjectMasks masks;
    private final Set<String> withoutMask = new HashSet<>();

    private DescribedImages(AuditInputs inputs, ObjectMasks masks) {
        this.inputs = inputs;
        this.masks = masks;
    }

    /**
     * One image.
     *
     * @param scene as {@link SceneDescriptor} makes it; empty without mask or scene
     * @param hash as {@link PerceptualHash} makes it
     */
    public record Described(Dataset.Item item, ImageProperties properties, Optional<double[]> scene, long hash) {}

    /**
     * All images of all splits, in the data set's order. Where masks are estimated, those of a sample of train are.
     */
    static List<Described> describe(AuditInputs inputs, ObjectMasks masks, Progress progress) throws IOException {
        DescribedImages described = new DescribedImages(inputs, masks);
        described.prepareMasks();
        List<Dataset.Item> items = inputs.dataset().items();
        List<Described> all = new ArrayList<>();
        try (Prefetcher<Described> rows =
                        new Prefetcher<>(THREADS, AHEAD, items.size(), i -> described.describe(items.get(i)));
                Progress.Task task = progress.start("measure images", items.size())) {
            while (rows.hasNext()) {
                all.add(rows.next());
                task.advance(1);
            }
        }
        return all;
    }

    private void prepareMasks() throws IOException {
        List<Dataset.Item> prepared = new ArrayList<>(inputs.dataset().items());
        if (masks.estimated()) {
            List<Dataset.Item> train = inputs.dataset().of(Split.TRAIN).stream()
                    .filter(item -> item.mask().isEmpty())
                    .toList();
            train.forEach(item -> withoutMask.add(item.path()));
            ImageSample.draw(inputs.randomness(), train, ObjectMasks.OF_TRAIN)
                    .forEach(item -> withoutMask.remove(item.path()));
            prepared.removeIf(item -> withoutMask.contains(item.path()));
        }
        masks.prepare(prepared);
    }

    private Described describe(Dataset.Item item) throws IOException {
        FramedImages.Framed image = inputs.images().framed(item);
        RgbImage frame = image.frame();
        Optional<Mask> mask = withoutMask.contains(item.path()) ? Optional.empty() : masks.of(item);
        PropertyMeasures m = PropertyMeasures.of(frame, mask);
        ImageProperties properties = new ImageProperties(
                item.path(),
                item.sha256(),
                item.split(),
                image.width(),
                image.height(),
                m.brightness(),
                m.contrast(),
                m.sharpness(),
                m.saturation(),
                m.objectHue(),
                m.backgroundHue(),
                m.objectArea(),
                m.objectX(),
                m.objectY(),
                capture(CaptureMeasures.of(image.original(), frame, mask)));
        return new Described(item, properties, mask.flatMap(found -> SceneDescriptor.of(frame, found)), image.hash());
    }

    private static ImageProperties.Capture capture(CaptureMeasures m) {
        return new ImageProperties.Capture(
                m.blur(), m.falloff(), m.castTemperature(), m.castTint(), m.noise(), m.blockiness(), m.quantiser());
    }
}
