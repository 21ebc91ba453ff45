package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.gazecheck.gate.Rule.Condition;
import org.gazecheck.gate.RuleTokens.Sort;
import org.gazecheck.gate.RuleTokens.Token;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Reason;

/** Understands which findings there may be none of. */
record FindingsRuleParser(RuleTokens tokens) {
    private static final List<String> FIELDS = List.of("severity", "kind", "subject", "grade", "reason");

    /** @param name taken already */
    Rule rule(Token name) throws RuleException {
        Rule.Which which = Arrays.stream(Rule.Which.values())
                .filter(of -> name.text().equals(of.text()) || name.text().startsWith(of.text() + "."))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        List<Condition> conditions = new ArrayList<>();
        if (!name.text().equals(which.text())) {
            int before = which.text().length() + 1;
            conditions.add(condition(name.text().substring(before), name.column() + before));
            while (tokens.takeIf("and")) {
                Token next = tokens.take();
                conditions.add(condition(next.text(), next.column()));
            }
        }
        possible(conditions, name.column());
        tokens.expect("is empty");
        tokens.expectEnd();
        return new Rule.NoFindings(tokens.canonical(), which, conditions);
    }

    private static RuleException unknown(Token name) {
        String[] parts = name.text().split("\\.", -1);
        return new RuleException(
                name.column() + "findings.".length(),
                "expected findings.new or findings.all"
                        + (parts.length < 2 ? "" : RuleTokens.meant(parts[1], List.of("new", "all"))));
    }

    private Condition condition(String field, int column) throws RuleException {
        if (!FIELDS.contains(field)) {
            throw new RuleException(
                    column,
                    "a finding has severity, kind, subject, grade and reason, no '" + Printable.of(field) + "'"
                            + RuleTokens.meant(field, FIELDS));
        }
        boolean severity = field.equals("severity");
        Token sign = tokens.next();
        boolean atLeast = severity && sign.is(">=");
        boolean not = !severity && sign.is("!=");
        if (!atLeast && !not && !sign.is("=")) {
            throw tokens.expected(severity ? ">= or =" : "= or !=", List.of());
        }
        tokens.take();
        if (severity) {
            Finding.Severity value =
                    Finding.Severity.valueOf(oneOf("severity", severities()).toUpperCase(Locale.ROOT));
            return atLeast ? new Condition.SeverityAtLeast(value) : new Condition.SeverityIs(value);
        }
        return switch (field) {
            case "kind" -> new Condition.KindIs(kind(not), not);
            case "grade" -> new Condition.GradeIs(grade(), not);
            case "reason" -> new Condition.ReasonIs(Reason.of(oneOf("reason", reasons())), not);
            default -> new Condition.SubjectIs(subject(), not);
        };
    }

    private Finding.Grade grade() throws RuleException {
        return Finding.Grade.valueOf(oneOf("grade", grades()).toUpperCase(Locale.ROOT));
    }

    private static List<String> grades() {
        return Arrays.stream(Finding.Grade.values()).map(Finding.Grade::text).toList();
    }

    private static List<String> reasons() {
        return Arrays.stream(Reason.values()).map(Reason::id).toList();
    }

    /** Of one kind of finding only shortcuts have grade and reason, and each kind of shortcut one reason. */
    private static void possible(List<Condition> conditions, int column) throws RuleException {
        for (Condition condition : conditions) {
            if (condition instanceof Condition.KindIs kind && !kind.not()) {
                FindingKind of = FindingKind.of(kind.kind());
                for (Condition other : conditions) {
                    boolean graded = other instanceof Condition.GradeIs || other instanceof Condition.ReasonIs;
                    if (graded && !of.isShortcut()) {
                        throw new RuleException(
                                column,
                                "findings of kind " + of.id()
                                        + " have neither grade nor reason: the rule could never fail");
                    }
                    if (other instanceof Condition.ReasonIs reason
                            && (reason.reason().kind() == of) == reason.not()) {
                        throw new RuleException(
                                column,
                                "findings of kind " + of.id()
                                        + " have one reason, which this excludes: the rule could never fail");
                    }
                }
            }
        }
    }

    /** A rule about what gates never judge could never fail. */
    private String kind(boolean not) throws RuleException {
        Token token = tokens.next();
        String kind = oneOf("kind", FindingKind.ids());
        if (!not && !FindingKind.of(kind).subject().steady()) {
            throw new RuleException(
                    token.column(),
                    "findings of kind " + kind + " have names that change from audit to audit, and gates do not judge"
                            + " them: the rule could never fail");
        }
        return kind;
    }

    private static List<String> severities() {
        return Arrays.stream(Finding.Severity.values())
                .map(Finding.Severity::text)
                .toList();
    }

    private String oneOf(String field, List<String> allowed) throws RuleException {
        String text = tokens.next().text();
        if (!allowed.contains(text)) {
            throw tokens.expected("a " + field + " (" + String.join(", ", allowed) + ")", allowed);
        }
        tokens.take();
        return text;
    }

    /** A word, or anything in quotes. */
    private String subject() throws RuleException {
        Token token = tokens.next();
        if (token.sort() == Sort.QUOTED) {
            tokens.take();
            return token.text().substring(1, token.text().length() - 1);
        }
        if (token.sort() != Sort.WORD) {
            throw tokens.expected("a subject, in quotes where it is not one word", List.of());
        }
        tokens.take();
        return token.text();
    }
}
