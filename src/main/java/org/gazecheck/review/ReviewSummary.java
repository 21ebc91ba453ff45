package org.gazecheck.review;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Prediction;

/**
 * What reviewers said about a run's predictions on val and test. Of several verdicts on one image the one that more
 * than half of its reviewers gave counts, or the one that settled it.
 *
 * @param inherited verdicts that were given on another run and hold for this one
 * @param outdated verdicts on images of this run whose label or prediction is another now
 * @param elsewhere verdicts on images that this run did not predict
 */
public record ReviewSummary(Part errors, Part correct, int inherited, int outdated, int elsewhere) {
    /**
     * A kind of prediction.
     *
     * @param images how many there are
     * @param verdicts how many of them have which verdict; only those that some have
     * @param disputed those on which reviewers disagree
     * @param unjudged those without a verdict
     */
    public record Part(int images, Map<Judgement, Integer> verdicts, int disputed, int unjudged) {
        int judged() {
            return images - unjudged;
        }
    }

    /** @param run the id of the run that the predictions are of */
    public static ReviewSummary of(MergedVerdicts merged, List<Prediction> predictions, String run) {
        Map<String, List<ImageVerdict>> byImage = merged.byImage();
        Set<ImageVerdict> holding = new HashSet<>();
        Set<String> images = new HashSet<>();
        for (Prediction p : predictions) {
            images.add(p.sha256());
            byImage.getOrDefault(p.sha256(), List.of()).stream()
                    .filter(verdict -> verdict.holdsFor(p))
                    .forEach(holding::add);
        }
        List<ImageVerdict> all = merged.images();
        int here = (int) all.stream()
                .filter(verdict -> images.contains(verdict.sha256()))
                .count();
        int inherited = (int)
                holding.stream().filter(verdict -> !verdict.run().equals(run)).count();
        return new ReviewSummary(
                part(predictions.stream().filter(p -> p.wrong()).toList(), byImage),
                part(predictions.stream().filter(Prediction::correct).toList(), byImage),
                inherited,
                here - holding.size(),
                all.size() - here);
    }

    private static Part part(List<Prediction> predictions, Map<String, List<ImageVerdict>> byImage) {
        Map<Judgement, Integer> verdicts = new EnumMap<>(Judgement.class);
        int disputed = 0;
        int unjudged = 0;
        for (Prediction p : predictions) {
            List<ImageVerdict> said = byImage.getOrDefault(p.sha256(), List.of()).stream()
                    .filter(verdict -> verdict.holdsFor(p))
                    .toList();
            List<Judgement> given = Adjudication.standing(said).stream()
                    .map(ImageVerdict::judgement)
                    .toList();
            Optional<Judgement> majority = majority(given);
            if (given.isEmpty()) {
                unjudged++;
            } else if (majority.isEmpty()) {
                disputed++;
            } else {
                verdicts.merge(majority.get(), 1, Integer::sum);
            }
        }
        return new Part(predictions.size(), verdicts, disputed, unjudged);
    }

    private static Optional<Judgement> majority(List<Judgement> given) {
        return given.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> 2 * entry.getValue() > given.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** In plain words, such as "Of 212 errors 31 are wrong labels, ...". */
    public String text() {
        List<String> sentences = new ArrayList<>();
        sentences.add(errors.images() == 0 ? "There are no errors." : ofErrors());
        if (correct.judged() > 0) {
            int objections = correct.judged() - correct.verdicts().getOrDefault(Judgement.CORRECT, 0);
            sentences.add("Of " + counted(correct.images(), "correct prediction") + " " + correct.judged()
                    + (correct.judged() == 1 ? " is judged" : " are judged") + ", "
                    + (objections == 0 ? "without objection." : objections + " with something to object to."));
        }
        if (inherited > 0) {
            sentences.add(
                    inherited == 1
                            ? "1 verdict is inherited from another run."
                            : inherited + " verdicts are inherited from other runs.");
        }
        if (outdated > 0) {
            sentences.add(
                    outdated == 1
                            ? "1 verdict no longer holds, because label or prediction changed."
                            : outdated + " verdicts no longer hold, because label or prediction changed.");
        }
        if (elsewhere > 0) {
            sentences.add(
                    elsewhere == 1
                            ? "1 verdict counts for nothing here: it is on an image that this run did not predict."
                            : elsewhere
                                    + " verdicts count for nothing here: they are on images that this run did not predict.");
        }
        return String.join(" ", sentences);
    }

    private String ofErrors() {
        List<String> parts = new ArrayList<>();
        errors.verdicts().forEach((judgement, n) -> parts.add(phrase(judgement, n)));
        if (errors.disputed() > 0) {
            parts.add(errors.disputed() + (errors.disputed() == 1 ? " is disputed" : " are disputed"));
        }
        if (parts.isEmpty()) {
            return "Of " + counted(errors.images(), "error") + " none is judged yet.";
        }
        if (errors.unjudged() > 0) {
            parts.add(errors.unjudged() + (errors.unjudged() == 1 ? " is not judged yet" : " are not judged yet"));
        }
        return "Of " + counted(errors.images(), "error") + " " + String.join(", ", parts) + ".";
    }

    private static String phrase(Judgement judgement, int n) {
        boolean one = n == 1;
        return n
                + switch (judgement) {
                    case LABEL_WRONG -> one ? " is a wrong label" : " are wrong labels";
                    case BACKGROUND -> one ? " was decided by the background" : " were decided by the background";
                    case AMBIGUOUS -> one ? " is ambiguous" : " are ambiguous";
                    case POOR_IMAGE -> one ? " is a poor image" : " are poor images";
                    case FAIR_MISTAKE -> one ? " is a fair mistake" : " are fair mistakes";
                    case CORRECT -> one ? " is no mistake" : " are no mistakes";
                    case OTHER -> one ? " has another reason" : " have other reasons";
                };
    }

    private static String counted(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
