package org.gazecheck.gate;

import java.util.List;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Reason;
import org.gazecheck.results.RunVerdict;

/** What must hold of a night; its grammar stands in {@code docs/gates.md}. */
public sealed interface Rule {
    /** A figure against a number: {@code test.top1 >= 0.89}. */
    record Threshold(String text, Scope scope, boolean exactly, Operator operator, double value) implements Rule {
        @Override
        public int minimum() {
            return scope.minimum();
        }
    }

    /** A figure against the baseline: {@code test.top1 not worse than baseline}; a margin of 0 is none. */
    record AgainstBaseline(String text, Scope scope, boolean anyDifference, double margin) implements Rule {
        @Override
        public int minimum() {
            return scope.minimum();
        }
    }

    /** Tests against the baseline of which none may show anything: {@code new.drift is none}. */
    record NoDrift(String text, MetricId id, int minimum) implements Rule {}

    /**
     * Findings of which there may be none: {@code findings.new.severity >= high is empty}.
     *
     * @param of which findings
     */
    record NoFindings(String text, Which of, List<Condition> conditions) implements Rule {
        public NoFindings {
            conditions = List.copyOf(conditions);
        }

        /** Whether it asks how well findings are established. */
        boolean readsGrades() {
            return conditions.stream().anyMatch(Condition.GradeIs.class::isInstance);
        }

        /** Whether it is about what the baseline does not have. */
        boolean onlyNew() {
            return of == Which.NEW;
        }
    }

    /**
     * What the audit and the review come to: {@code verdict != "do not use"}.
     *
     * @param worst what it may be at worst
     */
    record VerdictIs(String text, RunVerdict.Level worst) implements Rule {}

    /** Which findings a rule is about. */
    enum Which {
        /** Those of the watched model's audit. */
        ALL("findings.all"),
        /** Of these, those that the baseline does not have. */
        NEW("findings.new"),
        /** Those of the audit of new images. */
        OF_NEW_IMAGES("new.findings");

        private final String text;

        Which(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * Of what.
     *
     * @param eachClass whether of every class by itself
     * @param minimum images below which nothing is said; at least 1
     */
    record Scope(MetricId id, boolean eachClass, int minimum) {}

    /** How a figure is compared with a number. */
    enum Operator {
        AT_LEAST(">=", "at least", "below"),
        AT_MOST("<=", "at most", "above"),
        ABOVE(">", "above", "not above"),
        BELOW("<", "below", "not below"),
        EQUAL("=", "exactly", "not");

        private final String sign;
        private final String words;
        private final String violated;

        Operator(String sign, String words, String violated) {
            this.sign = sign;
            this.words = words;
            this.violated = violated;
        }

        String sign() {
            return sign;
        }

        /** Such as "at least". */
        String words() {
            return words;
        }

        /** Such as "below". */
        String violated() {
            return violated;
        }

        boolean holds(double value, double threshold) {
            return switch (this) {
                case AT_LEAST -> value >= threshold;
                case AT_MOST -> value <= threshold;
                case ABOVE -> value > threshold;
                case BELOW -> value < threshold;
                case EQUAL -> value == threshold;
            };
        }

        /** Whether small figures violate it. */
        boolean boundsBelow() {
            return this == AT_LEAST || this == ABOVE;
        }
    }

    /** What a finding must be to count. */
    sealed interface Condition {
        record SeverityAtLeast(Finding.Severity severity) implements Condition {
            @Override
            public boolean holds(Finding finding) {
                return finding.severity().compareTo(severity) >= 0;
            }
        }

        record SeverityIs(Finding.Severity severity) implements Condition {
            @Override
            public boolean holds(Finding finding) {
                return finding.severity() == severity;
            }
        }

        record KindIs(String kind, boolean not) implements Condition {
            @Override
            public boolean holds(Finding finding) {
                return finding.kind().id().equals(kind) != not;
            }
        }

        record SubjectIs(String subject, boolean not) implements Condition {
            @Override
            public boolean holds(Finding finding) {
                return finding.subject().equals(subject) != not;
            }
        }

        /** Only shortcuts have one. */
        record GradeIs(Finding.Grade grade, boolean not) implements Condition {
            @Override
            public boolean holds(Finding finding) {
                return finding.kind().isShortcut() && (finding.grade() == grade) != not;
            }
        }

        /** Only shortcuts have one. */
        record ReasonIs(Reason reason, boolean not) implements Condition {
            @Override
            public boolean holds(Finding finding) {
                return finding.kind().isShortcut() && reason.id().equals(finding.reason()) != not;
            }
        }

        boolean holds(Finding finding);
    }

    /** Images below which it says nothing. */
    default int minimum() {
        return 1;
    }

    /** The rule with single blanks, by which the next night knows it again. */
    String text();

    /**
     * Understands a rule.
     *
     * @throws RuleException with the place and what was expected there
     */
    static Rule of(String text) throws RuleException {
        return new RuleParser(text).rule();
    }
}
