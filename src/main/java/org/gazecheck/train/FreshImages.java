package org.gazecheck.train;

import java.io.IOException;
import java.util.List;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.KeptImages;
import org.gazecheck.image.RgbImage;

/**
 * Images for training from the first layer on: every epoch draws a new random view of each.
 */
final class FreshImages implements BatchSource {
    private final List<Dataset.Item> train;
    private final List<Dataset.Item> val;
    private final TrainingViews views;
    private final KeptImages<RgbImage> originals;

    FreshImages(KeptImages<RgbImage> originals, List<Dataset.Item> train, List<Dataset.Item> val, TrainingViews views) {
        this.originals = originals;
        this.train = train;
        this.val = val;
        this.views = views;
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
        views.renderFresh(originals.of(item), item, epoch, out, offset);
    }

    @Override
    public void readVal(int index, float[] out, int offset) throws IOException {
        Dataset.Item item = val.get(index);
        views.render(originals.of(item), item, View.PLAIN, out, offset);
    }
}
