package org.gazecheck.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.gate.Rule.Operator;
import org.gazecheck.gate.Rule.Scope;
import org.gazecheck.gate.RuleTokens.Sort;
import org.gazecheck.gate.RuleTokens.Token;
import org.gazecheck.io.Printable;
import org.gazecheck.metric.Metric;
import org.gazecheck.metric.Metric.Better;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.RenamedMetrics;
import org.gazecheck.metric.Unit;

/** Understands what a rule asks of a metric. */
record MetricRuleParser(RuleTokens tokens) {
    private static final int MOST_IMAGES = 1_000_000;

    /** @param name taken already */
    Rule rule(Token name, boolean eachClass) throws RuleException {
        MetricId id = MetricId.of(name.text()).orElseThrow(() -> unknown(name));
        if (eachClass && !id.isByClass()) {
            throw new RuleException(name.column(), id + " is not measured class by class");
        }
        if (!eachClass && !id.isOverall()) {
            throw new RuleException(
                    name.column(), id + " is measured class by class only: write 'each class " + id + "'");
        }
        if (!id.metric().isFigure()) {
            tokens.expect("is none");
            return new Rule.NoDrift(tokens.canonical(), id, minimumAndEnd(id));
        }
        return tokens.next().is("not") ? baseline(id, eachClass) : threshold(id, eachClass);
    }

    private static RuleException unknown(Token name) {
        Optional<String> renamed = RenamedMetrics.of(name.text());
        if (renamed.isPresent()) {
            return new RuleException(name.column(), name.text() + " is called " + renamed.get() + " now");
        }
        List<String> names = Stream.concat(
                        MetricId.all().stream().map(MetricId::text), Stream.of("findings.new", "findings.all"))
                .toList();
        return new RuleException(
                name.column(),
                "there is no metric '" + Printable.of(name.text()) + "'" + RuleTokens.meant(name.text(), names));
    }

    private Rule threshold(MetricId id, boolean eachClass) throws RuleException {
        boolean exactly = tokens.takeIf("exactly");
        Token sign = tokens.next();
        Operator operator = operator(id);
        if (operator == Operator.EQUAL && id.metric().isNoisy()) {
            throw new RuleException(
                    sign.column(), "a figure estimated from a sample never equals a number exactly: use >= or <=");
        }
        Token number = tokens.next();
        double value = id.metric().unit() == Unit.TRUTH ? truth(id, operator, sign) : amount(id);
        if (id.metric().inPercent() && value > 1) {
            throw new RuleException(number.column(), id + " lies from 0 to 1" + meantShare(number.text(), value));
        }
        refuseIdle(id, operator, value, number);
        Scope scope = new Scope(id, eachClass, minimumAndEnd(id));
        return new Rule.Threshold(
                tokens.canonical(), scope, exactly || !id.metric().isNoisy(), operator, value);
    }

    /** {@code 89} was meant as a percentage; of more than 100 % a digit, or a point, is wrong. */
    private static String meantShare(String written, double value) {
        double percent = Double.parseDouble(written);
        boolean withoutSign = value == percent && percent > 1;
        if (withoutSign && percent < 100) {
            return "; did you mean " + written + " %?";
        }
        double shifted = percent;
        while (shifted >= 100) {
            shifted /= 10;
        }
        return "; did you mean " + Wording.plain(shifted) + " %?";
    }

    private Operator operator(MetricId id) throws RuleException {
        Token sign = tokens.next();
        Optional<Operator> operator =
                Arrays.stream(Operator.values()).filter(o -> sign.is(o.sign())).findFirst();
        if (operator.isPresent()) {
            tokens.take();
            return operator.get();
        }
        String others = !id.metric().isNoisy()
                ? " or ="
                : !id.isCompared() ? "" : ", 'not worse than baseline' or 'not different from baseline'";
        String meant =
                switch (sign.text()) {
                    case "=>" -> "; did you mean >=?";
                    case "=<" -> "; did you mean <=?";
                    case "==" -> "; did you mean =?";
                    default -> "";
                };
        throw new RuleException(sign.column(), "expected >=, <=, >, <" + others + ", found " + sign.shown() + meant);
    }

    /** 1 for what is so, 0 for what is not. */
    private double truth(MetricId id, Operator operator, Token sign) throws RuleException {
        Token value = tokens.next();
        boolean isSo = value.is("true") || value.is("1");
        if (operator != Operator.EQUAL || !isSo && !value.is("false") && !value.is("0")) {
            throw new RuleException(
                    operator == Operator.EQUAL ? value.column() : sign.column(),
                    id + " is true or false: write '" + id + " = true'");
        }
        tokens.take();
        return isSo ? 1 : 0;
    }

    private double amount(MetricId id) throws RuleException {
        Token token = tokens.next();
        if (token.sort() == Sort.WORD && RuleTokens.asNumber(token.text()).isPresent()) {
            throw new RuleException(token.column(), RuleTokens.oddNumber(token.text()));
        }
        if (token.sort() != Sort.NUMBER) {
            throw tokens.expected(id.metric().inPercent() ? "a number such as 0.89 or 89 %" : "a number", List.of());
        }
        tokens.take();
        double written = Double.parseDouble(token.text());
        if (!tokens.takeIf("%")) {
            return written;
        }
        if (!id.metric().inPercent()) {
            throw new RuleException(token.column(), id + " is not a share: write the number without %");
        }
        return written / 100;
    }

    /** A rule that holds, or is violated, whatever is measured, says nothing. */
    private static void refuseIdle(MetricId id, Operator operator, double value, Token number) throws RuleException {
        boolean always = operator == Operator.AT_LEAST
                        && value <= id.metric().unit().least()
                || operator == Operator.AT_MOST && value >= id.metric().unit().most();
        boolean never = operator == Operator.BELOW
                        && value <= id.metric().unit().least()
                || operator == Operator.ABOVE && value >= id.metric().unit().most();
        if (always || never) {
            throw new RuleException(
                    number.column(),
                    id + " is " + (always ? "always " : "never ") + operator.words() + " "
                            + Wording.amount(id.metric(), value));
        }
    }

    private Rule baseline(MetricId id, boolean eachClass) throws RuleException {
        if (!id.metric().isNoisy()) {
            throw new RuleException(
                    tokens.next().column(), id + " is counted, not estimated: compare it with a number");
        }
        refuseIncomparable(id, eachClass);
        tokens.expect("not");
        Token how = tokens.next();
        boolean different = how.is("different");
        if (!different && !how.is("worse")) {
            throw tokens.expected("'worse than baseline' or 'different from baseline'", List.of("worse", "different"));
        }
        if (!different && id.metric().better() == Better.NEITHER) {
            throw new RuleException(
                    how.column(), "neither direction is worse for " + id + ": write 'not different from baseline'");
        }
        tokens.expect(different ? "different from baseline" : "worse than baseline");
        double margin = 0;
        int by = tokens.next().column();
        if (tokens.takeIf("by")) {
            if (id.isRanked()) {
                throw new RuleException(
                        by,
                        id + " is compared by ranks, without a margin: leave 'by more than' out, or compare it"
                                + " with a number");
            }
            tokens.expect("more than");
            Token number = tokens.next();
            margin = amount(id);
            if (margin >= id.metric().unit().most()) {
                throw new RuleException(
                        number.column(),
                        id + " lies from 0 to 1, so that no loss is more than " + Wording.amount(id.metric(), margin)
                                + meantShare(number.text(), margin));
            }
        }
        Scope scope = new Scope(id, eachClass, minimumAndEnd(id));
        return new Rule.AgainstBaseline(tokens.canonical(), scope, different, margin);
    }

    private void refuseIncomparable(MetricId id, boolean eachClass) throws RuleException {
        if (eachClass ? id.isComparedByClass() : id.isCompared()) {
            return;
        }
        List<String> comparable = MetricId.all().stream()
                .filter(eachClass ? MetricId::isComparedByClass : MetricId::isCompared)
                .map(MetricId::text)
                .toList();
        throw new RuleException(
                tokens.next().column(),
                id + " is not compared with the baseline" + (eachClass ? " class by class" : "")
                        + ": write a number, or use " + String.join(", ", comparable));
    }

    private int minimumAndEnd(MetricId id) throws RuleException {
        int minimum = 1;
        if (tokens.next().is("with")) {
            if (id.metric().nature() == Metric.Nature.COUNT) {
                throw new RuleException(
                        tokens.next().column(), id + " is not estimated from images: leave 'with at least' out");
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
}
