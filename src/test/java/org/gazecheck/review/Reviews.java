package org.gazecheck.review;

import java.time.Instant;
import java.util.List;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;

/** Predictions and verdicts for tests; an image's bytes are its path. */
public final class Reviews {
    public static final String RUN = "0123456789abcdef";
    public static final String EARLIER = "fedcba9876543210";
    public static final Instant TIME = Instant.parse("2026-11-25T19:00:00Z");

    private Reviews() {}

    public static Prediction prediction(String path, Split split, String label, String predicted) {
        boolean correct = label.equals(predicted);
        return new Prediction(
                path,
                Hashes.sha256(path),
                split,
                label,
                predicted,
                correct ? 0.9f : 0.1f,
                0.9f,
                correct ? 1 : 2,
                List.of(new Prediction.Ranked(0, 0.9f), new Prediction.Ranked(1, 0.1f)));
    }

    /** Of this run, on an error: a rose taken for a daisy. */
    public static ImageVerdict verdict(String reviewer, String path, Judgement judgement, String corrected) {
        return verdict(reviewer, prediction(path, Split.TEST, "rose", "daisy"), judgement, corrected, TIME, RUN);
    }

    public static ImageVerdict verdict(String reviewer, String path, Judgement judgement) {
        return verdict(reviewer, path, judgement, "");
    }

    public static ImageVerdict verdict(
            String reviewer, Prediction p, Judgement judgement, String corrected, Instant time, String run) {
        return new ImageVerdict(
                p.sha256(),
                p.path(),
                p.split(),
                p.label(),
                p.predicted(),
                judgement,
                corrected,
                judgement == Judgement.OTHER ? "hm" : "",
                reviewer,
                time,
                run);
    }

    static ImageVerdict adjudication(String reviewer, String path, Judgement judgement, Instant time) {
        ImageVerdict v = verdict(reviewer, path, judgement);
        return new ImageVerdict(
                v.sha256(),
                v.path(),
                v.split(),
                v.label(),
                v.predicted(),
                judgement,
                "",
                v.comment(),
                reviewer,
                time,
                v.run(),
                true);
    }

    static MergedVerdicts merged(Verdict... verdicts) {
        return MergedVerdicts.of(List.of(List.of(verdicts)));
    }
}
