package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.report.page.Page.Fact;
import org.gazecheck.results.Finding;

/** Words of the field, explained where findings use them. */
final class FindingWords {
    private FindingWords() {}

    /** In the order in which they build on each other. */
    static List<Fact> of(Finding finding) {
        String texts = finding.text();
        List<Fact> words = new ArrayList<>();
        if (texts.contains("energy") || texts.contains("lift")) {
            words.add(new Fact("Energy", "the positive part of a heatmap; all of it together is 100\u00a0%."));
        }
        if (texts.contains("lift")) {
            words.add(new Fact(
                    "Lift",
                    "the share of energy on the object over the object's share of the image: 1 is what a"
                            + " uniform heatmap would have, less means that it looks elsewhere."));
        }
        if (texts.contains("rank accuracy") || texts.contains("hottest pixels")) {
            words.add(new Fact(
                    "Rank accuracy",
                    "of as many of the hottest pixels as the object has, the share that lies on the object."));
        }
        if (texts.contains("Cliff's delta")) {
            words.add(new Fact(
                    "Cliff's delta",
                    "over all pairs of an error and a correct prediction of one class, how often the error's value"
                            + " is the"
                            + " higher less how often it is the lower: −1 to 1, 0 is no difference."));
        }
        if (finding.q().isPresent()) {
            words.add(new Fact(
                    "p and q",
                    "the chance of an effect at least this large where there is none; q is p corrected for the"
                            + " number of"
                            + " tests that were made. Small is good evidence."));
        }
        return words;
    }
}
