package org.gazecheck.nightly;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.SeenFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.NightRecord;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;

/**
 * New images that the watched model's network has looked at.
 *
 * @param found all that is new
 * @param inTime those for which there was time
 * @param opened rows of the night's {@code dataset.csv}
 * @param run with their results; empty where none is a usable image
 */
record EvaluatedArrivals(NightArrivals found, NightArrivals inTime, List<DatasetRow> opened, Optional<RunFolder> run) {
    private static final int NAMED = 10;

    /** @param model id of its results */
    NightRecord record(String id, String model, Optional<RecordedRun> baseline, List<String> rules) throws IOException {
        List<Prediction> predictions =
                run.isEmpty() ? List.of() : PredictionsFile.read(run.get().predictions());
        return new NightRecord(
                NightRecord.SCHEMA_VERSION,
                id,
                model,
                baseline.map(RecordedRun::id).orElse(null),
                rules,
                predictions.size(),
                (int) predictions.stream().filter(Prediction::labelled).count(),
                inTime.arrivals().size()
                        - predictions.size()
                        + found.unreadable().size(),
                inTime.duplicates().size(),
                found.arrivals().size() - inTime.arrivals().size(),
                warnings());
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>(inTime.warnings());
        warnings.addAll(found.unreadable());
        List<SeenFile> known = inTime.duplicates();
        if (!known.isEmpty()) {
            warnings.add("known already, under another name or in the data of the model: "
                    + known.stream().limit(NAMED).map(SeenFile::path).collect(Collectors.joining(", "))
                    + (known.size() > NAMED ? " and " + (known.size() - NAMED) + " more" : ""));
        }
        opened.stream()
                .filter(row -> !row.usable())
                .map(row -> row.path() + ": " + row.problem())
                .forEach(warnings::add);
        return warnings;
    }
}
