package org.gazecheck.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.opencsv.CSVWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.CsvText;
import org.gazecheck.results.Figure;
import org.jspecify.annotations.Nullable;

/** A history for other programs. */
public final class HistoryText {
    private static final List<String> HEADER = List.of(
            "id",
            "started",
            "ended",
            "name",
            "outcome",
            "exit_code",
            "baseline",
            "folder",
            "model",
            "data",
            "versions",
            "machine",
            "seconds",
            "findings",
            "findings_high",
            "sign_off");

    private HistoryText() {}

    /**
     * CSV (RFC 4180), a line for each run, the newest first: what {@link RecordedRun} has, then for every figure over all
     * classes its value and the ends of its interval ({@code test.top1,test.top1_low,test.top1_high}), empty where there
     * is none.
     */
    public static void csv(Writer out, History history) throws IOException {
        List<MetricId> ids = MetricId.all().stream()
                .filter(id ->
                        history.runs().stream().anyMatch(run -> run.figure(id).isPresent()))
                .toList();
        CSVWriter csv = new CSVWriter(out, ',', '"', '"', "\n");
        List<String> header = new ArrayList<>(HEADER);
        ids.forEach(id -> header.addAll(List.of(id.text(), id.text() + "_low", id.text() + "_high")));
        csv.writeNext(header.toArray(String[]::new), false);
        Optional<String> baseline = history.baseline().map(RecordedRun::id);
        for (RecordedRun run : history.runs()) {
            List<String> cells = cells(run, baseline);
            cells.add(
                    history.signOff(run).map(signed -> signed.decision().text()).orElse(""));
            for (MetricId id : ids) {
                Optional<Figure> figure = run.figure(id);
                cells.add(figure.map(f -> number(f.value())).orElse(""));
                cells.add(figure.map(f -> number(f.low())).orElse(""));
                cells.add(figure.map(f -> number(f.high())).orElse(""));
            }
            csv.writeNext(cells.stream().map(CsvText::written).toArray(String[]::new), false);
        }
        csv.flush();
        if (csv.checkError()) {
            throw csv.getException();
        }
    }

    private static List<String> cells(RecordedRun run, Optional<String> baseline) {
        long high = run.findings().stream()
                .filter(f -> f.severity().text().equals("high"))
                .count();
        return new ArrayList<>(List.of(
                run.id(),
                run.started().toString(),
                run.ended().toString(),
                run.name(),
                run.outcome().text(),
                Integer.toString(run.exitCode()),
                Boolean.toString(baseline.equals(Optional.of(run.id()))),
                run.folder().orElse(""),
                run.model().orElse(""),
                run.data().orElse(""),
                run.versionsText(),
                run.machine(),
                number(run.seconds().values().stream().mapToDouble(s -> s).sum()),
                Integer.toString(run.findings().size()),
                Long.toString(high)));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    /** One JSON object with everything: {@code {"baseline", "runs": [...], "acknowledgements": [...]}}. */
    public static void json(Writer out, History history) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("baseline", history.baseline().map(RecordedRun::id).orElse(null));
        root.put("baselineChosen", history.chosen().isPresent());
        ArrayNode runs = root.putArray("runs");
        for (RecordedRun run : history.runs()) {
            ObjectNode node = runs.addObject();
            add(node, run);
            history.signOff(run).ifPresent(signed -> node.putObject("signOff")
                    .put("decision", signed.decision().text())
                    .put("reviewer", signed.reviewer())
                    .put("time", signed.time().toString())
                    .put("comment", signed.comment()));
        }
        ArrayNode acknowledgements = root.putArray("acknowledgements");
        for (Acknowledgement a : history.acknowledgements()) {
            acknowledgements
                    .addObject()
                    .put("of", a.of())
                    .put("until", a.until().toString())
                    .put("reason", a.reason())
                    .put("who", a.who())
                    .put("at", a.at().toString());
        }
        out.write(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
        out.write('\n');
        out.flush();
    }

    private static void add(ObjectNode node, RecordedRun run) {
        node.put("id", run.id())
                .put("folder", run.folder().orElse(null))
                .put("name", run.name())
                .put("outcome", run.outcome().text())
                .put("exitCode", run.exitCode())
                .put("started", run.started().toString())
                .put("ended", run.ended().toString())
                .put("model", run.model().orElse(null))
                .put("data", run.data().orElse(null))
                .put("machine", run.machine());
        ObjectNode versions = node.putObject("versions");
        run.versions().forEach(versions::put);
        ObjectNode seconds = node.putObject("seconds");
        for (Map.Entry<String, Double> stage : run.seconds().entrySet()) {
            seconds.put(stage.getKey(), stage.getValue());
        }
        ArrayNode metrics = node.putArray("metrics");
        for (RecordedMetric m : run.metrics()) {
            Figure figure = m.figure();
            metrics.addObject()
                    .put("id", m.id().text())
                    .put("class", m.id().ofClass().orElse(null))
                    .put("value", nullable(figure.value()))
                    .put("low", nullable(figure.low()))
                    .put("high", nullable(figure.high()))
                    .put("n", figure.n());
        }
        ArrayNode findings = node.putArray("findings");
        for (RecordedFinding f : run.findings()) {
            findings.addObject()
                    .put("id", f.id())
                    .put("kind", f.kind())
                    .put("subject", f.subject())
                    .put("severity", f.severity().text())
                    .put("text", f.text())
                    .put("effect", nullable(f.effect()))
                    .put("q", nullable(f.q().orElse(Double.NaN)))
                    .put("n", f.n());
        }
        ArrayNode gates = node.putArray("gates");
        for (RecordedGate g : run.gates()) {
            gates.addObject()
                    .put("rule", g.rule())
                    .put("level", g.level().text())
                    .put("outcome", g.outcome().text())
                    .put("sentence", g.sentence());
        }
    }

    private static @Nullable Double nullable(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
