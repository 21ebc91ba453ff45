package org.gazecheck.audit.localisation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.ObjectMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.image.Mask;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.NpyRows;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;

/** Measures where the kept heatmaps lie. */
final class LocalisationAudit {
    private static final int THREADS = 2;
    private static final int AHEAD = 32;

    private final Map<String, Dataset.Item> items = new HashMap<>();
    private final ObjectMasks masks;
    private final Preprocessing preprocessing;
    private final double band;

    private LocalisationAudit(Dataset dataset, ObjectMasks masks, Preprocessing preprocessing, double band) {
        this.masks = masks;
        dataset.items().forEach(item -> items.put(item.path(), item));
        this.preprocessing = preprocessing;
        this.band = band;
    }

    /** The lines of {@code localisation.csv}: two an image, in the order of the predictions. */
    static List<Localisation> measure(
            AuditInputs inputs, ObjectMasks masks, List<Prediction> predictions, Progress progress) throws IOException {
        LocalisationAudit audit = new LocalisationAudit(
                inputs.dataset(),
                masks,
                inputs.preprocessing(),
                inputs.configuration().audit().border());
        masks.prepare(predictions.stream()
                .map(prediction -> audit.items.get(prediction.path()))
                .filter(Objects::nonNull)
                .toList());
        List<Localisation> localisation = new ArrayList<>();
        try (NpyRows predicted = NpyRows.open(inputs.map(MapTarget.PREDICTED));
                NpyRows ofTrue = NpyRows.open(inputs.map(MapTarget.TRUE));
                Prefetcher<List<Localisation>> rows = new Prefetcher<>(
                        THREADS, AHEAD, predictions.size(), i -> audit.rows(predictions.get(i), predicted, ofTrue, i));
                Progress.Task task = progress.start("measure localisation", predictions.size())) {
            while (rows.hasNext()) {
                localisation.addAll(rows.next());
                task.advance(1);
            }
        }
        return localisation;
    }

    private List<Localisation> rows(Prediction prediction, NpyRows predicted, NpyRows ofTrue, int row)
            throws IOException {
        Optional<Mask> mask = mask(prediction);
        double[] measures = LocalisationRow.row(
                predicted.row(row),
                ofTrue.row(row),
                predicted.shape()[1],
                predicted.shape()[2],
                mask,
                preprocessing.crop(),
                band);
        return Stream.of(MapTarget.values())
                .map(target -> LocalisationRow.line(
                        measures, prediction.path(), prediction.sha256(), prediction.split(), target))
                .toList();
    }

    private Optional<Mask> mask(Prediction prediction) throws IOException {
        Dataset.Item item = items.get(prediction.path());
        return item == null ? Optional.empty() : masks.of(item);
    }
}
