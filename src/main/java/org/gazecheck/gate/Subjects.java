package org.gazecheck.gate;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gazecheck.gate.Rule.Condition.KindIs;
import org.gazecheck.gate.Rule.Condition.SubjectIs;
import org.gazecheck.io.Printable;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.results.FindingKind;

/** Whether findings can be about what a rule names: a rule about a class that there is not could never fail. */
record Subjects(Collection<String> classes) {
    /** Of all new images together. */
    private static final String NEW_IMAGES = "new images";

    /** Splits, pairs of these, heatmap methods, and columns of tables. */
    private static final Pattern OTHERS = Pattern.compile(
            "(within )?(train|val|test|new)( and (train|val|test|new))?|.*cam(\\+\\+)?|[a-z]+(_[a-z]+)+");

    /** What is wrong with the first subject of the rule that cannot be one; empty where all can. */
    Optional<String> problem(Rule.NoFindings rule) {
        List<FindingKind> kinds = rule.conditions().stream()
                .filter(KindIs.class::isInstance)
                .map(KindIs.class::cast)
                .filter(kind -> !kind.not())
                .flatMap(kind -> FindingKind.find(kind.kind()).stream())
                .toList();
        boolean ofClass = !kinds.isEmpty() && kinds.stream().allMatch(k -> k.subject() == FindingKind.Subject.CLASS);
        boolean ofOther = kinds.stream().anyMatch(k -> k.subject() != FindingKind.Subject.CLASS);
        return rule.conditions().stream()
                .filter(SubjectIs.class::isInstance)
                .map(SubjectIs.class::cast)
                .map(SubjectIs::subject)
                .filter(subject -> !classes.contains(subject) && !subject.equals(NEW_IMAGES))
                .filter(subject -> ofClass || !ofOther && !isNoClass(subject))
                .findFirst()
                .map(subject -> "the watched run has no class '" + Printable.of(subject) + "'"
                        + (RuleTokens.meant(subject, classes).isEmpty()
                                ? "; it has " + some()
                                : RuleTokens.meant(subject, classes)));
    }

    private static boolean isNoClass(String subject) {
        return OTHERS.matcher(subject).matches()
                || MetricRegistry.all().stream()
                        .map(metric ->
                                metric.quantity().substring(metric.quantity().lastIndexOf('.') + 1))
                        .anyMatch(subject::equals);
    }

    private String some() {
        int most = 10;
        return String.join(", ", classes.stream().limit(most).map(Printable::of).toList())
                + (classes.size() > most ? ", ..." : "");
    }
}
