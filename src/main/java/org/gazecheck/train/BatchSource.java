package org.gazecheck.train;

import java.io.IOException;
import java.util.List;
import org.gazecheck.data.Dataset;

/** Where the fine-tuning's inputs come from. Safe for several threads; what it gives depends on nothing but the arguments. */
sealed interface BatchSource permits CachedActivations, FreshImages, VariedImages {
    /** Sizes [c, h, w] of one input. */
    int[] shape();

    List<Dataset.Item> train();

    List<Dataset.Item> val();

    /**
     * The view of a training image that an epoch sees.
     *
     * @param index into {@link #train}
     * @param out receives [c, h, w] from {@code offset} on
     */
    void readTrain(int epoch, int index, float[] out, int offset) throws IOException;

    /**
     * The plain view of a val image.
     *
     * @param index into {@link #val}
     */
    void readVal(int index, float[] out, int offset) throws IOException;
}
