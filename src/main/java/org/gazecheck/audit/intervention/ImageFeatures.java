package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.data.Dataset;
import org.gazecheck.progress.Progress;

/** What the network makes of images before its head: pooled activations of the last block. */
public final class ImageFeatures {
    private ImageFeatures() {}

    /**
     * @param what they are, for the progress
     * @return [items][d]
     */
    public static float[][] of(AuditInputs inputs, List<Dataset.Item> items, String what, Progress progress)
            throws IOException {
        List<Composite.Whole> images =
                items.stream().map(item -> new Composite.Whole(inputs, item)).toList();
        int classes = inputs.dataset().classes().size();
        try (CompositeScores scores = CompositeScores.withFeatures(inputs)) {
            float[][] rows = scores.of(images, what, progress);
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Arrays.copyOfRange(rows[i], classes, rows[i].length);
            }
            return rows;
        }
    }
}
