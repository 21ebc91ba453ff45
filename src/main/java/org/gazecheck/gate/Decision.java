package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Examination.Item;
import org.gazecheck.gate.Examination.Items;
import org.gazecheck.gate.Examination.Missing;
import org.gazecheck.gate.Examination.Things;
import org.gazecheck.gate.Ruling.Decided;
import org.gazecheck.gate.Ruling.Failing;
import org.gazecheck.gate.Ruling.Weighed;
import org.gazecheck.metric.Drift;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.Figure;
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateFailure.State;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.stats.Holm;
import org.gazecheck.stats.Tarone;

/**
 * Whether what a rule found is a failure, and whether it is news.
 *
 * @param level of the rule
 * @param earlier the same gate on the last whole night
 * @param acknowledgements those that hold
 */
record Decision(Gate gate, double level, Optional<GateResult> earlier, List<Acknowledgement> acknowledgements) {
    private static final String TOO_FEW =
            "with so few images or permutations nothing could be distinguished from chance at the rule's level, ";

    Ruling on(Examination examination) {
        return examination instanceof Missing missing ? notApplicable(missing.reason()) : on((Items) examination);
    }

    private Ruling on(Items items) {
        boolean[] testable =
                Tarone.testable(items.items().stream().mapToDouble(Item::leastP).toArray(), level);
        int idle = items.corrected() ? 0 : idle(items, testable);
        if (idle > 0 && idle == items.items().size()) {
            return notApplicable(TOO_FEW + Wording.plain(level));
        }
        int family = (int)
                IntStream.range(0, testable.length).filter(i -> testable[i]).count();
        List<Critical> critical = IntStream.range(0, testable.length)
                .filter(i -> testable[i])
                .mapToObj(i -> items.items().get(i).failure().at(level / family))
                .flatMap(Optional::stream)
                .toList();
        if (items.things() == Things.FIGURE && critical.stream().anyMatch(c -> !c.isPossible())) {
            return notApplicable(TOO_FEW + Wording.plain(level));
        }
        List<Weighed> weighed = weighed(items, testable);
        List<Failing> failing = weighed.stream()
                .filter(w -> w.fails(level))
                .sorted(Comparator.comparingDouble(w -> w.p().orElse(0)))
                .map(w -> failing(w, Math.max(1, family)))
                .toList();
        return new Decided(outcome(failing), items, weighed, failing, critical, idle);
    }

    /** What failed when the rule last applied has not come to hold by not being looked at. */
    private Ruling notApplicable(String reason) {
        List<GateFailure> open = before().map(failure ->
                        acknowledgement(failure.id()).map(failure::acknowledged).orElseGet(failure::persisting))
                .toList();
        GateOutcome outcome = open.isEmpty()
                ? GateOutcome.NOT_APPLICABLE
                : known(open.stream().map(GateFailure::state));
        return new Ruling.NotApplicable(outcome, reason, open);
    }

    private Stream<GateFailure> before() {
        return earlier.stream()
                .flatMap(result -> result.failures().stream())
                .filter(failure -> failure.state() != State.ACKNOWLEDGED);
    }

    private Optional<Acknowledgement> acknowledgement(String failure) {
        return acknowledgements.stream()
                .filter(a -> a.of().equals(failure) || a.of().equals(gate.rule().text()))
                .max(Comparator.comparing(Acknowledgement::until));
    }

    /** How many would be no failure however clear the result. */
    private static int idle(Items items, boolean[] testable) {
        return (int) IntStream.range(0, testable.length)
                .filter(i -> !testable[i] && items.items().get(i).restsOnChance())
                .count();
    }

    /** Those that could be a failure are corrected for each other. */
    private static List<Weighed> weighed(Items items, boolean[] testable) {
        List<Item> all = items.items();
        boolean correct = !items.corrected() && all.stream().allMatch(Item::restsOnChance);
        double[] corrected = Holm.correct(IntStream.range(0, all.size())
                .filter(i -> testable[i])
                .mapToObj(i -> all.get(i).p())
                .flatMapToDouble(OptionalDouble::stream)
                .toArray());
        List<Weighed> weighed = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < all.size(); i++) {
            Item item = all.get(i);
            weighed.add(
                    new Weighed(item, !correct ? item.p() : OptionalDouble.of(testable[i] ? corrected[next++] : 1)));
        }
        return weighed;
    }

    private Failing failing(Weighed weighed, int items) {
        String id = weighed.item().seen().failure();
        Optional<Acknowledgement> known = acknowledgement(id);
        if (known.isPresent()) {
            return new Failing(weighed, State.ACKNOWLEDGED, known, false);
        }
        Optional<GateFailure> last =
                before().filter(failure -> failure.id().equals(id)).findFirst();
        boolean worsened = last.isPresent() && worsened(last.get(), weighed.item(), items);
        return new Failing(
                weighed, last.isPresent() && !worsened ? State.PERSISTING : State.NEW, Optional.empty(), worsened);
    }

    /** Any step where chance plays no part; else a test of its own: of all things of the rule together at its level. */
    private boolean worsened(GateFailure last, Item item, int items) {
        Figure now = item.figure();
        if (item.worse() == 0) {
            return false;
        }
        if (!item.restsOnChance()) {
            return item.worse() * (now.value() - last.value()) > 0;
        }
        OptionalDouble p = item.worse() > 0
                ? OneSidedP.ofStep(last.value(), last.low(), last.high(), now.value(), now.low(), now.high())
                : OneSidedP.ofStep(-last.value(), -last.high(), -last.low(), -now.value(), -now.high(), -now.low());
        return p.isPresent() && p.getAsDouble() <= level / items;
    }

    /** What is new among the failures makes it news, unless it is a drift that others explain which persist. */
    private GateOutcome outcome(List<Failing> failing) {
        if (failing.isEmpty()) {
            return GateOutcome.PASSED;
        }
        Set<Drift> persisting = failing.stream()
                .filter(f -> f.state() == State.PERSISTING)
                .flatMap(f -> f.item().seen().drift().stream())
                .collect(Collectors.toSet());
        boolean news = failing.stream().filter(f -> f.state() == State.NEW).anyMatch(f -> f.item()
                .seen()
                .drift()
                .filter(drift -> drift.explainedBy(persisting))
                .isEmpty());
        if (news) {
            return gate.level() == GateLevel.FAIL ? GateOutcome.FAILED : GateOutcome.WARNED;
        }
        return known(failing.stream().map(Failing::state));
    }

    private static GateOutcome known(Stream<State> states) {
        return states.anyMatch(state -> state == State.PERSISTING) ? GateOutcome.PERSISTING : GateOutcome.ACKNOWLEDGED;
    }
}
