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
        if (!name.text().equals(FINDINGS) && !name.text().startsWith(FINDINGS + ".")) {
            return new MetricRuleParser(tokens).rule(name, eachClass);
        }
        if (eachClass) {
            throw new RuleException(name.column(), "findings are not counted class by class; leave 'each class' out");
        }
        return new FindingsRuleParser(tokens).rule(name);
    }
}
