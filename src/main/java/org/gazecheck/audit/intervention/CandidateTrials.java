package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Interventions.Screened;
import org.gazecheck.results.Interventions.Shortcut;

/** Tries candidates on images of val and test, one after the other, as far as the budget goes. */
final class CandidateTrials {
    private static final int EXAMPLES = 12;

    private final AuditInputs inputs;
    private final List<SegmentedImage> held;
    private final ToIntFunction<SegmentedImage> called;
    private final OfClass own;
    private final Budget budget;
    private final Scores scores;
    private final Progress progress;
    private final ShortcutTrials questions;

    /** Draws images of one class. */
    interface OfClass {
        List<SegmentedImage> of(int label, List<SegmentedImage> sampled) throws IOException;
    }

    /**
     * @param held images of val and test
     * @param called the class that is predicted for an image as it is
     * @param own images of a class of val and test
     * @param evaluated how many images of val and test there are in all
     */
    CandidateTrials(
            AuditInputs inputs,
            List<SegmentedImage> held,
            ToIntFunction<SegmentedImage> called,
            OfClass own,
            int evaluated,
            Scores scores,
            Progress progress) {
        this.inputs = inputs;
        this.held = held;
        this.called = called;
        this.own = own;
        this.budget = Budget.of(inputs.configuration().audit(), evaluated);
        this.scores = new CountedScores(scores, budget);
        this.progress = progress;
        this.questions = new ShortcutTrials(this.scores, inputs.randomness(), progress);
    }

    /**
     * A candidate that was tried, with its evidence.
     *
     * @param evidence paths of images of val and test that carry it: first those of other classes that are called the class
     * @param shown counterfactual images
     * @param cutOut what it is; may be empty
     */
    record Suspect(
            Shortcut shortcut,
            List<String> evidence,
            List<SwapEvidence.Shown> shown,
            List<SwapEvidence.CutOut> cutOut) {}

    /** @param screened receives those that the budget left none of */
    List<Suspect> of(List<Candidate> candidates, List<Screened> screened) throws IOException {
        List<String> classes = inputs.dataset().classes();
        List<ShortcutTrial> trials = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (budget.isSpent()) {
                screened.add(CandidateScreen.screened(candidate, classes, budget + " were spent on clearer ones"));
            } else {
                trials.add(trial(candidate.triable() ? candidate.calibrated(scores, progress) : candidate));
            }
        }
        List<ShortcutTrial.Judged> judged = ShortcutTrial.judged(trials, candidates.size());
        Map<ShortcutTrial.Judged, Candidate> explained =
                new Explanations(held, called, scores, inputs.randomness(), progress).of(judged);
        List<Suspect> suspects = new ArrayList<>();
        for (ShortcutTrial.Judged each : judged) {
            List<String> evidence = evidence(each.trial().candidate());
            Candidate reason = explained.get(each);
            suspects.add(new Suspect(
                    each.shortcut(classes, reason == null ? null : reason.detail(), evidence),
                    evidence,
                    each.trial().shown(classes),
                    each.trial().cutOut(classes)));
        }
        return suspects;
    }

    private ShortcutTrial trial(Candidate candidate) throws IOException {
        int label = candidate.label();
        List<SegmentedImage> all = new ArrayList<>(held);
        all.removeIf(image -> image.label() == label);
        all.addAll(own.of(label, held));
        Map<Question, List<SegmentedImage>> objects = new EnumMap<>(Question.class);
        for (Question question : Question.values()) {
            objects.put(
                    question,
                    all.stream()
                            .filter(image -> question.concerns(called.applyAsInt(image), label, image.label())
                                    && candidate.fits(question, image))
                            .toList());
        }
        List<NaturalImages.Natural> natural = held.stream()
                .map(image ->
                        new NaturalImages.Natural(image.label(), called.applyAsInt(image), candidate.carries(image)))
                .toList();
        return questions.of(candidate, objects, NaturalImages.witness(natural, label));
    }

    private List<String> evidence(Candidate candidate) {
        Comparator<SegmentedImage> mistaken = Comparator.comparing(
                image -> image.label() != candidate.label() && called.applyAsInt(image) == candidate.label() ? 0 : 1);
        return held.stream()
                .filter(candidate::carries)
                .sorted(mistaken.thenComparing(image -> -candidate.strength(image)))
                .limit(EXAMPLES)
                .map(image -> image.item().path())
                .toList();
    }
}
