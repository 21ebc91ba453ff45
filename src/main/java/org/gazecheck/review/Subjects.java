package org.gazecheck.review;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.config.Suggestion;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.Findings;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;

/** What a verdict that names a run may be about: the run's predictions and findings; a corrected label is one of its classes. */
public final class Subjects {
    /** What a verdict says about an image besides the judgement. */
    private record Judged(String sha256, String path, Split split, String label, String predicted) {}

    private final Set<Judged> predictions;
    private final Set<String> findings;
    private final Set<String> classes;

    private Subjects(Set<Judged> predictions, Set<String> findings, Set<String> classes) {
        this.predictions = predictions;
        this.findings = findings;
        this.classes = classes;
    }

    public static Subjects of(List<Prediction> predictions, Findings findings, Collection<String> classes) {
        return new Subjects(
                predictions.stream()
                        .map(p -> new Judged(p.sha256(), p.path(), p.split(), p.label(), p.predicted()))
                        .collect(Collectors.toUnmodifiableSet()),
                findings.findings().stream().map(FindingVerdict::path).collect(Collectors.toUnmodifiableSet()),
                Set.copyOf(classes));
    }

    /** @throws IllegalArgumentException that says what of it the run does not have */
    public void require(Verdict verdict) {
        if (verdict instanceof ImageVerdict image) {
            require(image);
        } else if (verdict instanceof FindingVerdict finding && !findings.contains(finding.path())) {
            throw new IllegalArgumentException("this run has no finding '" + finding.finding() + "'");
        }
    }

    private void require(ImageVerdict v) {
        if (!predictions.contains(new Judged(v.sha256(), v.path(), v.split(), v.label(), v.predicted()))) {
            throw new IllegalArgumentException("this run has no prediction of " + v.path() + " ("
                    + v.split().text() + ", sha256 " + v.sha256() + ") with label '" + v.label() + "' and predicted '"
                    + v.predicted() + "'");
        }
        if (!v.corrected().isEmpty() && !classes.contains(v.corrected())) {
            throw new IllegalArgumentException("corrected is '" + v.corrected() + "', which is not a class of this run"
                    + Suggestion.nearest(v.corrected(), classes)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(""));
        }
    }
}
