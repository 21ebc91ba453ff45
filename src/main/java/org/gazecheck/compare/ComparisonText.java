package org.gazecheck.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.io.Printable;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Finding;
import org.gazecheck.results.ProbabilityText;

/** A comparison in plain words with its numbers, a line each. */
public final class ComparisonText {
    /** At which corrected p-value something is said to differ. */
    public static final double LEVEL = 0.05;

    private static final int SHOWN = 10;

    private final List<String> lines = new ArrayList<>();

    private ComparisonText() {}

    public static List<String> lines(RunComparison comparison) {
        ComparisonText text = new ComparisonText();
        text.lines.add(ComparisonSentence.of(comparison));
        text.heads(comparison);
        text.paired(comparison);
        text.newImages(comparison);
        text.composition(comparison.composition());
        text.findings(comparison);
        return text.lines.stream().map(Printable::of).toList();
    }

    private void heads(RunComparison c) {
        lines.add("before: " + head(c.reference()));
        lines.add("now:    " + head(c.later()));
        lines.add(c.sameModel() ? "the model is the same" : "the model is another one");
    }

    private static String head(RunResults run) {
        return run.folder().root() + " (" + run.manifest().name() + ", "
                + run.manifest()
                        .modelHash()
                        .map(hash -> "model " + hash.substring(0, Math.min(8, hash.length())))
                        .orElse("unknown model")
                + ", " + run.predictions().size() + " images evaluated)";
    }

    private void paired(RunComparison c) {
        PairedComparison paired = c.paired();
        lines.add("");
        lines.add("the same images: " + paired.images()
                + (paired.relabelled() == 0 ? "" : ", " + paired.relabelled() + " of them with another label now"));
        family(paired.overall());
        family(paired.classes());
        list(
                "newly wrong",
                paired.newlyWrong().stream().map(ComparisonText::flipped).toList());
        list(
                "newly right",
                paired.newlyRight().stream().map(ComparisonText::flipped).toList());
    }

    private static String flipped(PairedComparison.Flipped f) {
        return String.format(
                Locale.ROOT,
                "%s: %s, predicted as %s before, as %s now (%s)",
                f.path(),
                f.label(),
                f.before(),
                f.now(),
                ProbabilityText.of(f.probability()));
    }

    private void newImages(RunComparison c) {
        NewImages fresh = c.newImages();
        lines.add("");
        lines.add("new images: " + fresh.images()
                + (fresh.images() == 0
                        ? ""
                        : ", " + fresh.labelled() + " with a label; beside "
                                + fresh.split().orElseThrow().text() + " of the earlier run"));
        if (fresh.images() > 0) {
            family(fresh.overall());
            family(fresh.classes());
        }
    }

    private void composition(Composition composition) {
        lines.add("");
        lines.add("the data");
        if (!composition.mix().measured().isEmpty()) {
            family(composition.mix());
        }
        list(
                "classes with an unusual share of the new images",
                composition.unusual().stream()
                        .map(s -> String.format(
                                Locale.ROOT,
                                "%s: %d of %d, before %d of %d",
                                s.label(),
                                s.images(),
                                s.newImages(),
                                s.reference(),
                                s.referenceImages()))
                        .toList());
        list("added", composition.added());
        list("vanished", composition.vanished());
        list("other content under the same path", composition.changed());
        list(
                "left out now",
                composition.lost().stream()
                        .map(l -> l.path() + ": " + l.problem())
                        .toList());
        list(
                "other label for the same image",
                composition.relabelled().stream()
                        .map(r -> r.path() + ": " + r.before() + " before, " + r.now() + " now")
                        .toList());
        if (lines.get(lines.size() - 1).equals("the data")) {
            lines.add("  the same images with the same labels");
        }
    }

    private void findings(RunComparison c) {
        lines.add("");
        if (c.findings().isEmpty()) {
            lines.add("findings: not compared, because a run was not audited");
            return;
        }
        FindingsChange change = c.findings().get();
        lines.add("findings: " + change.appeared().size() + " new, "
                + change.gone().size() + " gone, " + change.persisting().size() + " persisting");
        list("new", change.appeared().stream().map(ComparisonText::finding).toList());
        list(
                "more severe than before",
                change.persisting().stream()
                        .filter(FindingsChange.Persisting::graver)
                        .map(FindingsChange.Persisting::now)
                        .map(ComparisonText::finding)
                        .toList());
        list("gone", change.gone().stream().map(ComparisonText::finding).toList());
    }

    private static String finding(Finding finding) {
        return finding.severity().text() + ", " + finding.id() + ": " + finding.text();
    }

    private void list(String title, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("  " + title + ": " + items.size());
            items.stream().limit(SHOWN).forEach(item -> lines.add("    " + item));
            if (items.size() > SHOWN) {
                lines.add("    ... and " + (items.size() - SHOWN) + " more");
            }
        }
    }

    /** What was measured of all classes, and of single classes what differs. */
    private void family(Family family) {
        int tests = family.measured().size();
        boolean ofClasses =
                family.measurements().stream().anyMatch(m -> m.id().ofClass().isPresent());
        if (ofClasses) {
            List<String> differing = family.measured().stream()
                    .filter(m -> m.differs(LEVEL))
                    .map(ComparisonText::line)
                    .toList();
            lines.add("  class by class: " + tests + " of "
                    + family.measurements().size() + " classes could be tested, " + differing.size()
                    + (differing.size() == 1 ? " differs" : " differ"));
            differing.forEach(line -> lines.add("    " + line));
            return;
        }
        if (family.measurements().isEmpty()) {
            return;
        }
        lines.add("  " + tests + (tests == 1 ? " test" : " tests")
                + ", corrected together (Holm): at 5 %, the chance of" + " any false alarm among them is at most 5 %");
        family.measurements().forEach(m -> lines.add("    " + line(m)));
    }

    /** One measurement on a line. */
    public static String line(Measurement measurement) {
        if (measurement instanceof NotApplicable none) {
            return title(none.id()) + ": not applicable, because " + none.because();
        }
        Measured m = (Measured) measurement;
        MeasurementText text = new MeasurementText(m);
        StringBuilder line = new StringBuilder(title(m.id())).append(": ");
        if (!Double.isNaN(m.value())) {
            line.append(text.before()).append(" before, ").append(text.now()).append(" now; ");
        }
        return line.append(text.verdict())
                .append(" (")
                .append(text.effect())
                .append("; n = ")
                .append(text.images())
                .append("; ")
                .append(m.test().text())
                .append(' ')
                .append(MeasurementText.probability("p", m.p()))
                .append(", corrected ")
                .append(MeasurementText.probability("q", m.q()))
                .append(')')
                .toString();
    }

    private static String title(MetricId id) {
        return id + ", " + id.metric().title();
    }
}
