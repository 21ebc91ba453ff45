package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gazecheck.gate.Decision.Tested;
import org.gazecheck.gate.Examination.Item;
import org.gazecheck.gate.Examination.Things;
import org.gazecheck.gate.Ruling.Change;
import org.gazecheck.gate.Ruling.Failing;
import org.gazecheck.gate.Ruling.Weighed;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.Figure;
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateFailure.Alerted;
import org.gazecheck.results.GateFailure.State;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.NamedFile;

/**
 * What of a gate failed on the last whole night, and whether that is still so. A failure persists while it has the direction, and
 * within chance the size, that it had when it alerted. It is over when each file that it names was dealt with; a figure's,
 * when the rule holds on images that could have shown it, or when nothing is left of those behind it.
 *
 * @param night the present one
 * @param level of the rule
 * @param budget the chance that a failure which stays as it is alerts again
 * @param earlier the same gate on the last whole night
 * @param acknowledgements those that hold
 */
record EarlierFailures(
        String night,
        Gate gate,
        double level,
        double budget,
        MeasurementTable measurements,
        Optional<GateResult> earlier,
        List<Acknowledgement> acknowledgements) {
    /** Where it is not known what a test could have shown, it counts from this share of the images on. */
    private static final double ENOUGH = 0.5;

    /** @param together how many fail tonight: they share the budget for alerting again */
    Failing failing(Weighed weighed, int together) {
        Item item = weighed.item();
        Optional<GateFailure> last = last(item.seen().failure());
        Optional<Change> change = last.flatMap(failure -> change(failure, item, together));
        Optional<Acknowledgement> known = acknowledgement(item.seen().failure())
                .filter(a -> a.of().equals(gate.rule().text()) || !change.equals(Optional.of(Change.REVERSED)));
        State state = known.isPresent()
                ? State.ACKNOWLEDGED
                : last.isPresent() && last.get().state() != State.ACKNOWLEDGED && change.isEmpty()
                        ? State.PERSISTING
                        : State.NEW;
        Optional<GateFailure> same = last.filter(failure -> state != State.NEW);
        Alerted alerted = same.map(GateFailure::alerted).orElseGet(() -> alerted(item));
        List<String> nights = new ArrayList<>(last.map(GateFailure::nights).orElse(List.of()));
        nights.add(night);
        Set<NamedFile> named = new LinkedHashSet<>(measurements.named(item.seen()));
        last.map(this::remaining).ifPresent(named::addAll);
        return new Failing(weighed, state, known, change, alerted, nights, List.copyOf(named));
    }

    private static Alerted alerted(Item item) {
        return new Alerted(item.figure(), amount(item).orElse(null));
    }

    private static Optional<Figure> amount(Item item) {
        return item.seen() instanceof Seen.OfTest test ? test.test().amount() : Optional.empty();
    }

    /** Another direction, or further from what the rule asks for by more than chance; of what is no chance, further at all. */
    private Optional<Change> change(GateFailure last, Item item, int together) {
        Alerted alerted = last.alerted();
        Figure now = item.figure();
        if (alerted == null
                || Double.isNaN(now.value())
                || Double.isNaN(alerted.figure().value())) {
            return Optional.empty();
        }
        Figure then = alerted.figure();
        boolean difference = item.seen() instanceof Seen.OfTest || item.seen() instanceof Seen.OfComparison;
        if (difference && now.value() * then.value() < 0) {
            return Optional.of(Change.REVERSED);
        }
        int worse = item.seen() instanceof Seen.OfTest ? (int) Math.signum(now.value()) : item.worse();
        if (worse == 0) {
            return Optional.empty();
        }
        boolean further;
        if (!item.restsOnChance()) {
            further = worse * (now.value() - then.value()) > 0;
        } else {
            Figure thenAmount = alerted.amount();
            double share = budget / together / (thenAmount == null ? 1 : 2);
            further = beyond(then, now, worse, share)
                    || thenAmount != null
                            && amount(item)
                                    .filter(amount -> beyond(thenAmount, amount, worse, share))
                                    .isPresent();
        }
        return further ? Optional.of(Change.FURTHER) : Optional.empty();
    }

    private static boolean beyond(Figure then, Figure now, int worse, double level) {
        OptionalDouble p = worse > 0
                ? OneSidedP.ofStep(then.value(), then.low(), then.high(), now.value(), now.low(), now.high())
                : OneSidedP.ofStep(-then.value(), -then.high(), -then.low(), -now.value(), -now.high(), -now.low());
        return p.isPresent() && p.getAsDouble() <= level;
    }

    /** Where the rule did not apply. */
    List<GateFailure> open() {
        return open(Set.of(), id -> Optional.empty(), Things.FIGURE);
    }

    /**
     * What failed before, does not fail tonight, and is not over.
     *
     * @param failing ids of what fails tonight
     * @param tested what could have failed tonight, by id
     * @param things what the rule is about
     */
    List<GateFailure> open(Set<String> failing, Function<String, Optional<Tested>> tested, Things things) {
        return all().filter(failure -> !failing.contains(failure.id()))
                .flatMap(failure -> open(failure, tested.apply(failure.id()), things).stream())
                .toList();
    }

    private Optional<GateFailure> open(GateFailure failure, Optional<Tested> tested, Things things) {
        List<NamedFile> remaining = remaining(failure);
        boolean names = !failure.named().isEmpty();
        boolean over =
                names ? remaining.isEmpty() : failure.state() == State.ACKNOWLEDGED || isOver(failure, tested, things);
        if (over) {
            return Optional.empty();
        }
        Optional<Acknowledgement> known = acknowledgement(failure.id());
        if (known.isPresent()) {
            return Optional.of(failure.open(State.ACKNOWLEDGED, remaining).acknowledged(known.get()));
        }
        boolean ended = failure.state() == State.ACKNOWLEDGED;
        return Optional.of(failure.open(ended ? State.NEW : State.PERSISTING, remaining));
    }

    /** Of what names no file. */
    private boolean isOver(GateFailure failure, Optional<Tested> tested, Things things) {
        if (things == Things.FINDINGS || tested.isPresent() && couldHaveShown(failure, tested.get())) {
            return true;
        }
        return metric().isPresent()
                && !failure.nights().isEmpty()
                && failure.nights().stream().allMatch(then -> measurements.settled(metric(failure), then));
    }

    private static boolean couldHaveShown(GateFailure failure, Tested tested) {
        Item item = tested.item();
        Alerted alerted = failure.alerted();
        if (!item.restsOnChance()
                || alerted == null
                || Double.isNaN(alerted.figure().value())) {
            return true;
        }
        Figure then = alerted.figure();
        if (tested.least().isEmpty()) {
            return item.figure().n() >= ENOUGH * then.n();
        }
        if (item.seen() instanceof Seen.OfTest) {
            return Math.abs(then.value()) >= tested.least().get().distance();
        }
        boolean smaller = item.seen() instanceof Seen.OfFigure && item.worse() < 0;
        return tested.least().get().at().stream()
                .anyMatch(enough -> item.seen() instanceof Seen.OfFigure
                        ? smaller ? then.value() <= enough : then.value() >= enough
                        : then.value() * enough > 0 && Math.abs(then.value()) >= Math.abs(enough));
    }

    private Optional<MetricId> metric() {
        if (gate.rule() instanceof Rule.Threshold threshold) {
            return Optional.of(threshold.scope().id());
        }
        if (gate.rule() instanceof Rule.AgainstBaseline baseline) {
            return Optional.of(baseline.scope().id());
        }
        return gate.rule() instanceof Rule.NoDrift drift ? Optional.of(drift.id()) : Optional.empty();
    }

    /** What of the rule failed: the rule's own metric, one of its tests, or its metric of a class. */
    private MetricId metric(GateFailure failure) {
        MetricId all = metric().orElseThrow();
        String begin = gate.rule().text() + " / ";
        if (!failure.id().startsWith(begin)) {
            return all;
        }
        String part = failure.id().substring(begin.length());
        return gate.rule() instanceof Rule.NoDrift ? MetricId.of(part).orElse(all) : all.ofClass(part);
    }

    /** Files that lie where they were named, and that nobody acknowledged one by one. */
    private List<NamedFile> remaining(GateFailure failure) {
        return failure.named().stream()
                .filter(measurements::isThere)
                .filter(file ->
                        acknowledgements.stream().noneMatch(a -> a.of().equals(failure.id() + " / " + file.path())))
                .toList();
    }

    private Stream<GateFailure> all() {
        return earlier.stream().flatMap(result -> result.failures().stream());
    }

    private Optional<GateFailure> last(String id) {
        return all().filter(failure -> failure.id().equals(id)).findFirst();
    }

    private Optional<Acknowledgement> acknowledgement(String failure) {
        return acknowledgements.stream()
                .filter(a -> a.of().equals(failure) || a.of().equals(gate.rule().text()))
                .max(Comparator.comparing(Acknowledgement::until));
    }
}
