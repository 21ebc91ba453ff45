package org.gazecheck.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.evaluate.ScoresRow;

/**
 * What an executor needs to score images; broadcast once.
 *
 * @param context of the rows, which they are checked against
 * @param batch images in a forward pass
 * @param threads of the forward pass
 */
record ScoreJob(String context, ShippedModel model, int batch, int threads) implements Serializable {
    private static final ConcurrentHashMap<String, Opened> OPENED = new ConcurrentHashMap<>();

    /** The network of this virtual machine, shared by its tasks; open as long as it lives. */
    record Opened(ScoresRow kind, ImageScores.Session session) {}

    Opened opened() throws IOException {
        Opened opened = OPENED.get(context);
        if (opened == null) {
            synchronized (OPENED) {
                opened = OPENED.get(context);
                if (opened == null) {
                    opened = open();
                    OPENED.put(context, opened);
                }
            }
        }
        return opened;
    }

    private Opened open() throws IOException {
        ImageScores scores = model.scores();
        ScoresRow kind = new ScoresRow(scores, model.images());
        if (!kind.context().equals(context)) {
            throw new IllegalStateException("an executor's rows would be\n" + kind.context() + "\nand not\n" + context);
        }
        return new Opened(kind, scores.open(threads));
    }
}
