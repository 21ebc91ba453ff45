package org.gazecheck.report.page;

import java.util.List;
import org.gazecheck.report.page.Page.Dot;
import org.gazecheck.report.page.Page.Tick;
import org.jspecify.annotations.Nullable;

/**
 * All runs of a folder, as text and coordinates.
 *
 * @param verdict the last run in a sentence
 * @param last address of the page of the run that stands; null where it has none
 * @param alarms rules that fail or warn in it, with why
 * @param groups one for each configuration, that of the last run first
 * @param months the newest first
 */
public record RunsPage(
        String policy,
        String style,
        String title,
        String subtitle,
        String verdict,
        @Nullable String last,
        List<String> alarms,
        List<Group> groups,
        List<Silenced> silenced,
        List<Month> months) {
    /** Runs of one configuration over time. @param timeline null without findings */
    public record Group(String name, String runs, List<Trend> trends, @Nullable Timeline timeline) {}

    /**
     * One or several figures over time, in a drawing of 560 by 220.
     *
     * @param marks vertical lines
     */
    public record Trend(
            String title,
            String hint,
            List<Tick> x,
            List<Tick> y,
            List<TrendLine> lines,
            List<Mark> marks,
            String radius,
            String description) {}

    /**
     * @param bands intervals, as SVG's polygon takes them, one for each unbroken stretch
     * @param points as SVG's polyline takes them, one for each unbroken stretch
     */
    public record TrendLine(String name, String style, List<String> bands, List<String> points, List<Dot> dots) {}

    /** @param style of what it marks: the baseline or another model */
    public record Mark(String x, String style, String label) {}

    /**
     * Findings over time, a row each, in a drawing of {@code width} by {@code height}.
     *
     * @param more how many rows are not shown, in words; empty: none
     */
    public record Timeline(int width, int height, List<Tick> x, List<TimelineRow> rows, String more) {}

    /** @param y of its text */
    public record TimelineRow(String name, String full, String y, List<Stretch> stretches) {}

    /** Runs in a row in which the finding has one severity. */
    public record Stretch(String x, String y, String width, String severity, String label) {}

    public record Silenced(String finding, String until, String reason) {}

    /** What a run comes to, and why. @param state right, open or wrong */
    public record RowVerdict(String state, String level, String sentence) {}

    public record Month(String id, String name, List<Row> runs) {}

    /**
     * A run.
     *
     * @param report address of its report; null where there is none, or none any more
     * @param without what is said in its place
     * @param weight how grave the outcome is: high, medium or low
     * @param verdict on the network; null where the run's folder no longer says
     * @param alarms rules that failed or warned, with why
     */
    public record Row(
            String id,
            String time,
            @Nullable String report,
            String without,
            boolean baseline,
            String outcome,
            String weight,
            @Nullable RowVerdict verdict,
            List<String> alarms,
            String name,
            String top1,
            String top1Interval,
            String calibration,
            String lift,
            String findings,
            String model,
            String duration) {}
}
