package org.gazecheck.nightly;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.gate.NightFinding;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.SeenFile;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.NamedFile;
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

    /**
     * @param model id of its results
     * @param earlier nights before it
     * @param undelivered messages that reached nobody
     * @param told what is odd about the night itself, a sentence each
     */
    NightRecord record(
            String id,
            String model,
            Optional<RecordedRun> baseline,
            List<String> rules,
            int earlier,
            int undelivered,
            List<String> told)
            throws IOException {
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
                found.ignored().size(),
                earlier,
                undelivered,
                found.arrivals().size() - inTime.arrivals().size(),
                warnings(told));
    }

    /** What the audit found among them; empty where none is a usable image. */
    Optional<List<NightFinding>> findings() throws IOException {
        if (run.isEmpty()) {
            return Optional.empty();
        }
        List<Prediction> predictions = PredictionsFile.read(run.get().predictions());
        return Optional.of(NightMeasurements.ofNewImages(
                FindingsFile.read(run.get().findings()), finding -> named(finding, predictions)));
    }

    /** Of label issues all images that are contradicted, of others those that show it. */
    private static List<NamedFile> named(Finding finding, List<Prediction> predictions) {
        Set<String> evidence = Set.copyOf(finding.evidence());
        boolean labels = finding.is(FindingKind.LABEL_ISSUES);
        Set<String> classes = predictions.stream().map(Prediction::label).collect(Collectors.toSet());
        return predictions.stream()
                .filter(p -> evidence.contains(p.path())
                        || labels
                                && p.contradicted()
                                && (!classes.contains(finding.subject())
                                        || finding.subject().equals(p.label())))
                .map(p -> NamedFile.image(p.path(), p.sha256()))
                .toList();
    }

    /** Files behind what is counted or contradicted. */
    Map<MetricId, List<NamedFile>> named() throws IOException {
        Map<MetricId, List<NamedFile>> named = new HashMap<>(inTime.named(opened));
        if (run.isPresent()) {
            named.put(
                    MetricId.of(MetricSet.NEW, MetricRegistry.CONTRADICTED),
                    PredictionsFile.read(run.get().predictions()).stream()
                            .filter(Prediction::contradicted)
                            .map(p -> NamedFile.image(p.path(), p.sha256()))
                            .toList());
        }
        return named;
    }

    private List<String> warnings(List<String> told) {
        List<String> warnings = new ArrayList<>(told);
        warnings.addAll(inTime.warnings());
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
        int left = found.arrivals().size() - inTime.arrivals().size();
        if (left > 0) {
            warnings.add(
                    0,
                    "the time budget (nightly.minutes) ended: "
                            + inTime.arrivals().size() + " of "
                            + found.arrivals().size() + " new images were looked at, drawn at random; the other " + left
                            + " are new to the next night");
        }
        return warnings;
    }
}
