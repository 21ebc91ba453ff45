package org.gazecheck.audit.dataquality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.gazecheck.audit.dataquality.DataQualityInputs.HashedImage;
import org.gazecheck.audit.dataquality.Duplicates.Link;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Wilson;

/**
 * Duplicates within and across splits, and what accuracy is without them. Of two splits the later one loses the
 * images that the earlier one has too; within a split the first of the same images stays.
 */
final class DuplicateFindings {
    private static final int EVIDENCE = 12;

    private final List<HashedImage> images;
    private final Duplicates duplicates;
    private final Map<String, Prediction> predictions = new HashMap<>();

    private DuplicateFindings(DataQualityInputs inputs, Duplicates duplicates) {
        this.images = inputs.images();
        this.duplicates = duplicates;
        inputs.predictions().forEach(p -> predictions.put(p.path(), p));
    }

    static Findings of(DataQualityInputs inputs, Duplicates duplicates) {
        DuplicateFindings all = new DuplicateFindings(inputs, duplicates);
        List<Finding> findings = new ArrayList<>();
        for (Split later : Split.values()) {
            for (Split earlier : Split.values()) {
                if (earlier.compareTo(later) <= 0) {
                    all.between(earlier, later).ifPresent(findings::add);
                }
            }
        }
        return new Findings(findings, List.of());
    }

    private Optional<Finding> between(Split earlier, Split later) {
        List<Link> links = duplicates.links().stream()
                .filter(link -> between(link, earlier, later))
                .toList();
        if (links.isEmpty()) {
            return Optional.empty();
        }
        Set<Integer> superfluous = superfluous(earlier, later);
        int n = (int) images.stream().filter(p -> p.split() == later).count();
        double share = (double) superfluous.size() / n;
        Interval interval = Wilson.interval(superfluous.size(), n);
        long conflicts = links.stream()
                .filter(l -> images.get(l.first()).contradicts(images.get(l.second())))
                .count();
        String subject = earlier == later ? "within " + later.text() : earlier.text() + " and " + later.text();
        Statement statement = new Statement(
                severity(earlier, later, share, conflicts),
                text(earlier, later, links, superfluous, n, conflicts),
                share,
                interval.low(),
                interval.high(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                n,
                links.stream()
                        .flatMap(l -> Stream.of(l.first(), l.second()))
                        .map(i -> images.get(i).path())
                        .distinct()
                        .limit(EVIDENCE)
                        .toList(),
                FindingKind.DUPLICATES.advice());
        return Optional.of(new Finding(FindingKind.DUPLICATES, subject, statement));
    }

    private boolean between(Link link, Split earlier, Split later) {
        Split first = split(link.first());
        Split second = split(link.second());
        return first == earlier && second == later || first == later && second == earlier;
    }

    /** What the later split would lose. */
    private Set<Integer> superfluous(Split earlier, Split later) {
        Set<Integer> kept = new HashSet<>();
        if (earlier != later) {
            for (int i = 0; i < images.size(); i++) {
                if (split(i) == earlier) {
                    kept.add(duplicates.groups()[i]);
                }
            }
        }
        Set<Integer> superfluous = new HashSet<>();
        for (int i = 0; i < images.size(); i++) {
            int group = duplicates.groups()[i];
            if (split(i) == later && (earlier == later ? !kept.add(group) : kept.contains(group))) {
                superfluous.add(i);
            }
        }
        return superfluous;
    }

    /** High where the same image has two labels; leaks from train by how many; little within a split. */
    private static Severity severity(Split earlier, Split later, double share, long conflicts) {
        if (conflicts > 0) {
            return Severity.HIGH;
        }
        if (earlier == Split.TRAIN && later != Split.TRAIN) {
            return FindingKind.DUPLICATES.severity(share);
        }
        return Severity.LOW;
    }

    private String text(Split earlier, Split later, List<Link> links, Set<Integer> superfluous, int n, long conflicts) {
        long exact = links.stream().filter(Link::exact).count();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d of %d images of %s are there already in %s (%s of equal files, %d nearly equal)",
                superfluous.size(),
                n,
                later.text(),
                earlier == later ? "it" : earlier.text(),
                exact == 1 ? "1 pair" : exact + " pairs",
                links.size() - exact));
        if (conflicts > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    conflicts == 1 ? "; %d pair has two labels" : "; %d pairs have two labels",
                    conflicts));
        }
        OptionalDouble with = accuracy(later, Set.of());
        OptionalDouble without = accuracy(later, superfluous);
        if (with.isPresent() && without.isPresent()) {
            text.append(String.format(
                    Locale.ROOT,
                    "; without them top-1 on %s is %.2f %% instead of %.2f %%",
                    later.text(),
                    100 * without.getAsDouble(),
                    100 * with.getAsDouble()));
        }
        return text.append('.').toString();
    }

    private OptionalDouble accuracy(Split split, Set<Integer> without) {
        int right = 0;
        int all = 0;
        for (int i = 0; i < images.size(); i++) {
            Prediction prediction = predictions.get(images.get(i).path());
            if (split(i) == split && prediction != null && prediction.labelled() && !without.contains(i)) {
                all++;
                right += prediction.correct() ? 1 : 0;
            }
        }
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / all);
    }

    private Split split(int i) {
        return images.get(i).split();
    }
}
