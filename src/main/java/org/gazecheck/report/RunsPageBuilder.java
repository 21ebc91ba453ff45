package org.gazecheck.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gazecheck.history.History;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedGate;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.RecordedSignOff;
import org.gazecheck.metric.Metric;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricId.Detail;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.report.page.Parts;
import org.gazecheck.report.page.RunsPage;
import org.gazecheck.report.page.RunsPage.Group;
import org.gazecheck.report.page.RunsPage.Month;
import org.gazecheck.report.page.RunsPage.Row;
import org.gazecheck.report.page.RunsPage.RowVerdict;
import org.gazecheck.report.page.RunsPage.Silenced;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.RunVerdict;

/** A history as the page shows it. */
final class RunsPageBuilder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter IN_TABLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("yyyy-MM", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final History history;
    private final Optional<RecordedRun> baseline;
    private final Function<String, Optional<RunVerdict>> verdict;

    /** Addresses of the pages of the runs by id, where they are still theirs: the newest of each folder. */
    private final Map<String, String> linked = new HashMap<>();

    /**
     * @param page of a folder, relative to this one, where it has one
     * @param verdict on the network of the run in a folder, where it has one
     */
    RunsPageBuilder(
            History history, Function<String, Optional<Path>> page, Function<String, Optional<RunVerdict>> verdict) {
        this.history = history;
        this.verdict = verdict;
        this.baseline = history.baseline();
        Set<String> folders = new HashSet<>();
        for (RecordedRun run : history.runs()) {
            run.folder().filter(folders::add).ifPresent(folder -> page.apply(folder)
                    .ifPresent(file -> linked.put(run.id(), address(folder) + file.getFileName())));
        }
    }

    RunsPage build(String style) {
        return new RunsPage(
                Parts.inside(style, "", "").policy(),
                style,
                "Runs",
                subtitle(),
                verdict(),
                standing().map(run -> linked.get(run.id())).orElse(null),
                standing().map(RunsPageBuilder::sentences).orElse(List.of()),
                groups(),
                silenced(),
                months());
    }

    private String subtitle() {
        int n = history.runs().size();
        if (n == 0) {
            return "none yet";
        }
        return Numbers.count(n) + (n == 1 ? " run" : " runs") + ", "
                + TIME.format(history.runs().get(n - 1).ended()) + " to "
                + TIME.format(history.runs().get(0).ended());
    }

    private String verdict() {
        if (history.runs().isEmpty()) {
            return "No run has been added to this history.";
        }
        RecordedRun last = history.runs().get(0);
        StringBuilder text =
                new StringBuilder("The last run ").append(words(last)).append(".");
        baseline.ifPresentOrElse(
                run -> text.append(" Runs are compared with that of ")
                        .append(TIME.format(run.ended()))
                        .append(
                                history.chosen().isPresent()
                                        ? ", which was set as baseline."
                                        : ", the last one whose gates passed."),
                () -> text.append(" There is no run whose gates passed to compare with."));
        return text.toString();
    }

    /** Of the last run, or where nothing was new in it, of that which stands. */
    private Optional<RecordedRun> standing() {
        return history.runs().stream()
                .filter(run -> !nothingNew(run)
                        && run.name().equals(history.runs().get(0).name()))
                .findFirst();
    }

    private static List<String> sentences(RecordedRun run) {
        return run.gates().stream()
                .filter(RunsPageBuilder::alarms)
                .map(g -> g.rule() + ": " + g.sentence())
                .toList();
    }

    private static String words(RecordedRun run) {
        return switch (run.outcome()) {
            case DONE -> "is finished";
            case WARNED -> "ended with a warning";
            case FAILED -> "failed a gate";
            case INCOMPLETE -> "ended before it was complete";
            case BROKEN -> "ended with an error";
        };
    }

    private static boolean alarms(RecordedGate gate) {
        return List.of(GateOutcome.FAILED, GateOutcome.WARNED, GateOutcome.PERSISTING)
                .contains(gate.outcome());
    }

    private List<Group> groups() {
        Map<String, List<RecordedRun>> byName = new LinkedHashMap<>();
        history.runs().forEach(run -> byName.computeIfAbsent(run.name(), name -> new ArrayList<>())
                .add(0, run));
        return byName.entrySet().stream()
                .map(group -> group(group.getKey(), group.getValue()))
                .toList();
    }

    private Group group(String name, List<RecordedRun> oldestFirst) {
        int n = oldestFirst.size();
        List<RecordedRun> looked =
                oldestFirst.stream().filter(run -> !nothingNew(run)).toList();
        return new Group(
                name,
                Numbers.count(n) + (n == 1 ? " run" : " runs"),
                looked.isEmpty() ? List.of() : new Trends(looked, baseline).all(),
                FindingTimeline.of(looked).orElse(null));
    }

    /** A night in which nothing was new and nothing had changed. */
    private static boolean nothingNew(RecordedRun run) {
        return run.folder().isEmpty() && run.outcome() != Outcome.BROKEN;
    }

    private List<Silenced> silenced() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return history.acknowledgements().stream()
                .filter(a -> a.holdsOn(today))
                .map(a -> new Silenced(a.of(), a.until().toString(), a.reason()))
                .toList();
    }

    private List<Month> months() {
        Map<String, List<Row>> months = new LinkedHashMap<>();
        history.runs().forEach(run -> months.computeIfAbsent(MONTH.format(run.ended()), month -> new ArrayList<>())
                .add(row(run)));
        return months.entrySet().stream()
                .map(month -> new Month("month-" + month.getKey(), month.getKey(), month.getValue()))
                .toList();
    }

    private Row row(RecordedRun run) {
        Optional<Figure> top1 = headline(run, MetricRegistry.TOP1, Detail.ALL);
        long grave = run.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.HIGH)
                .count();
        return new Row(
                run.id(),
                IN_TABLE.format(run.ended()),
                linked.get(run.id()),
                nothingNew(run) ? "nothing was new" : "no report",
                baseline.map(RecordedRun::id).equals(Optional.of(run.id())),
                run.outcome().words()
                        + history.signOff(run)
                                .map(signed -> ", " + signed.text())
                                .orElse(""),
                switch (run.outcome()) {
                    case DONE ->
                        history.signOff(run).filter(RecordedSignOff::rejected).isPresent() ? "high" : "low";
                    case WARNED, INCOMPLETE -> "medium";
                    case FAILED, BROKEN -> "high";
                },
                linked.containsKey(run.id())
                        ? run.folder()
                                .flatMap(verdict)
                                .map(RunsPageBuilder::judged)
                                .orElse(null)
                        : null,
                sentences(run),
                run.name(),
                top1.map(m -> Numbers.percent(m.value())).orElse(Numbers.NONE),
                top1.map(m -> Numbers.percentInterval(m.low(), m.high())).orElse(""),
                headline(run, MetricRegistry.ECE, Detail.ALL)
                        .map(m -> Numbers.percent(m.value()))
                        .orElse(Numbers.NONE),
                headline(run, MetricRegistry.MASS_LIFT, Detail.CORRECT)
                        .map(m -> Numbers.fixed(m.value(), 2))
                        .orElse(Numbers.NONE),
                grave == 0
                        ? Numbers.count(run.findings().size())
                        : Numbers.count(run.findings().size()) + ", " + Numbers.count(grave) + " high",
                run.model()
                        .map(hash -> hash.substring(0, Math.min(8, hash.length())))
                        .orElse(Numbers.NONE),
                Numbers.duration(
                        run.seconds().values().stream().mapToDouble(s -> s).sum()));
    }

    private static RowVerdict judged(RunVerdict verdict) {
        return new RowVerdict(
                switch (verdict.level()) {
                    case LOOKS_RIGHT -> "right";
                    case LOOK_AT_THIS -> "open";
                    case DO_NOT_USE -> "wrong";
                },
                verdict.level().text(),
                Numbers.in(verdict.sentence()));
    }

    /** Of test, or of val where there is no test. */
    private static Optional<Figure> headline(RecordedRun run, Metric metric, Detail detail) {
        return run.figure(MetricId.of(MetricSet.TEST, metric).among(detail))
                .or(() -> run.figure(MetricId.of(MetricSet.VAL, metric).among(detail)));
    }

    /** Relative to the page, whatever the folder is called. */
    private static String address(String folder) {
        StringBuilder address = new StringBuilder("./");
        for (byte b : folder.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "/-_.~".indexOf(c) >= 0);
            address.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return address.append("/").toString();
    }
}
