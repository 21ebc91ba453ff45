package org.gazecheck.gate;

import java.util.List;
import org.gazecheck.gate.RuleTokens.Sort;
import org.gazecheck.gate.RuleTokens.Token;
import org.gazecheck.results.RunVerdict.Level;

/** Understands one rule, from left to right (recursive descent). */
final class RuleParser {
    private static final String FINDINGS = "findings";
    private static final String VERDICT = "verdict";

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
        if (name.is(VERDICT)) {
            return verdict(eachClass, name);
        }
        boolean ofNewImages = isOrIsOf(name, Rule.Which.OF_NEW_IMAGES.text()) && !isCounted(name);
        if (!isOrIsOf(name, FINDINGS) && !ofNewImages) {
            return new MetricRuleParser(tokens).rule(name, eachClass);
        }
        if (eachClass) {
            throw new RuleException(name.column(), "findings are not counted class by class; leave 'each class' out");
        }
        return new FindingsRuleParser(tokens).rule(name);
    }

    /** Of the verdict it can be asked that it is the mildest, or not the gravest. */
    private Rule verdict(boolean eachClass, Token name) throws RuleException {
        if (eachClass) {
            throw new RuleException(
                    name.column(), "there is one verdict, not one of each class; leave 'each class' out");
        }
        boolean not = tokens.next().is("!=");
        if (!not && !tokens.next().is("=")) {
            throw tokens.expected("= or !=", List.of());
        }
        tokens.take();
        Level asked = not ? Level.DO_NOT_USE : Level.LOOKS_RIGHT;
        String quoted = '"' + asked.text() + '"';
        String said = tokens.next().text();
        if (!said.equals(quoted) && !said.equals("'" + asked.text() + "'")) {
            throw tokens.expected(
                    quoted + ", as in: verdict = \"looks right\", or verdict != \"do not use\"", List.of());
        }
        tokens.take();
        tokens.expectEnd();
        return new Rule.VerdictIs(
                "verdict " + (not ? "!= " : "= ") + quoted, not ? Level.LOOK_AT_THIS : Level.LOOKS_RIGHT);
    }

    /** Whether all findings of new images are held to a number. */
    private boolean isCounted(Token name) {
        Token next = tokens.next();
        return name.text().equals(Rule.Which.OF_NEW_IMAGES.text())
                && (next.sort() == Sort.SIGN || next.is("exactly") || next.is("not"));
    }

    private static boolean isOrIsOf(Token name, String findings) {
        return name.text().equals(findings) || name.text().startsWith(findings + ".");
    }
}
