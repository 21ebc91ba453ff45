package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.gate.Measure.Better;
import org.gazecheck.gate.Rule.Condition;
import org.gazecheck.gate.Rule.Operator;
import org.gazecheck.gate.Rule.Scope;
import org.gazecheck.gate.RuleTokens.Sort;
import org.gazecheck.gate.RuleTokens.Token;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;

/** Understands one rule, from left to right (recursive descent). */
final class RuleParser {
    private static final List<String> WHICH = List.of("new", "all");
    private static final List<String> FIELDS = List.of("severity", "kind", "subject");
    private static final int MOST_IMAGES = 1_000_000;

    private final RuleTokens tokens;

    RuleParser(String text) throws RuleException {
        tokens = new RuleTokens(text);
    }

    Rule rule() throws RuleException {
        boolean eachClass = tokens.next().is("each");
        if (eachClass) {
            tokens.expect("each class");
        }
        Token name = tokens.next();
        if (name.sort() != Sort.WORD) {
            throw tokens.expected("a name such as test.top1", List.of());
        }
        tokens.take();
        boolean findings = name.text().equals("findings") || name.text().startsWith("findings.");
        if (findings && eachClass) {
            throw new RuleException(name.column(), "findings are not counted class by class; leave 'each class' out");
        }
        return findings ? findings(name) : measure(name, eachClass);
    }

    private Rule measure(Token name, boolean eachClass) throws RuleException {
        Measure measure = Catalogue.of(name.text()).orElseThrow(() -> unknown(name));
        if (eachClass && !measure.places().byClass()) {
            throw new RuleException(name.column(), measure.name() + " is not measured class by class");
        }
        if (!eachClass && !measure.places().overall()) {
            throw new RuleException(
                    name.column(),
                    measure.name() + " is measured class by class only: write 'each class " + measure.name() + "'");
        }
        if (!measure.isFigure()) {
            tokens.expect("is none");
            return new Rule.NoDrift(tokens.canonical(), measure, minimumAndEnd(measure));
        }
        return tokens.next().is("not") ? baseline(measure, eachClass) : threshold(measure, eachClass);
    }

    private RuleException unknown(Token name) {
        List<String> names = Stream.concat(
                        Catalogue.measures().stream().map(Measure::name), Stream.of("findings.new", "findings.all"))
                .toList();
        return new RuleException(
                name.column(),
                "there is no measure '" + Printable.of(name.text()) + "'" + RuleTokens.meant(name.text(), names));
    }

    private Rule threshold(Measure measure, boolean eachClass) throws RuleException {
        boolean exactly = tokens.takeIf("exactly");
        Token sign = tokens.next();
        Operator operator = operator(measure);
        if (operator == Operator.EQUAL && measure.isNoisy()) {
            throw new RuleException(
                    sign.column(), "a figure estimated from a sample never equals a number exactly: use >= or <=");
        }
        Token number = tokens.next();
        double value = amount(measure);
        if (measure.inPercent() && value > 1) {
            throw new RuleException(
                    number.column(),
                    measure.name() + " lies from 0 to 1"
                            + (value <= 100 ? "; did you mean " + number.text() + " %?" : ""));
        }
        refuseIdle(measure, operator, value, number);
        Scope scope = new Scope(measure, eachClass, minimumAndEnd(measure));
        return new Rule.Threshold(tokens.canonical(), scope, exactly || !measure.isNoisy(), operator, value);
    }

    private Operator operator(Measure measure) throws RuleException {
        Token sign = tokens.next();
        Optional<Operator> operator =
                Arrays.stream(Operator.values()).filter(o -> sign.is(o.sign())).findFirst();
        if (operator.isPresent()) {
            tokens.take();
            return operator.get();
        }
        String others = !measure.isNoisy()
                ? " or ="
                : measure.comparisons().equals(Measure.Places.NONE)
                        ? ""
                        : ", 'not worse than baseline' or 'not different from baseline'";
        String meant =
                switch (sign.text()) {
                    case "=>" -> "; did you mean >=?";
                    case "=<" -> "; did you mean <=?";
                    case "==" -> "; did you mean =?";
                    default -> "";
                };
        throw new RuleException(sign.column(), "expected >=, <=, >, <" + others + ", found " + sign.shown() + meant);
    }

    private double amount(Measure measure) throws RuleException {
        Token token = tokens.next();
        if (token.sort() != Sort.NUMBER) {
            throw tokens.expected(measure.inPercent() ? "a number such as 0.89 or 89 %" : "a number", List.of());
        }
        tokens.take();
        double written = Double.parseDouble(token.text());
        if (!tokens.takeIf("%")) {
            return written;
        }
        if (!measure.inPercent()) {
            throw new RuleException(token.column(), measure.name() + " is not a share: write the number without %");
        }
        return written / 100;
    }

    /** A rule that holds, or is violated, whatever is measured, says nothing. */
    private static void refuseIdle(Measure measure, Operator operator, double value, Token number)
            throws RuleException {
        boolean always = operator == Operator.AT_LEAST && value <= measure.least()
                || operator == Operator.AT_MOST && value >= measure.most();
        boolean never = operator == Operator.BELOW && value <= measure.least()
                || operator == Operator.ABOVE && value >= measure.most();
        if (always || never) {
            throw new RuleException(
                    number.column(),
                    measure.name() + " is " + (always ? "always " : "never ") + operator.words() + " "
                            + Wording.amount(measure, value));
        }
    }

    private Rule baseline(Measure measure, boolean eachClass) throws RuleException {
        if (!measure.isNoisy()) {
            throw new RuleException(
                    tokens.next().column(), measure.name() + " is counted, not estimated: compare it with a number");
        }
        refuseIncomparable(measure, eachClass);
        tokens.expect("not");
        Token how = tokens.next();
        boolean different = how.is("different");
        if (!different && !how.is("worse")) {
            throw tokens.expected("'worse than baseline' or 'different from baseline'", List.of("worse", "different"));
        }
        if (!different && measure.better() == Better.NEITHER) {
            throw new RuleException(
                    how.column(),
                    "neither direction is worse for " + measure.name() + ": write 'not different from baseline'");
        }
        tokens.expect(different ? "different from baseline" : "worse than baseline");
        double margin = 0;
        int by = tokens.next().column();
        if (tokens.takeIf("by")) {
            if (measure.isRanked()) {
                throw new RuleException(
                        by,
                        measure.name()
                                + " is compared by ranks, without a margin: leave 'by more than' out, or compare it"
                                + " with a number");
            }
            tokens.expect("more than");
            margin = amount(measure);
        }
        Scope scope = new Scope(measure, eachClass, minimumAndEnd(measure));
        return new Rule.AgainstBaseline(tokens.canonical(), scope, different, margin);
    }

    private void refuseIncomparable(Measure measure, boolean eachClass) throws RuleException {
        Measure.Places comparisons = measure.comparisons();
        if (eachClass ? comparisons.byClass() : comparisons.overall()) {
            return;
        }
        List<String> comparable = Catalogue.measures().stream()
                .filter(other -> eachClass
                        ? other.comparisons().byClass()
                        : other.comparisons().overall())
                .map(Measure::name)
                .toList();
        throw new RuleException(
                tokens.next().column(),
                measure.name() + " is not compared with the baseline" + (eachClass ? " class by class" : "")
                        + ": write a number, or use " + String.join(", ", comparable));
    }

    private int minimumAndEnd(Measure measure) throws RuleException {
        int minimum = 1;
        if (tokens.next().is("with")) {
            if (measure.nature() == Measure.Nature.COUNT) {
                throw new RuleException(
                        tokens.next().column(),
                        measure.name() + " is not estimated from images: leave 'with at least' out");
            }
            tokens.expect("with at least");
            Token token = tokens.next();
            if (token.sort() != Sort.NUMBER || !token.text().matches("\\d{1,7}")) {
                throw tokens.expected("a number of images such as 20", List.of());
            }
            minimum = Integer.parseInt(token.text());
            if (minimum < 1 || minimum > MOST_IMAGES) {
                throw new RuleException(token.column(), "expected 1 to " + MOST_IMAGES + " images");
            }
            tokens.take();
            tokens.expect("images");
        }
        tokens.expectEnd();
        return minimum;
    }

    private Rule findings(Token name) throws RuleException {
        String[] parts = name.text().split("\\.", -1);
        int column = name.column() + "findings.".length();
        if (parts.length < 2 || !WHICH.contains(parts[1])) {
            throw new RuleException(
                    column,
                    "expected findings.new or findings.all"
                            + (parts.length < 2 ? "" : RuleTokens.meant(parts[1], WHICH)));
        }
        List<Condition> conditions = new ArrayList<>();
        if (parts.length > 2) {
            String field = name.text().substring("findings.".length() + parts[1].length() + 1);
            conditions.add(condition(field, column + parts[1].length() + 1));
            while (tokens.takeIf("and")) {
                Token next = tokens.take();
                conditions.add(condition(next.text(), next.column()));
            }
        }
        tokens.expect("is empty");
        tokens.expectEnd();
        return new Rule.NoFindings(tokens.canonical(), parts[1].equals("new"), conditions);
    }

    private Condition condition(String field, int column) throws RuleException {
        if (!FIELDS.contains(field)) {
            throw new RuleException(
                    column,
                    "a finding has severity, kind and subject, no '" + Printable.of(field) + "'"
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
        return field.equals("kind")
                ? new Condition.KindIs(oneOf("kind", FindingKind.ids()), not)
                : new Condition.SubjectIs(subject(), not);
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
