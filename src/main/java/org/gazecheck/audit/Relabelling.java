package org.gazecheck.audit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gazecheck.audit.AuditedRun.Contradicted;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.TwoProportions;

/**
 * Whether labels that the network contradicts should be corrected. Not where it may be misled: where a shortcut explains what
 * it says, where it says one or two classes instead of most of them, and where it is right on one of val and test far less
 * often than on the other. A new image's label is for the one who delivered it.
 */
final class Relabelling {
    private static final int FEWEST = 5;
    private static final double ONE = 1.0 / 2;
    private static final double TWO = 2.0 / 3;
    private static final double DIFFERENT = 0.1;

    private final List<Contradicted> contradicted;
    private final Set<String> drawing;
    private final List<Cause> causes;
    private final Optional<String> unlike;

    Relabelling(AuditedRun run, List<Cause> causes) {
        this.contradicted = run.contradicted();
        this.causes = causes;
        long classes = run.predictions().stream()
                .flatMap(p -> List.of(p.label(), p.predicted()).stream())
                .filter(name -> !name.isEmpty())
                .distinct()
                .count();
        this.drawing = drawing((int) classes);
        this.unlike = unlike(run.predictions());
    }

    /** Of label issues of a class: with other advice where it should not be relabelled yet. */
    Finding advised(Finding labels) {
        List<Contradicted> own = of(labels.subject(), c -> true);
        Set<String> proven = names(true);
        List<Contradicted> explained = own.stream()
                .filter(c -> proven.contains(c.instead()) || proven.contains(c.label()))
                .toList();
        if (!explained.isEmpty()) {
            return following(labels, own, explained, true);
        }
        Set<String> suspected = names(false);
        List<Contradicted> suspicious =
                own.stream().filter(c -> suspected.contains(c.instead())).toList();
        if (!suspicious.isEmpty()) {
            return following(labels, own, suspicious, false);
        }
        return concentrated(own)
                .or(() -> own.stream().anyMatch(c -> c.split() != Split.NEW) ? unlike : Optional.empty())
                .map(advice -> labels.saying(labels.statement().saying(labels.text(), advice)))
                .orElse(labels);
    }

    private Set<String> names(boolean proven) {
        return causes.stream()
                .filter(cause -> cause.proven() == proven)
                .map(Cause::name)
                .collect(Collectors.toSet());
    }

    private List<Contradicted> of(String label, Predicate<Contradicted> which) {
        return contradicted.stream()
                .filter(c -> c.label().equals(label) && which.test(c))
                .toList();
    }

    /** Part of the shortcut's story where most of them are. */
    private Finding following(Finding labels, List<Contradicted> own, List<Contradicted> explained, boolean proven) {
        Map<String, Long> byClass = explained.stream()
                .map(c -> names(proven).contains(c.instead()) ? c.instead() : c.label())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        String reasons = Consequence.listed(new TreeSet<>(byClass.keySet()));
        String these = explained.size() == own.size()
                ? "all " + own.size() + " of them"
                : explained.size() + " of these " + own.size();
        String advice = proven
                ? "Do not relabel yet: for " + these + " the shortcut of " + reasons
                        + " is the likelier reason, and their labels are probably right. Remove the shortcut first, then"
                        + " look again."
                : "Do not relabel yet: for " + these + " the suspected shortcut of " + reasons
                        + " may be the reason, and their labels may be right. Look at that first.";
        Finding advised = labels.saying(labels.statement().saying(labels.text(), advice));
        return 2 * explained.size() > own.size() ? advised.of(most(byClass).story()) : advised;
    }

    private Cause most(Map<String, Long> byClass) {
        return causes.stream()
                .filter(cause -> byClass.containsKey(cause.name()))
                .reduce((a, b) -> byClass.getOrDefault(b.name(), 0L) > byClass.getOrDefault(a.name(), 0L) ? b : a)
                .orElseThrow();
    }

    /** Classes that the network says instead of most contradicted labels: one, or two; none where they are as good as dealt. */
    private Set<String> drawing(int classes) {
        Map<String, Integer> instead = new HashMap<>();
        contradicted.stream()
                .filter(c -> c.split() != Split.NEW)
                .forEach(c -> instead.merge(c.instead(), 1, Integer::sum));
        int all = instead.values().stream().mapToInt(Integer::intValue).sum();
        List<String> most = instead.keySet().stream()
                .sorted(Comparator.comparing((String name) -> -instead.getOrDefault(name, 0))
                        .thenComparing(name -> name))
                .toList();
        if (all < FEWEST) {
            return Set.of();
        }
        int first = instead.getOrDefault(most.get(0), 0);
        if (first >= Math.max(ONE, 2.0 / classes) * all) {
            return Set.of(most.get(0));
        }
        boolean two = first + instead.getOrDefault(most.get(1), 0) >= Math.max(TWO, 4.0 / classes) * all;
        return two ? Set.of(most.get(0), most.get(1)) : Set.of();
    }

    private Optional<String> concentrated(List<Contradicted> own) {
        long drawn = own.stream().filter(c -> drawing.contains(c.instead())).count();
        if (2 * drawn <= own.size()) {
            return Optional.empty();
        }
        List<Contradicted> judged =
                contradicted.stream().filter(c -> c.split() != Split.NEW).toList();
        return Optional.of(String.format(
                Locale.ROOT,
                "Do not relabel yet: of all %d labels that the network contradicts it calls %d %s. That is rather"
                        + " something that draws it there than wrong labels: look first what these images share.",
                judged.size(),
                judged.stream().filter(c -> drawing.contains(c.instead())).count(),
                Consequence.listed(new TreeSet<>(drawing))));
    }

    /** That val and test differ by more than chance, and much. */
    private static Optional<String> unlike(List<Prediction> predictions) {
        List<Prediction> val = labelled(predictions, Split.VAL);
        List<Prediction> test = labelled(predictions, Split.TEST);
        if (val.isEmpty() || test.isEmpty()) {
            return Optional.empty();
        }
        TwoProportions right = new TwoProportions(right(val), val.size(), right(test), test.size());
        Interval interval = right.interval();
        boolean beyondChance = interval.low() > 0 || interval.high() < 0;
        return beyondChance && Math.abs(right.difference()) >= DIFFERENT
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "Do not relabel yet: the network is right on %.1f %% of val and %.1f %% of test. What makes them"
                                + " differ this much may mislead it about right labels: find that first.",
                        100.0 * right(val) / val.size(),
                        100.0 * right(test) / test.size()))
                : Optional.empty();
    }

    private static List<Prediction> labelled(List<Prediction> predictions, Split split) {
        return predictions.stream()
                .filter(p -> p.split() == split && p.labelled())
                .toList();
    }

    private static int right(List<Prediction> predictions) {
        return (int) predictions.stream().filter(Prediction::correct).count();
    }
}
