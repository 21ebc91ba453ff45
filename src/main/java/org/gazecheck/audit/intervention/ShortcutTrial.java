package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.CroppedMark;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.stats.Holm;
import org.jspecify.annotations.Nullable;

/** What came of all questions about one candidate; a question is empty where there was too little to ask it of. */
record ShortcutTrial(
        Candidate candidate,
        Optional<Trial.Outcome> attracts,
        Optional<Trial.Outcome> needs,
        Optional<Trial.Outcome> repairs,
        Optional<Trial.Outcome> rescues,
        Optional<NaturalWitness> natural) {
    /** Of "attracts", which is corrected over all candidates. */
    double p() {
        return attracts.map(outcome -> outcome.effect().p()).orElse(1.0);
    }

    /**
     * p of all that speaks for it besides attracting. That the class is missed without it says little where it drew no image of others
     * ({@link PairedEffect#stopped}): the class is then seen best in its usual surroundings, which are no sign of it.
     */
    List<Double> witnesses() {
        List<Double> p = new ArrayList<>();
        boolean drewNone =
                attracts.filter(outcome -> outcome.effect().stopped()).isPresent();
        Optional<Trial.Outcome> counted = drewNone ? Optional.empty() : needs;
        for (Optional<Trial.Outcome> outcome : List.of(counted, repairs, rescues)) {
            outcome.ifPresent(of -> p.add(of.effect().p()));
        }
        natural.ifPresent(witness -> p.add(witness.p()));
        return p;
    }

    /**
     * What came of all candidates of a run, corrected over all of them (Holm 1979).
     *
     * @param candidates how many there are, with those that could not be tried
     */
    static List<Judged> judged(List<ShortcutTrial> trials, int candidates) {
        double[] p = new double[candidates];
        Arrays.setAll(p, i -> i < trials.size() ? trials.get(i).p() : 1);
        double[] q = Holm.correct(p);
        double[] witnesses = Holm.correct(trials.stream()
                .flatMap(trial -> trial.witnesses().stream())
                .mapToDouble(Double::doubleValue)
                .toArray());
        List<Judged> judged = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < trials.size(); i++) {
            int end = next + trials.get(i).witnesses().size();
            double ofRun = Arrays.stream(witnesses, next, end).min().orElse(1);
            judged.add(trials.get(i).judged(q[i], ofRun));
            next = end;
        }
        return judged;
    }

    /**
     * @param q of {@link #p}, corrected over all candidates
     * @param ofRun the least q of its {@link #witnesses}, corrected over those of all candidates; 1 where it has none
     */
    Judged judged(double q, double ofRun) {
        return new Judged(
                this,
                new Evidence(
                                attracts.map(outcome -> outcome.effect().corrected(q)),
                                needs.map(Trial.Outcome::effect),
                                repairs.map(Trial.Outcome::effect),
                                rescues.map(Trial.Outcome::effect),
                                natural,
                                candidate.sufficient(),
                                candidate.provesAlone(),
                                ofRun)
                        .corrected());
    }

    /** With evidence that is corrected. */
    record Judged(ShortcutTrial trial, Evidence evidence) {
        Optional<Grade> grade() {
            return evidence.grade();
        }

        /** Whether it attracts, corrected over all that were tried. */
        boolean attracting() {
            return evidence.attracting();
        }

        /** Whether it attracts if nothing is corrected. */
        boolean suspicious() {
            return evidence.suspicious();
        }

        PairedEffect attracts() {
            return evidence.attracts().orElseThrow();
        }

        /** @param explainedBy what else was proven that explains it; null where nothing does */
        Shortcut shortcut(List<String> classes, @Nullable String explainedBy, List<String> examples) {
            Candidate candidate = trial.candidate;
            Prevalence prevalence = candidate.prevalence();
            return new Shortcut(
                    classes.get(candidate.label()),
                    candidate.reason(),
                    candidate.detail(),
                    explainedBy == null ? grade().orElse(null) : null,
                    explainedBy,
                    prevalence.share(),
                    prevalence.expected(),
                    prevalence.others(),
                    prevalence.p(),
                    prevalence.q(),
                    candidate.donors(),
                    candidate.controls(),
                    candidate.donorsOfOthers(),
                    evidence.attracts().orElse(null),
                    evidence.needs().orElse(null),
                    evidence.repairs().orElse(null),
                    evidence.rescues().orElse(null),
                    evidence.natural().orElse(null),
                    examples);
        }
    }

    List<SwapEvidence.Shown> shown(List<String> classes) {
        List<SwapEvidence.Shown> shown = new ArrayList<>();
        attracts.ifPresent(outcome -> shown.addAll(shown(outcome, classes, Counterfactual.Swap.PUT)));
        needs.ifPresent(outcome -> shown.addAll(shown(outcome, classes, Counterfactual.Swap.REMOVED)));
        return shown;
    }

    List<SwapEvidence.CutOut> cutOut(List<String> classes) {
        return candidate.crops().stream()
                .map(crop -> new SwapEvidence.CutOut(
                        crop,
                        new CroppedMark(
                                "",
                                classes.get(candidate.label()),
                                candidate.reason(),
                                classes.get(crop.image().label()),
                                crop.image().item().path())))
                .toList();
    }

    private List<SwapEvidence.Shown> shown(Trial.Outcome outcome, List<String> classes, Counterfactual.Swap swap) {
        return SwapEvidence.of(outcome.pairs(), classes, candidate.label(), candidate.reason(), swap);
    }
}
