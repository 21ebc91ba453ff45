package org.gazecheck.gate;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Examination.Items;
import org.gazecheck.gate.Examination.Things;
import org.gazecheck.gate.Ruling.Decided;
import org.gazecheck.gate.Ruling.Failing;
import org.gazecheck.gate.Ruling.NotApplicable;
import org.gazecheck.gate.Ruling.Weighed;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.Figure;
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateResult;

/** A ruling in sentences. */
record RulingText(Gate gate, double level) {
    private static final int NAMED = 5;

    GateResult result(Ruling ruling) {
        if (ruling instanceof NotApplicable missing) {
            String open = missing.open().stream()
                    .limit(NAMED)
                    .map(failure -> clause(failure.text()) + (failure.named().isEmpty() ? "" : remaining(failure)))
                    .collect(Collectors.joining("; "));
            String text = open.isEmpty()
                    ? missing.reason()
                    : "not applicable tonight, " + missing.reason() + "; open since before: " + open;
            return result(ruling, sentence(text), missing.open());
        }
        Decided decided = (Decided) ruling;
        List<GateFailure> failures =
                decided.failing().stream().map(this::failure).toList();
        String text = failures.isEmpty()
                ? joined(passed(decided), wouldFail(decided.items().things(), decided.critical()))
                : failed(decided.items(), failures);
        return result(
                ruling,
                joined(text, leftOut(decided.items()), idle(decided), open(decided.open())),
                Stream.concat(failures.stream(), decided.open().stream()).toList());
    }

    /** What tonight does not show and is not over. */
    private static String open(List<GateFailure> open) {
        if (open.isEmpty()) {
            return "";
        }
        String named = open.stream()
                .limit(NAMED)
                .map(f -> clause(f.text()) + remaining(f) + state(f))
                .collect(Collectors.joining("; "));
        return sentence("Open since before: " + named
                + (open.size() > NAMED ? "; and " + (open.size() - NAMED) + " more" : ""));
    }

    private static String remaining(GateFailure failure) {
        int there = failure.named().size();
        return there == 0
                ? " (tonight's images could not have shown it)"
                : " (" + Wording.count(there, "file", "files") + " of it still there, such as "
                        + Printable.of(failure.named().get(0).path()) + ")";
    }

    private GateResult result(Ruling ruling, String sentence, List<GateFailure> failures) {
        return new GateResult(gate.rule().text(), gate.level(), ruling.outcome(), sentence, failures);
    }

    private GateFailure failure(Failing failing) {
        OptionalDouble p = failing.weighed().p();
        String step = failing.change()
                .map(change -> change == Ruling.Change.REVERSED
                        ? "; the other way round than before"
                        : "; worse than before" + (failing.item().restsOnChance() ? " by more than chance" : ""))
                .orElse("");
        Seen seen = failing.item().seen();
        String text = SeenText.said(seen) + (p.isEmpty() ? "" : " by more than chance (" + chance(p) + ")") + step;
        Figure figure = failing.item().figure();
        return new GateFailure(
                seen.failure(),
                sentence(text),
                failing.state(),
                figure.value(),
                figure.low(),
                figure.high(),
                failing.acknowledgement().orElse(null),
                failing.alerted(),
                failing.nights(),
                failing.named());
    }

    private String passed(Decided decided) {
        List<Weighed> beyond = decided.weighed().stream()
                .filter(w -> w.item().beyond())
                .sorted(Comparator.comparingDouble(w -> w.p().orElseThrow()))
                .toList();
        Things things = decided.items().things();
        if (things == Things.FIGURE) {
            Seen only = decided.items().items().get(0).seen();
            return sentence(
                    beyond.isEmpty()
                            ? SeenText.statement(only)
                            : SeenText.said(only) + ", but not by more than chance ("
                                    + chance(beyond.get(0).p()) + ")");
        }
        if (decided.weighed().isEmpty()) {
            return "There are none.";
        }
        String all = things.count(decided.weighed().size());
        if (beyond.isEmpty()) {
            return sentence(all + (decided.weighed().size() == 1 ? " holds" : " hold"));
        }
        Seen nearest = beyond.get(0).item().seen();
        String none =
                switch (things) {
                    case TESTS -> ", none shows a change beyond chance; nearest: " + SeenText.statement(nearest);
                    case CLASSES ->
                        ", " + beyond.size() + " on the wrong side, none by more than chance; nearest: "
                                + SeenText.said(nearest);
                    default -> ", none beyond chance; nearest: " + SeenText.statement(nearest);
                };
        return sentence(all + none + " (" + chance(beyond.get(0).p()) + ")");
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
                        .map(least -> sentence("It would fail " + SeenText.where(least)))
                        .orElse("");
            case TESTS ->
                critical.stream()
                        .max(byDistance)
                        .map(most -> most.isPossible()
                                ? sentence("A test by ranks would fail " + SeenText.where(most))
                                : "With so few images a test by ranks would not fail whatever they were.")
                        .orElse("");
            case FINDINGS -> "";
        };
    }

    private static String failed(Items items, List<GateFailure> failures) {
        String named = failures.stream()
                .limit(NAMED)
                .map(f -> clause(f.text()) + state(f))
                .collect(Collectors.joining("; "));
        if (items.things() == Things.FIGURE) {
            return sentence(named);
        }
        String more = failures.size() > NAMED ? "; and " + (failures.size() - NAMED) + " more" : "";
        String of = items.corrected()
                ? items.things().count(failures.size())
                : failures.size() + " of " + items.things().count(items.items().size());
        return sentence(of + ": " + named + more);
    }

    private static String state(GateFailure failure) {
        Acknowledgement known = failure.acknowledgement();
        if (known != null) {
            return " [acknowledged until " + known.until() + " by " + Printable.of(known.who()) + ": "
                    + Printable.of(known.reason()) + "]";
        }
        return failure.state() == GateFailure.State.PERSISTING ? " [as before]" : "";
    }

    private String leftOut(Items items) {
        int few = items.few();
        int without = items.without();
        return joined(
                few == 0
                        ? ""
                        : Wording.count(few, "class has", "classes have") + " fewer than "
                                + Wording.images(gate.rule().minimum()) + " and " + (few == 1 ? "was" : "were")
                                + " left out.",
                without == 0
                        ? ""
                        : Wording.count(without, "class has", "classes have")
                                + " no such figure, or no interval for it.");
    }

    private static String idle(Decided decided) {
        int idle = decided.idle();
        return idle == 0
                ? ""
                : decided.items().things().count(idle) + (idle == 1 ? " rests" : " rest")
                        + " on too few images or permutations to fail at the rule's level.";
    }

    private String chance(OptionalDouble p) {
        return Wording.p(p.orElseThrow()) + ", the rule's level is " + Wording.plain(level);
    }

    private static String joined(String... sentences) {
        return Stream.of(sentences).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }

    private static String clause(String sentence) {
        return sentence.replaceAll("\\.$", "");
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
