package org.gazecheck.train;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.RgbImage;

/**
 * Images for training from the first layer on: every epoch draws a new random view of each. Decoded images stay in
 * memory as far as a bound allows; of a small data set each is decoded once.
 */
final class FreshImages implements BatchSource {
    private final Dataset dataset;
    private final List<Dataset.Item> train;
    private final List<Dataset.Item> val;
    private final TrainingViews views;
    private final ImageDecoder decoder;
    private final long memoryLimit;
    private final Map<String, RgbImage> decoded = new ConcurrentHashMap<>();
    private final AtomicLong held = new AtomicLong();

    /** @param memoryLimit bytes of decoded images that are kept */
    FreshImages(
            Dataset dataset,
            List<Dataset.Item> train,
            List<Dataset.Item> val,
            TrainingViews views,
            ImageDecoder decoder,
            long memoryLimit) {
        this.dataset = dataset;
        this.train = train;
        this.val = val;
        this.views = views;
        this.decoder = decoder;
        this.memoryLimit = memoryLimit;
    }

    @Override
    public int[] shape() {
        return new int[] {3, views.size(), views.size()};
    }

    @Override
    public List<Dataset.Item> train() {
        return train;
    }

    @Override
    public List<Dataset.Item> val() {
        return val;
    }

    @Override
    public void readTrain(int epoch, int index, float[] out, int offset) throws IOException {
        Dataset.Item item = train.get(index);
        views.renderFresh(original(item), item, epoch, out, offset);
    }

    @Override
    public void readVal(int index, float[] out, int offset) throws IOException {
        Dataset.Item item = val.get(index);
        views.render(original(item), item, View.PLAIN, out, offset);
    }

    private RgbImage original(Dataset.Item item) throws IOException {
        RgbImage known = decoded.get(item.path());
        if (known != null) {
            return known;
        }
        RgbImage image = decoder.decode(dataset.file(item));
        long bytes = image.rgb().length;
        if (held.addAndGet(bytes) <= memoryLimit) {
            decoded.put(item.path(), image);
        } else {
            held.addAndGet(-bytes);
        }
        return image;
    }
}
