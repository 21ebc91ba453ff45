package org.gazecheck.report;

import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.TestedEffect;

/** The smallest effect of a possible shortcut that its images would have shown with a probability of 80 %. */
final class Detectable {
    private Detectable() {}

    /** In words that follow what was found; empty where it was not put on anything. */
    static Optional<String> of(Shortcut shortcut, List<TestedEffect> tests) {
        return tests.stream()
                .filter(test -> test.kind() == shortcut.reason().kind()
                        && test.subject().equals(shortcut.name())
                        && !Double.isNaN(test.detectable()))
                .findFirst()
                .map(test -> test.detectable() > 1
                        ? "with so few images no effect could have been found"
                        : "put on others, " + Numbers.fixed(100 * test.detectable(), 0)
                                + " percentage points would have been found");
    }
}
