package org.gazecheck.gate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;

/**
 * All rules of a configuration, and how often they may be wrong together.
 *
 * <p>The budget is the chance that anything fails in a night in which every rule truly holds. It is divided evenly among
 * the rules that rest on chance, warnings and rules that do not apply included (Bonferroni), so that the level of each is
 * known before anything is measured: {@code level = budget / rules}. Within a rule the classes or tests that could fail at
 * all (Tarone) are corrected for each other by Holm's procedure. Both hold whatever depends on whatever. Outside the budget
 * are rules on counts, those marked {@code exactly}, and findings that rest on no test.
 *
 * @param gates warnings after failures
 * @param budget above 0, at most 0.5
 */
public record Gates(List<Gate> gates, double budget) {
    /** At most one false alarm in 100 quiet nights. */
    public static final double DEFAULT_BUDGET = 0.01;

    public Gates {
        if (!(budget > 0 && budget <= 0.5)) {
            throw new IllegalArgumentException("a false-alarm budget of " + budget);
        }
        gates = List.copyOf(gates);
    }

    /**
     * Understands all rules.
     *
     * @param fail rules that alert
     * @param warn rules that are listed
     * @throws ConfigurationException with all mistakes, each with its list, its place in it, and the column
     */
    public static Gates of(List<String> fail, List<String> warn, double budget) throws ConfigurationException {
        List<String> mistakes = new ArrayList<>();
        List<Gate> gates = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        add(fail, GateLevel.FAIL, gates, seen, mistakes);
        add(warn, GateLevel.WARN, gates, seen, mistakes);
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
        return new Gates(gates, budget);
    }

    private static void add(
            List<String> rules, GateLevel level, List<Gate> gates, Set<String> seen, List<String> mistakes) {
        for (int i = 0; i < rules.size(); i++) {
            String place = "gates." + level.text() + ", rule " + (i + 1) + ": ";
            try {
                Rule rule = Rule.of(rules.get(i));
                if (!seen.add(rule.text())) {
                    mistakes.add(place + "the rule '" + rule.text() + "' appears twice");
                }
                gates.add(new Gate(rule, level));
            } catch (RuleException e) {
                mistakes.add(place + e.getMessage());
            }
        }
    }

    /** What is wrong with rules about findings of classes that the watched run does not have, each with its place. */
    public List<String> unknownSubjects(Collection<String> classes) {
        Subjects subjects = new Subjects(classes);
        return gates.stream()
                .filter(gate -> gate.rule() instanceof Rule.NoFindings)
                .flatMap(gate -> subjects.problem((Rule.NoFindings) gate.rule()).stream()
                        .map(problem -> "gates." + gate.level().text() + ", rule '"
                                + gate.rule().text() + "': " + problem))
                .toList();
    }

    /** Whether a rule holds the number of images that arrive, which must then be judged even where none did. */
    public boolean countArrivals() {
        return gates.stream()
                .anyMatch(gate -> gate.rule() instanceof Rule.Threshold threshold
                        && threshold.scope().id().equals(MetricId.of(MetricSet.NEW, MetricRegistry.IMAGES)));
    }

    /** The texts of rules that only images that arrive can break. */
    public List<String> aboutArrivals() {
        return gates.stream()
                .map(Gate::rule)
                .filter(Gates::isAboutArrivals)
                .map(Rule::text)
                .toList();
    }

    private static boolean isAboutArrivals(Rule rule) {
        if (rule instanceof Rule.Threshold threshold) {
            return threshold.scope().id().set() == MetricSet.NEW;
        }
        if (rule instanceof Rule.AgainstBaseline against) {
            return against.scope().id().set() == MetricSet.NEW;
        }
        return rule instanceof Rule.NoDrift
                || rule instanceof Rule.NoFindings findings && findings.of() == Rule.Which.OF_NEW_IMAGES;
    }

    /** How many rules the budget is divided among. */
    public int chanceRules() {
        return (int) gates.stream().filter(Gate::restsOnChance).count();
    }

    /** The chance of a false alarm that each rule resting on chance may have; NaN without such rules. */
    public double level() {
        return chanceRules() == 0 ? Double.NaN : budget / chanceRules();
    }

    /**
     * Applies the rules to a run.
     *
     * @param run its id
     * @param time of the verdict; acknowledgements are held to its day in UTC
     * @param before of the last whole night: what failed there in the same way does not alert again; empty where there is
     *     none
     * @param acknowledgements all there are, those that are over included
     */
    public GateVerdict judge(
            String run,
            Instant time,
            MeasurementTable measurements,
            Optional<GateVerdict> before,
            List<Acknowledgement> acknowledgements) {
        LocalDate day = time.atZone(ZoneOffset.UTC).toLocalDate();
        List<Acknowledgement> holding =
                acknowledgements.stream().filter(a -> a.holdsOn(day)).toList();
        Examiner examiner = new Examiner(measurements);
        List<GateResult> results = gates.stream()
                .map(gate -> new RulingText(gate, level())
                        .result(new Decision(
                                        gate,
                                        level(),
                                        new EarlierFailures(
                                                run,
                                                gate,
                                                level(),
                                                budget,
                                                measurements,
                                                earlier(before, gate),
                                                holding))
                                .on(examiner.examine(gate.rule()))))
                .toList();
        return new GateVerdict(
                GateVerdict.SCHEMA_VERSION, run, time, budget, chanceRules(), level(), results, holding, null);
    }

    private static Optional<GateResult> earlier(Optional<GateVerdict> before, Gate gate) {
        return before.flatMap(verdict -> verdict.gates().stream()
                .filter(result -> result.rule().equals(gate.rule().text()) && result.level() == gate.level())
                .findFirst());
    }
}
