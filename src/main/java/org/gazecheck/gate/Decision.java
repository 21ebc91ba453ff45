package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateFailure.State;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.stats.Holm;
import org.gazecheck.stats.Tarone;

/**
 * Whether what a rule found is a failure, and whether it is news.
 *
 * @param level of the rule
 * @param before what failed earlier, and what became of it
 */
record Decision(Gate gate, double level, EarlierFailures before) {
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
        Map<String, Tested> tested = new HashMap<>();
        List<Critical> critical = new ArrayList<>();
        for (int i = 0; i < testable.length; i++) {
            Item item = items.items().get(i);
            if (testable[i]) {
                Optional<Critical> least = item.failure().at(level / family);
                least.ifPresent(critical::add);
                tested.put(item.seen().failure(), new Tested(item, least));
            } else if (!item.restsOnChance()) {
                tested.put(item.seen().failure(), new Tested(item, Optional.empty()));
            }
        }
        if (items.things() == Things.FIGURE && critical.stream().anyMatch(c -> !c.isPossible())) {
            return notApplicable(TOO_FEW + Wording.plain(level));
        }
        List<Weighed> weighed = weighed(items, testable);
        List<Weighed> fail = weighed.stream()
                .filter(w -> w.fails(level))
                .sorted(Comparator.comparingDouble(w -> w.p().orElse(0)))
                .toList();
        List<Failing> failing =
                fail.stream().map(w -> before.failing(w, fail.size())).toList();
        Set<String> ids = failing.stream().map(f -> f.item().seen().failure()).collect(Collectors.toSet());
        List<GateFailure> open = before.open(ids, id -> Optional.ofNullable(tested.get(id)), items.things());
        return new Decided(outcome(failing, open), items, weighed, failing, open, critical, idle);
    }

    /** What could have failed tonight. @param least what would have been just enough, where that is known */
    record Tested(Item item, Optional<Critical> least) {}

    /** What failed when the rule last applied has not come to hold by not being looked at. */
    private Ruling notApplicable(String reason) {
        List<GateFailure> open = before.open();
        GateOutcome outcome = open.isEmpty() ? GateOutcome.NOT_APPLICABLE : outcome(List.of(), open);
        return new Ruling.NotApplicable(outcome, reason, open);
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

    /**
     * What is new among the failures makes it news, unless it is a drift that others explain which persist as they were; what
     * changed its direction, or went further, is never explained by anything.
     */
    private GateOutcome outcome(List<Failing> failing, List<GateFailure> open) {
        if (failing.isEmpty() && open.isEmpty()) {
            return GateOutcome.PASSED;
        }
        Set<Drift> persisting = failing.stream()
                .filter(f -> f.state() == State.PERSISTING)
                .flatMap(f -> f.item().seen().drift().stream())
                .collect(Collectors.toSet());
        boolean news = failing.stream()
                .filter(f -> f.state() == State.NEW)
                .anyMatch(f -> f.change().isPresent()
                        || f.item()
                                .seen()
                                .drift()
                                .filter(drift -> drift.explainedBy(persisting))
                                .isEmpty());
        if (news || open.stream().anyMatch(failure -> failure.state() == State.NEW)) {
            return gate.level() == GateLevel.FAIL ? GateOutcome.FAILED : GateOutcome.WARNED;
        }
        return Stream.concat(failing.stream().map(Failing::state), open.stream().map(GateFailure::state))
                        .anyMatch(state -> state != State.ACKNOWLEDGED)
                ? GateOutcome.PERSISTING
                : GateOutcome.ACKNOWLEDGED;
    }
}
