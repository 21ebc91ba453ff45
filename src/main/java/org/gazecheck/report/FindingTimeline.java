package org.gazecheck.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.history.RecordedFinding;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.report.page.Page.Tick;
import org.gazecheck.report.page.RunsPage.Stretch;
import org.gazecheck.report.page.RunsPage.Timeline;
import org.gazecheck.report.page.RunsPage.TimelineRow;
import org.gazecheck.results.Finding;

/** When each finding, by kind and subject, was there and how grave it was. Every run has the same width. */
final class FindingTimeline {
    private static final int MOST = 40;
    private static final int LONGEST_NAME = 46;
    private static final int LEFT = 330;
    private static final int WIDTH = 830;
    private static final int ROW = 18;
    private static final int TICKS = 6;

    private final List<RecordedRun> runs;

    private FindingTimeline(List<RecordedRun> runs) {
        this.runs = runs;
    }

    /** Empty where no run has findings. @param runs the oldest first */
    static Optional<Timeline> of(List<RecordedRun> runs) {
        return new FindingTimeline(runs).drawn();
    }

    /** @param severities by run */
    private record Line(RecordedFinding finding, Finding.Severity[] severities) {
        private int last() {
            int last = severities.length - 1;
            while (severities[last] == null) {
                last--;
            }
            return last;
        }
    }

    private Optional<Timeline> drawn() {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            for (RecordedFinding finding : runs.get(i).findings()) {
                lines.computeIfAbsent(finding.id(), id -> new Line(finding, new Finding.Severity[runs.size()]))
                                .severities[i] =
                        finding.severity();
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<Line> order = lines.values().stream()
                .sorted(Comparator.comparingInt((Line line) -> -line.last())
                        .thenComparing(line -> line.severities[line.last()], Comparator.reverseOrder())
                        .thenComparing(line -> line.finding.id()))
                .toList();
        List<TimelineRow> rows = new ArrayList<>();
        for (Line line : order.subList(0, Math.min(MOST, order.size()))) {
            rows.add(row(line.finding, line.severities, rows.size()));
        }
        int more = order.size() - rows.size();
        return Optional.of(new Timeline(
                LEFT + WIDTH + 10,
                ROW * rows.size() + 30,
                ticks(),
                rows,
                more == 0 ? "" : Numbers.count(more) + " further findings of earlier runs are not shown."));
    }

    private TimelineRow row(RecordedFinding finding, Finding.Severity[] severities, int place) {
        String full = FindingSubject.title(finding.kind(), finding.subject());
        String name = full.codePointCount(0, full.length()) > LONGEST_NAME
                ? full.substring(0, full.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…"
                : full;
        List<Stretch> stretches = new ArrayList<>();
        for (int from = 0, to; from < severities.length; from = to) {
            to = from + 1;
            while (to < severities.length && severities[to] == severities[from]) {
                to++;
            }
            if (severities[from] != null) {
                stretches.add(stretch(full, severities[from], from, to, place));
            }
        }
        return new TimelineRow(name, full, Integer.toString(ROW * place + 13), stretches);
    }

    private Stretch stretch(String finding, Finding.Severity severity, int from, int to, int place) {
        String begins = TimeAxis.DAY.format(runs.get(from).ended());
        String ends = TimeAxis.DAY.format(runs.get(to - 1).ended());
        return new Stretch(
                Numbers.coordinate(x(from)),
                Integer.toString(ROW * place + 3),
                Numbers.coordinate(Math.max(1, x(to) - x(from))),
                severity.text(),
                finding + ": " + severity.text() + ", " + (begins.equals(ends) ? begins : begins + " to " + ends));
    }

    private double x(int run) {
        return LEFT + (double) WIDTH * run / runs.size();
    }

    /** Labels are the days; {@code at} is the middle of a run's place. */
    private List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        int step = Math.max(1, (runs.size() + TICKS - 1) / TICKS);
        for (int i = 0; i < runs.size(); i += step) {
            ticks.add(new Tick(
                    Numbers.coordinate((x(i) + x(i + 1)) / 2),
                    TimeAxis.DAY.format(runs.get(i).ended())));
        }
        return ticks;
    }
}
