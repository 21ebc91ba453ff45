package org.gazecheck.gate;

import java.util.List;
import org.gazecheck.gate.RuleTokens.Sort;
import org.gazecheck.gate.RuleTokens.Token;

/** Understands one rule, from left to right (recursive descent). */
final class RuleParser {
    private static final String FINDINGS = "findings";

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
        boolean ofNewImages = isOrIsOf(name, Rule.Which.OF_NEW_IMAGES.text()) && !isCounted(name);
        if (!isOrIsOf(name, FINDINGS) && !ofNewImages) {
            return new MetricRuleParser(tokens).rule(name, eachClass);
        }
        if (eachClass) {
            throw new RuleException(name.column(), "findings are not counted class by class; leave 'each class' out");
        }
        return new FindingsRuleParser(tokens).rule(name);
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
