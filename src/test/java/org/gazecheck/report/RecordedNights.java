package org.gazecheck.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.gazecheck.history.History;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedFinding;
import org.gazecheck.history.RecordedGate;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.Hashes;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;

/** Drawn nights, for tests of the page of all runs. */
final class RecordedNights {
    private static final List<String> SUBJECTS = List.of(
            "rose", SyntheticRun.HOSTILE, "daisy \"ox-eye\" & co", "\u05e9\u05d5\u05e9\u05e0\u05d4", "bee orchid");

    private final SplittableRandom random = new SplittableRandom(6);
    private final List<RecordedRun> runs = new ArrayList<>();
    private final Instant first = Instant.parse("2026-02-01T02:00:00Z");

    /** @param nights one after another; a worse model comes at two thirds and is taken back five nights later */
    static History of(int nights) {
        RecordedNights drawn = new RecordedNights();
        for (int night = 0; night < nights; night++) {
            drawn.add(night, night >= 2 * nights / 3 && night < 2 * nights / 3 + 5);
        }
        return new History(
                drawn.runs,
                nights < 10
                        ? Optional.empty()
                        : Optional.of(drawn.runs.get(nights / 5).id()),
                List.of(new Acknowledgement(
                        "scene-correlation:rose",
                        LocalDate.now(ZoneOffset.UTC).plusDays(3),
                        "new images <b>come</b>",
                        "Ann",
                        Instant.EPOCH)));
    }

    private void add(int night, boolean worse) {
        Instant ended = first.plus(Duration.ofDays(night)).plusSeconds(random.nextInt(900));
        boolean broken = random.nextInt(60) == 0;
        double top1 = (worse ? 0.86 : 0.945) + 0.006 * (random.nextDouble() - 0.5);
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("evaluate", 30 + 20 * random.nextDouble());
        seconds.put("audit", 200 + 40 * random.nextDouble());
        runs.add(new RecordedRun(
                String.format("2026%04dT020000Z-%08x", night, night),
                broken ? Optional.empty() : Optional.of(String.format("it's night %d & more", night)),
                "flowers & co",
                Optional.of(Hashes.sha256(worse ? "worse" : "good")),
                Optional.empty(),
                Map.of("Gazecheck", "0.1.0"),
                "2 cores",
                ended.minusSeconds(300),
                ended,
                seconds,
                broken ? Outcome.BROKEN : worse ? Outcome.FAILED : Outcome.DONE,
                broken ? 1 : worse ? 3 : 0,
                broken ? List.of() : metrics(top1, worse),
                broken ? List.of() : findings(night),
                worse
                        ? List.of(new RecordedGate(
                                "test.top1 not worse than baseline",
                                GateLevel.FAIL,
                                GateOutcome.FAILED,
                                "86.0 % now, 94.5 % in the baseline (McNemar p < 0.0001)"))
                        : List.of()));
    }

    private List<RecordedMetric> metrics(double top1, boolean worse) {
        double lift = (worse ? 1.7 : 2.3) + 0.05 * random.nextDouble();
        double ece = 0.012 + 0.004 * random.nextDouble();
        return List.of(
                metric("test.top1", top1, 0.01, 2087),
                metric("val.top1", top1 + 0.015, 0.012, 1020),
                metric("test.ece", ece, 0.005, 2087),
                metric("test.localisation.mass_lift.correct", lift, 0.06, 500));
    }

    private static RecordedMetric metric(String id, double value, double half, int n) {
        return new RecordedMetric(MetricId.parse(id), new Figure(value, value - half, value + half, n));
    }

    private List<RecordedFinding> findings(int night) {
        List<RecordedFinding> findings = new ArrayList<>();
        for (int s = 0; s < SUBJECTS.size(); s++) {
            if ((night + 17 * s) % 40 < 22) {
                findings.add(finding(
                        s % 2 == 0 ? FindingKind.SCENE_CORRELATION.id() : FindingKind.LOCALISATION_OF_CLASS.id(),
                        SUBJECTS.get(s),
                        night % 40 < 10 ? Finding.Severity.HIGH : Finding.Severity.MEDIUM));
            }
        }
        findings.add(finding(FindingKind.OUTLIERS.id(), "test", Finding.Severity.LOW));
        if (random.nextInt(20) == 0) {
            findings.add(finding(FindingKind.LABEL_ISSUES.id(), "species " + night, Finding.Severity.LOW));
        }
        return findings;
    }

    private static RecordedFinding finding(String kind, String subject, Finding.Severity severity) {
        return new RecordedFinding(kind, subject, severity, "It was found.", 0.1, OptionalDouble.of(0.01), 40);
    }
}
