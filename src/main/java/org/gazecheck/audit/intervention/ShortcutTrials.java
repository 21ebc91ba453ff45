package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/** Asks all questions about one candidate. */
final class ShortcutTrials {
    private final Trial trial;
    private final Randomness randomness;

    ShortcutTrials(Scores scores, Randomness randomness, Progress progress) {
        this.trial = new Trial(scores, progress);
        this.randomness = randomness;
    }

    /** @param objects of val and test that a question is asked of */
    ShortcutTrial of(Candidate candidate, Map<Question, List<SegmentedImage>> objects, Optional<NaturalWitness> natural)
            throws IOException {
        return new ShortcutTrial(
                candidate,
                asked(Question.ATTRACTS, candidate, objects),
                asked(Question.NEEDS, candidate, objects),
                asked(Question.REPAIRS, candidate, objects),
                asked(Question.RESCUES, candidate, objects),
                natural);
    }

    private Optional<Trial.Outcome> asked(
            Question question, Candidate candidate, Map<Question, List<SegmentedImage>> objects) throws IOException {
        return candidate.triable(question)
                ? trial.of(
                        question,
                        inTurn(objects.getOrDefault(question, List.of())),
                        candidate.label(),
                        candidate.contrasts(question, randomness))
                : Optional.empty();
    }

    /** The classes in turn, each in an order of its own, so that the first objects are of all classes. */
    List<SegmentedImage> inTurn(List<SegmentedImage> objects) {
        Map<Integer, List<SegmentedImage>> byClass =
                Dealer.shuffled(objects, randomness, Purpose.SHORTCUT_OBJECTS.about("")).stream()
                        .collect(Collectors.groupingBy(SegmentedImage::label, TreeMap::new, Collectors.toList()));
        List<SegmentedImage> inTurn = new ArrayList<>();
        for (int turn = 0; inTurn.size() < objects.size(); turn++) {
            for (List<SegmentedImage> of : byClass.values()) {
                if (turn < of.size()) {
                    inTurn.add(of.get(turn));
                }
            }
        }
        return inTurn;
    }
}
