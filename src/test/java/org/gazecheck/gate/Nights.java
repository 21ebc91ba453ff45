package org.gazecheck.gate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.Statement;
import org.gazecheck.stats.CriticalEffect;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Wilson;

/** What tests of gates measure. */
final class Nights {
    static final Instant TIME = Instant.parse("2026-03-14T02:00:00Z");

    private Nights() {}

    static Figure share(int k, int n) {
        Interval interval = Wilson.interval(k, n);
        return new Figure((double) k / n, interval.low(), interval.high(), n);
    }

    static Figure estimate(double value, double half, int n) {
        return new Figure(value, value - half, value + half, n);
    }

    static BaselineComparison comparison(double now, double before, double p, int n) {
        return new BaselineComparison(now, before, difference(now - before, 0.02), p, 0, n, CriticalEffect.UNKNOWN);
    }

    static MetricId id(String text) {
        return MetricId.parse(text);
    }

    static DriftTest drifted(String metric, double effect, String unit, double p, double leastP) {
        return new DriftTest(id(metric), effect, unit, p, leastP, 50, CriticalEffect.UNKNOWN);
    }

    static BaselineComparison.Effect difference(double size, double half) {
        return new BaselineComparison.Effect(size, size - half, size + half, false);
    }

    static NightFinding finding(String kind, String subject, Finding.Severity severity, boolean isNew, Double p) {
        Statement statement = new Statement(
                severity,
                "Something about " + subject + ".",
                0.5,
                Double.NaN,
                Double.NaN,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                9,
                List.of(),
                "Look at it.");
        return new NightFinding(
                new Finding(FindingKind.of(kind), subject, statement),
                isNew,
                p == null ? OptionalDouble.empty() : OptionalDouble.of(p));
    }

    static Acknowledgement acknowledged(String of, String until) {
        return new Acknowledgement(
                of, LocalDate.parse(until), "camera is being mended", "Ann", Instant.parse("2026-03-01T00:00:00Z"));
    }

    static GateVerdict judge(List<String> fail, List<String> warn, MeasurementTable measurements) throws Exception {
        return judge(fail, warn, measurements, null, List.of());
    }

    static GateVerdict judge(
            List<String> fail,
            List<String> warn,
            MeasurementTable measurements,
            GateVerdict before,
            List<Acknowledgement> acknowledgements)
            throws Exception {
        return Gates.of(fail, warn, Gates.DEFAULT_BUDGET)
                .judge("20260314T020000Z-abc", TIME, measurements, Optional.ofNullable(before), acknowledgements);
    }

    /** The one gate of a night that measured one figure. */
    static GateResult one(String rule, String name, Figure figure) throws Exception {
        return judge(
                        List.of(rule),
                        List.of(),
                        MeasurementTable.builder().figure(id(name), figure).build())
                .gates()
                .get(0);
    }

    static GateResult classes(String rule, Map<String, Figure> classes) throws Exception {
        MeasurementTable.Builder night = MeasurementTable.builder();
        classes.forEach((label, figure) -> night.figure(id("test.top1").ofClass(label), figure));
        return judge(List.of(rule), List.of(), night.build()).gates().get(0);
    }
}
