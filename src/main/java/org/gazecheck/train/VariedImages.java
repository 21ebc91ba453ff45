package org.gazecheck.train;

import java.io.IOException;
import java.util.List;
import org.gazecheck.data.Dataset;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * Images of which there are variants: of an image and its variants every epoch draws one, all alike.
 *
 * @param all of what is in {@code train}, and of the variants
 * @param train without the variants
 * @param choices for each of {@code train} the indices in {@code all} of itself and its variants
 */
record VariedImages(BatchSource all, List<Dataset.Item> train, List<int[]> choices, Randomness randomness)
        implements BatchSource {
    @Override
    public int[] shape() {
        return all.shape();
    }

    @Override
    public List<Dataset.Item> val() {
        return all.val();
    }

    @Override
    public void readTrain(int epoch, int index, float[] out, int offset) throws IOException {
        Dataset.Item item = train.get(index);
        int[] of = choices.get(index);
        int drawn = randomness
                .of(Purpose.VARIANT.stream(), epoch, item.path(), item.sha256())
                .nextInt(of.length);
        all.readTrain(epoch, of[drawn], out, offset);
    }

    @Override
    public void readVal(int index, float[] out, int offset) throws IOException {
        all.readVal(index, out, offset);
    }
}
