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
import org.gazecheck.config.Configuration;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Prefetcher;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.evaluate.ScoresRow;
import org.gazecheck.io.NpyRows;
import org.gazecheck.network.Engine;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.store.DamagedShardException;
import org.gazecheck.store.Table;

/** Measures where the kept heatmaps lie. Rows that were measured elsewhere and lie in the store are taken from there. */
final class LocalisationAudit {
    private static final int THREADS = 2;
    private static final int AHEAD = 32;

    private final Map<String, Dataset.Item> items = new HashMap<>();
    private final ObjectMasks masks;
    private final int size;
    private final double band;
    private final LocalisationRow kind;
    private final Optional<Table> found;

    private LocalisationAudit(AuditInputs inputs, ObjectMasks masks) throws IOException {
        Configuration configuration = inputs.configuration();
        this.masks = masks;
        inputs.dataset().items().forEach(item -> items.put(item.path(), item));
        this.size = inputs.preprocessing().crop();
        this.band = configuration.audit().border();
        ImageScores scores = new ImageScores(
                inputs.network(),
                inputs.preprocessing(),
                Engine.of(configuration.compute().inference()),
                configuration.evaluate().flip());
        this.kind = new LocalisationRow(new ScoresRow(scores, inputs.dataset().images()), masks.rows(), size, band);
        this.found = inputs.store().find(kind.name(), kind.context(), kind.encoding(), kind.rowLength());
    }

    /** The lines of {@code localisation.csv}: two an image, in the order of the predictions. */
    static List<Localisation> measure(
            AuditInputs inputs, ObjectMasks masks, List<Prediction> predictions, Progress progress) throws IOException {
        LocalisationAudit audit = new LocalisationAudit(inputs, masks);
        try {
            return audit.measure(inputs, predictions, progress);
        } finally {
            if (audit.found.isPresent()) {
                audit.found.get().close();
            }
        }
    }

    private List<Localisation> measure(AuditInputs inputs, List<Prediction> predictions, Progress progress)
            throws IOException {
        masks.prepare(predictions.stream()
                .map(prediction -> items.get(prediction.path()))
                .filter(Objects::nonNull)
                .toList());
        List<Localisation> localisation = new ArrayList<>();
        try (NpyRows predicted = NpyRows.open(inputs.map(MapTarget.PREDICTED));
                NpyRows ofTrue = NpyRows.open(inputs.map(MapTarget.TRUE));
                Prefetcher<List<Localisation>> rows = new Prefetcher<>(
                        THREADS, AHEAD, predictions.size(), i -> rows(predictions.get(i), predicted, ofTrue, i));
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
        Optional<Dataset.Item> item = Optional.ofNullable(items.get(prediction.path()));
        Optional<double[]> kept = item.isPresent() ? found(item.get()) : Optional.empty();
        double[] measures = kept.isPresent()
                ? kept.get()
                : LocalisationRow.row(
                        predicted.row(row),
                        ofTrue.row(row),
                        predicted.shape()[1],
                        predicted.shape()[2],
                        item.isPresent() ? masks.of(item.get()) : Optional.empty(),
                        size,
                        band);
        return Stream.of(MapTarget.values())
                .map(target -> LocalisationRow.line(
                        measures, prediction.path(), prediction.sha256(), prediction.split(), target))
                .toList();
    }

    private Optional<double[]> found(Dataset.Item item) throws IOException {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String key = kind.key(masks.keyed(item));
        if (!found.get().contains(key)) {
            return Optional.empty();
        }
        double[] row = new double[kind.rowLength()];
        try {
            found.get().read(key, row, 0);
            return Optional.of(row);
        } catch (DamagedShardException e) {
            return Optional.empty();
        }
    }
}
