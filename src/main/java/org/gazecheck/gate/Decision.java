package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Examination.Item;
import org.gazecheck.gate.Examination.Items;
import org.gazecheck.gate.Examination.LeastFailure;
import org.gazecheck.gate.Examination.Missing;
import org.gazecheck.gate.Examination.Things;
import org.gazecheck.gate.Examination.Unanswerable;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Acknowledgement;
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
    private static final int NAMED = 5;
    private static final String TOO_FEW =
            "with so few images or permutations nothing could be distinguished from chance at the rule's level, ";
    private static final String PROPERTIES = "new.drift.properties";

    /** Drifts that no other drift brings about, but that of the images. */
    private static final Set<String> CAUSES = Set.of(PROPERTIES, "new.drift.labels", "new.drift.classes");

    /** @param p corrected within the rule; NaN where chance plays no part */
    private record Weighed(Item item, double p) {
        boolean fails(double level) {
            return item.beyond() && (Double.isNaN(p) || p <= level);
        }
    }

    GateResult on(Examination examination) {
        if (examination instanceof Missing missing) {
            return withoutNews(missing.reason());
        }
        if (examination instanceof Unanswerable unanswerable) {
            Item item = new Item(
                    gate.rule().text(),
                    Double.NaN,
                    0,
                    true,
                    unanswerable.reason(),
                    "",
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    0,
                    LeastFailure.UNKNOWN);
            GateFailure failure = failure(new Weighed(item, Double.NaN), 1);
            return result(outcome(List.of(failure)), sentence(unanswerable.reason()), List.of(failure));
        }
        Items items = (Items) examination;
        boolean[] testable =
                Tarone.testable(items.items().stream().mapToDouble(Item::leastP).toArray(), level);
        int idle = items.corrected() ? 0 : idle(items, testable);
        if (idle > 0 && idle == items.items().size()) {
            return withoutNews(TOO_FEW + Wording.plain(level));
        }
        int family = (int)
                IntStream.range(0, testable.length).filter(i -> testable[i]).count();
        List<Critical> critical = IntStream.range(0, testable.length)
                .filter(i -> testable[i])
                .mapToObj(i -> items.items().get(i).failure().at(level / family))
                .flatMap(Optional::stream)
                .toList();
        if (items.things() == Things.FIGURE && critical.stream().anyMatch(c -> !c.isPossible())) {
            return withoutNews(TOO_FEW + Wording.plain(level));
        }
        List<Weighed> weighed = weighed(items, testable);
        List<Weighed> failing = weighed.stream()
                .filter(w -> w.fails(level))
                .sorted(Comparator.comparingDouble(w -> Double.isNaN(w.p) ? 0 : w.p))
                .toList();
        List<GateFailure> failures =
                failing.stream().map(w -> failure(w, Math.max(1, family))).toList();
        String text = failing.isEmpty()
                ? (passed(items, weighed) + " " + wouldFail(items.things(), critical)).strip()
                : failed(items, failures);
        String untestable = idle == 0
                ? ""
                : items.things().count(idle) + (idle == 1 ? " rests" : " rest")
                        + " on too few images or permutations to fail at the rule's level.";
        return result(outcome(failures), (text + " " + (items.remark() + " " + untestable).strip()).strip(), failures);
    }

    /** The rule does not apply tonight: what failed when it last did has not come to hold by that. */
    private GateResult withoutNews(String reason) {
        List<GateFailure> open = earlier.stream()
                .flatMap(result -> result.failures().stream())
                .filter(failure -> failure.state() != State.ACKNOWLEDGED)
                .map(failure ->
                        acknowledgement(failure.id()).map(failure::acknowledged).orElseGet(failure::persisting))
                .toList();
        if (open.isEmpty()) {
            return result(GateOutcome.NOT_APPLICABLE, sentence(reason), List.of());
        }
        String text = open.stream()
                .limit(NAMED)
                .map(failure -> failure.text().replaceAll("\\.$", ""))
                .collect(Collectors.joining("; "));
        return result(
                outcome(open), sentence("not applicable tonight, " + reason + "; open since before: " + text), open);
    }

    private Optional<Acknowledgement> acknowledgement(String failure) {
        return acknowledgements.stream()
                .filter(a -> a.of().equals(failure) || a.of().equals(gate.rule().text()))
                .max(Comparator.comparing(Acknowledgement::until));
    }

    private GateResult result(GateOutcome outcome, String sentence, List<GateFailure> failures) {
        return new GateResult(gate.rule().text(), gate.level(), outcome, sentence, failures);
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
                .mapToDouble(i -> all.get(i).p())
                .toArray());
        List<Weighed> weighed = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < all.size(); i++) {
            Item item = all.get(i);
            weighed.add(new Weighed(item, !correct ? item.p() : testable[i] ? corrected[next++] : 1));
        }
        return weighed;
    }

    private GateFailure failure(Weighed weighed, int items) {
        Item item = weighed.item;
        String text = said(item) + (Double.isNaN(weighed.p) ? "" : " by more than chance (" + chance(weighed.p) + ")");
        Optional<Acknowledgement> known = acknowledgement(item.id());
        if (known.isPresent()) {
            return failure(item, sentence(text), State.ACKNOWLEDGED, known.get());
        }
        Optional<GateFailure> last = earlier.stream()
                .flatMap(result -> result.failures().stream())
                .filter(f -> f.id().equals(item.id()) && f.state() != State.ACKNOWLEDGED)
                .findFirst();
        if (last.isPresent() && worsened(last.get(), item, items)) {
            String step = item.restsOnChance() ? "; worse than before by more than chance" : "; worse than before";
            return failure(item, sentence(text + step), State.NEW, null);
        }
        return failure(item, sentence(text), last.isPresent() ? State.PERSISTING : State.NEW, null);
    }

    private static GateFailure failure(Item item, String text, State state, Acknowledgement acknowledgement) {
        return new GateFailure(item.id(), text, state, item.value(), item.low(), item.high(), acknowledgement);
    }

    /** Any step where chance plays no part; else a test of its own: of all things of the rule together at its level. */
    private boolean worsened(GateFailure last, Item item, int items) {
        if (item.worse() == 0) {
            return false;
        }
        if (!item.restsOnChance()) {
            return item.worse() * (item.value() - last.value()) > 0;
        }
        int up = item.worse();
        double p = up > 0
                ? OneSidedP.ofStep(last.value(), last.low(), last.high(), item.value(), item.low(), item.high())
                : OneSidedP.ofStep(-last.value(), -last.high(), -last.low(), -item.value(), -item.high(), -item.low());
        return p <= level / items;
    }

    /** What is new among the failures makes it news. */
    private GateOutcome outcome(List<GateFailure> failures) {
        if (failures.isEmpty()) {
            return GateOutcome.PASSED;
        }
        Set<String> persisting = failures.stream()
                .filter(f -> f.state() == State.PERSISTING)
                .map(Decision::kindOfDrift)
                .collect(Collectors.toSet());
        if (failures.stream()
                .anyMatch(f -> f.state() == State.NEW
                        && !(gate.rule() instanceof Rule.NoDrift && explained(kindOfDrift(f), persisting)))) {
            return gate.level() == GateLevel.FAIL ? GateOutcome.FAILED : GateOutcome.WARNED;
        }
        return failures.stream().anyMatch(f -> f.state() == State.PERSISTING)
                ? GateOutcome.PERSISTING
                : GateOutcome.ACKNOWLEDGED;
    }

    /** The middle of an id such as "new.drift is none / new.drift.properties / brightness". */
    private static String kindOfDrift(GateFailure failure) {
        String[] parts = failure.id().split(" / ", 3);
        return parts.length < 3 ? "" : parts[1];
    }

    /**
     * Whether a drift is the same that persists, seen in a further test: another of its kind, anything where the images
     * themselves drift, and what the network makes of them where anything does.
     */
    private static boolean explained(String kind, Set<String> persisting) {
        return !persisting.isEmpty()
                && (persisting.contains(kind) || persisting.contains(PROPERTIES) || !CAUSES.contains(kind));
    }

    private String passed(Items items, List<Weighed> weighed) {
        List<Weighed> beyond = weighed.stream()
                .filter(w -> w.item.beyond())
                .sorted(Comparator.comparingDouble(w -> w.p))
                .toList();
        if (items.things() == Things.FIGURE) {
            Item only = items.items().get(0);
            return sentence(
                    beyond.isEmpty()
                            ? only.statement()
                            : said(only) + ", but not by more than chance (" + chance(beyond.get(0).p) + ")");
        }
        if (weighed.isEmpty()) {
            return "There are none.";
        }
        String all = items.things().count(weighed.size());
        if (beyond.isEmpty()) {
            return sentence(all + (weighed.size() == 1 ? " holds" : " hold"));
        }
        Item nearest = beyond.get(0).item;
        String none =
                switch (items.things()) {
                    case TESTS -> ", none shows a change beyond chance; nearest: " + nearest.statement();
                    case CLASSES ->
                        ", " + beyond.size() + " on the wrong side, none by more than chance; nearest: "
                                + said(nearest);
                    default -> ", none beyond chance; nearest: " + nearest.statement();
                };
        return sentence(all + none + " (" + chance(beyond.get(0).p) + ")");
    }

    /**
     * What the rule could have seen, without which "passed" says little: of classes the first that would fail, of tests what each
     * of those by ranks would see, all others being as they should.
     */
    private static String wouldFail(Things things, List<Critical> critical) {
        Comparator<Critical> byDistance = Comparator.comparingDouble(Critical::distance);
        return switch (things) {
            case FIGURE, CLASSES ->
                critical.stream()
                        .filter(Critical::isPossible)
                        .min(byDistance)
                        .map(least -> sentence("It would fail " + least.text()))
                        .orElse("");
            case TESTS ->
                critical.stream()
                        .max(byDistance)
                        .map(most -> most.isPossible()
                                ? sentence("A test by ranks would fail " + most.text())
                                : "With so few images a test by ranks would not fail whatever they were.")
                        .orElse("");
            case FINDINGS -> "";
        };
    }

    private String failed(Items items, List<GateFailure> failures) {
        String named = failures.stream()
                .limit(NAMED)
                .map(f -> f.text().replaceAll("\\.$", "") + state(f))
                .collect(Collectors.joining("; "));
        String more = failures.size() > NAMED ? "; and " + (failures.size() - NAMED) + " more" : "";
        if (items.things() == Things.FIGURE) {
            return sentence(named);
        }
        String of = items.corrected()
                ? items.things().count(failures.size())
                : failures.size() + " of " + items.things().count(items.items().size());
        return sentence(of + ": " + named + more);
    }

    private static String state(GateFailure failure) {
        return switch (failure.state()) {
            case NEW -> "";
            case PERSISTING -> " [as before]";
            case ACKNOWLEDGED ->
                " [acknowledged until " + failure.acknowledgement().until() + " by "
                        + Printable.of(failure.acknowledgement().who()) + ": "
                        + Printable.of(failure.acknowledgement().reason()) + "]";
        };
    }

    private String chance(double p) {
        return Wording.p(p) + ", the rule's level is " + Wording.plain(level);
    }

    private static String said(Item item) {
        return item.violation().isEmpty() ? item.statement() : item.statement() + ", " + item.violation();
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
