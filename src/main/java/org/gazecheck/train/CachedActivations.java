package org.gazecheck.train;

import java.io.IOException;
import java.util.List;
import org.gazecheck.data.Dataset;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Table;

/**
 * Kept activations of the stage before the first trained one; of an image's views every epoch draws one.
 *
 * @param shape [c, h, w] of one row
 * @param kept the views that are kept of every training image
 */
record CachedActivations(
        Table table,
        int[] shape,
        List<Dataset.Item> train,
        List<Dataset.Item> val,
        List<View> kept,
        TrainingViews views,
        Randomness randomness)
        implements BatchSource {

    @Override
    public void readTrain(int epoch, int index, float[] out, int offset) throws IOException {
        Dataset.Item item = train.get(index);
        int drawn = randomness
                .of(Purpose.CACHED_VIEW.stream(), epoch, item.path(), item.sha256())
                .nextInt(kept.size());
        table.read(views.key(item, kept.get(drawn)), out, offset);
    }

    @Override
    public void readVal(int index, float[] out, int offset) throws IOException {
        table.read(views.key(val.get(index), View.PLAIN), out, offset);
    }
}
