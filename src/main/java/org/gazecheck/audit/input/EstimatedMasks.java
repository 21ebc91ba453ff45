package org.gazecheck.audit.input;

import java.io.IOException;
import java.util.Optional;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Mask;
import org.gazecheck.image.ObjectEstimate;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.store.Encoding;
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;

/** How estimated masks are kept: a row an image, first whether there is a mask, then eight pixels a number. */
final class EstimatedMasks {
    private static final String KIND = "masks";
    private static final int BITS = 8;

    private EstimatedMasks() {}

    static Table open(Store store, Preprocessing preprocessing) throws IOException {
        return store.open(KIND, context(preprocessing), Encoding.FLOAT16, rowLength(preprocessing));
    }

    /** Empty where none were ever kept. */
    static Optional<Table> find(Store store, Preprocessing preprocessing) throws IOException {
        return store.find(KIND, context(preprocessing), Encoding.FLOAT16, rowLength(preprocessing));
    }

    private static String context(Preprocessing preprocessing) {
        return "version " + ObjectEstimate.VERSION + "\ndecoding " + ImageDecoder.VERSION + "\nshort side "
                + preprocessing.shortSide() + ", crop " + preprocessing.crop();
    }

    private static int rowLength(Preprocessing preprocessing) {
        int size = preprocessing.crop();
        return 1 + (size * size + BITS - 1) / BITS;
    }

    static float[] row(Optional<Mask> mask, int length) {
        float[] row = new float[length];
        if (mask.isPresent()) {
            row[0] = 1;
            boolean[] foreground = mask.get().foreground();
            for (int i = 0; i < foreground.length; i++) {
                row[1 + i / BITS] += foreground[i] ? 1 << i % BITS : 0;
            }
        }
        return row;
    }

    /** [size, size]; empty where no object could be separated from the background. */
    static Optional<Mask> mask(float[] row, int size) {
        if (row[0] == 0) {
            return Optional.empty();
        }
        boolean[] foreground = new boolean[size * size];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = ((int) row[1 + i / BITS] >> i % BITS & 1) == 1;
        }
        return Optional.of(new Mask(size, size, foreground));
    }
}
