package org.gazecheck.review;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.Findings;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Signature.Reviewed;
import org.gazecheck.results.Signature.Share;

/**
 * What must have a verdict before a run is accepted: every finding of high severity, sampled errors and sampled correct
 * predictions. An image's verdict may come from another run ({@link ImageVerdict#holdsFor}), a finding's may not.
 */
public record RequiredItems(List<Item> findings, List<Item> errors, List<Item> correct) {
    /**
     * One of them.
     *
     * @param subject the image's path, or the finding's id
     * @param text what it is, in a line
     */
    public record Item(String subject, String text, boolean judged) {}

    /** @param run the id of the run that findings and sample are of */
    public static RequiredItems of(Findings findings, ReviewSample sample, MergedVerdicts merged, String run) {
        Map<String, List<ImageVerdict>> byImage = merged.byImage();
        return new RequiredItems(
                findings.findings().stream()
                        .filter(finding -> finding.severity() == Finding.Severity.HIGH)
                        .map(finding -> new Item(
                                finding.id(),
                                FindingVerdict.path(finding) + " " + finding.text(),
                                judged(finding, merged, run)))
                        .toList(),
                sample.errors().stream()
                        .map(p -> new Item(
                                p.path(), "error " + described(p) + ", predicted " + p.predicted(), judged(p, byImage)))
                        .toList(),
                sample.correct().stream()
                        .map(p -> new Item(p.path(), "correct " + described(p), judged(p, byImage)))
                        .toList());
    }

    private static String described(Prediction p) {
        return p.path() + " (" + p.split().text() + "): " + p.label();
    }

    private static boolean judged(Finding finding, MergedVerdicts merged, String run) {
        return merged.verdicts().stream()
                .anyMatch(verdict -> verdict instanceof FindingVerdict v && v.holdsFor(finding, run));
    }

    private static boolean judged(Prediction p, Map<String, List<ImageVerdict>> byImage) {
        return byImage.getOrDefault(p.sha256(), List.of()).stream().anyMatch(v -> v.holdsFor(p));
    }

    /** How much has a verdict. */
    public Reviewed reviewed() {
        return new Reviewed(share(findings), share(errors), share(correct));
    }

    private static Share share(List<Item> items) {
        return new Share((int) items.stream().filter(Item::judged).count(), items.size());
    }

    /** What has none yet, a line each: findings, errors, correct predictions. */
    public List<String> open() {
        return Stream.of(findings, errors, correct)
                .flatMap(List::stream)
                .filter(item -> !item.judged())
                .map(Item::text)
                .toList();
    }
}
