package org.gazecheck.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.audit.input.KeptMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.report.MaskSource;
import org.gazecheck.results.Prediction;

/** The masks of a run's predictions, as its audit had them. */
final class ReportMasks implements MaskSource, Closeable {
    private final KeptMasks kept;
    private final boolean wanted;
    private final List<Prediction> predictions;
    private final Map<String, Dataset.Item> items = new HashMap<>();

    private ReportMasks(KeptMasks kept, boolean wanted, List<Prediction> predictions, Dataset dataset) {
        this.kept = kept;
        this.wanted = wanted;
        this.predictions = predictions;
        dataset.items().forEach(item -> items.put(item.path(), item));
    }

    static ReportMasks open(Run run, Preprocessing preprocessing, List<Prediction> predictions) throws IOException {
        KeptMasks kept = KeptMasks.open(run.dataset(), preprocessing, run.store(), run.configuration());
        return new ReportMasks(kept, run.configuration().audit().estimateMasks(), predictions, run.dataset());
    }

    @Override
    public Origin origin() {
        if (kept.given()) {
            return kept.estimated() ? Origin.BOTH : Origin.GIVEN;
        }
        return kept.estimated() ? Origin.ESTIMATED : Origin.NONE;
    }

    @Override
    public String missing() {
        if (origin() != Origin.NONE) {
            return "";
        }
        return wanted
                ? "the estimates of the audit are no longer in the cache; audit the run again"
                : "the data have none, and audit.estimateMasks is off";
    }

    @Override
    public Sight mask(int row) {
        Dataset.Item item = items.get(predictions.get(row).path());
        if (item == null || origin() == Origin.NONE || !kept.knows(item)) {
            return new Unseen(
                    switch (origin()) {
                        case GIVEN -> "none is given for this image";
                        case BOTH -> "none is given for this image, and its estimate is no longer in the cache";
                        case ESTIMATED -> "its estimate is no longer in the cache";
                        case NONE -> missing();
                    });
        }
        try {
            Optional<Mask> mask = kept.of(item);
            return mask.isPresent()
                    ? new Seen(mask.get())
                    : new Unseen("the estimate does not separate object and background");
        } catch (IOException e) {
            return new Unseen("it cannot be read any more (" + e.getMessage() + ")");
        }
    }

    @Override
    public void close() throws IOException {
        kept.close();
    }
}
