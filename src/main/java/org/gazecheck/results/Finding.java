package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One statement of the audit with its evidence, an entry of {@code findings.json}.
 *
 * @param subject what it is about, as {@link FindingKind#subject()} says
 * @param grade how well it is established; null where its kind is not graded
 * @param reason what makes the network decide as it does, as far as it is known
 * @param story id shared by findings that have one cause
 */
public record Finding(
        FindingKind kind,
        String subject,
        Statement statement,
        @Nullable Grade grade,
        @Nullable String reason,
        @Nullable String story) {
    public Finding(FindingKind kind, String subject, Statement statement) {
        this(kind, subject, statement, null, null, null);
    }

    /** How well a cause is established. */
    public enum Grade {
        /** Put on, the property makes other classes' objects this class, and a second witness holds. */
        PROVEN,
        /** One of these alone. */
        SUSPECTED;

        /** As it is written in files: lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How much a finding matters. */
    public enum Severity {
        INFO,
        LOW,
        MEDIUM,
        HIGH;

        /** As it is written in files: lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same finding with another statement. */
    public Finding saying(Statement other) {
        return new Finding(kind, subject, other, grade, reason, story);
    }

    /** The same finding as part of a story. */
    public Finding of(String otherStory) {
        return new Finding(kind, subject, statement, grade, reason, otherStory);
    }

    public boolean is(FindingKind other) {
        return kind == other;
    }

    /** Stable over runs: kind and subject. */
    public String id() {
        return kind.id() + ":" + subject;
    }

    public Severity severity() {
        return statement.severity();
    }

    public String text() {
        return statement.text();
    }

    public double effect() {
        return statement.effect();
    }

    public double low() {
        return statement.low();
    }

    public double high() {
        return statement.high();
    }

    public OptionalDouble p() {
        return statement.p();
    }

    public OptionalDouble q() {
        return statement.q();
    }

    public int n() {
        return statement.n();
    }

    public List<String> evidence() {
        return statement.evidence();
    }

    public String advice() {
        return statement.advice();
    }
}
