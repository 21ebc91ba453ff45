package org.gazecheck.gate;

import java.util.Optional;
import org.gazecheck.metric.Drift;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.RunVerdict;

/** What a rule looked at: itself, one class, one test, or one finding. */
sealed interface Seen {
    record OfFigure(Rule.Threshold rule, MetricId id, Figure figure) implements Seen {
        @Override
        public String failure() {
            return partOf(rule, id);
        }
    }

    record OfComparison(Rule.AgainstBaseline rule, MetricId id, BaselineComparison comparison) implements Seen {
        @Override
        public String failure() {
            return partOf(rule, id);
        }
    }

    record OfTest(Rule.NoDrift rule, DriftTest test) implements Seen {
        @Override
        public String failure() {
            return rule.text() + " / " + test.id().text();
        }

        @Override
        public Optional<Drift> drift() {
            return test.id().metric().drift();
        }
    }

    record OfFinding(Rule.NoFindings rule, NightFinding found) implements Seen {
        @Override
        public String failure() {
            String id = finding().id();
            return rule.of() == Rule.Which.OF_NEW_IMAGES ? rule.of().text() + " / " + id : id;
        }

        Finding finding() {
            return found.finding();
        }
    }

    record OfVerdict(Rule.VerdictIs rule, RunVerdict verdict) implements Seen {
        @Override
        public String failure() {
            return rule.text();
        }
    }

    /** Nothing can be said although there is something to be said. @param reason a clause of its own */
    record Nothing(Rule rule, String reason) implements Seen {
        @Override
        public String failure() {
            return rule.text();
        }
    }

    /** The id of the failure that it may become. */
    String failure();

    /** What kind of drift it shows, where it does. */
    default Optional<Drift> drift() {
        return Optional.empty();
    }

    private static String partOf(Rule rule, MetricId id) {
        return rule.text() + id.ofClass().map(label -> " / " + label).orElse("");
    }
}
