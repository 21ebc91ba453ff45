package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.results.Interventions.Shortcut;

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

    /** @param q of {@link #p}, corrected over all candidates */
    Shortcut shortcut(List<String> classes, double q, List<String> examples) {
        Evidence evidence = new Evidence(
                        attracts.map(outcome -> outcome.effect().corrected(q)),
                        needs.map(Trial.Outcome::effect),
                        repairs.map(Trial.Outcome::effect),
                        rescues.map(Trial.Outcome::effect),
                        natural,
                        candidate.sufficient(),
                        candidate.donorsOfOthers())
                .corrected();
        Prevalence prevalence = candidate.prevalence();
        return new Shortcut(
                classes.get(candidate.label()),
                candidate.reason(),
                candidate.detail(),
                evidence.grade().orElse(null),
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

    List<SwapEvidence.Shown> shown(List<String> classes) {
        List<SwapEvidence.Shown> shown = new ArrayList<>();
        attracts.ifPresent(outcome -> shown.addAll(shown(outcome, classes, Counterfactual.Swap.PUT)));
        needs.ifPresent(outcome -> shown.addAll(shown(outcome, classes, Counterfactual.Swap.REMOVED)));
        return shown;
    }

    private List<SwapEvidence.Shown> shown(Trial.Outcome outcome, List<String> classes, Counterfactual.Swap swap) {
        return SwapEvidence.of(outcome.pairs(), classes, candidate.label(), candidate.reason(), swap);
    }
}
