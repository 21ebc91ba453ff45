package org.gazecheck.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Kappa;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * How far reviewers agree on images beyond chance: Cohen's kappa of two, Fleiss' kappa of more ({@link Kappa}).
 * Adjudications do not count: who settles something has seen what the others said.
 *
 * @param reviewers sorted
 * @param n images that all of them judged under the same label and prediction
 * @param kappa empty where it is undefined
 * @param interval 95 %, from resampled images; null where kappa is undefined. A resample in which everyone says the same
 *     one category counts as complete agreement: leaving it out would make the interval of few disagreements too narrow
 */
public record Agreement(List<String> reviewers, int n, OptionalDouble kappa, @Nullable Interval interval) {
    /** Reviewers of whom every two are compared as well. */
    private static final int PAIRS_OF = 5;

    private static final int RESAMPLES = 1000;
    private static final int CATEGORIES = Judgement.values().length;

    /** Of all reviewers of images; of three to five also of every two. Empty where there are fewer than two. */
    public static List<Agreement> of(MergedVerdicts merged) {
        List<ImageVerdict> images = merged.images().stream()
                .filter(verdict -> !verdict.adjudicates())
                .toList();
        List<String> reviewers =
                images.stream().map(ImageVerdict::reviewer).distinct().sorted().toList();
        if (reviewers.size() < 2) {
            return List.of();
        }
        List<Map<String, Judgement>> answers = Question.answers(images).values().stream()
                .map(same -> same.stream().collect(Collectors.toMap(ImageVerdict::reviewer, ImageVerdict::judgement)))
                .toList();
        List<Agreement> agreements = new ArrayList<>(List.of(among(reviewers, answers)));
        if (reviewers.size() > 2 && reviewers.size() <= PAIRS_OF) {
            for (int a = 0; a < reviewers.size(); a++) {
                for (String other : reviewers.subList(a + 1, reviewers.size())) {
                    agreements.add(among(List.of(reviewers.get(a), other), answers));
                }
            }
        }
        return agreements;
    }

    private static Agreement among(List<String> reviewers, List<Map<String, Judgement>> answers) {
        List<List<Judgement>> common = answers.stream()
                .filter(answer -> answer.keySet().containsAll(reviewers))
                .map(answer -> reviewers.stream().map(answer::get).toList())
                .toList();
        int[] once = new int[common.size()];
        Arrays.fill(once, 1);
        OptionalDouble kappa = kappa(common, once);
        if (kappa.isEmpty()) {
            return new Agreement(reviewers, common.size(), kappa, null);
        }
        Bootstrap bootstrap = new Bootstrap(
                RESAMPLES, new Randomness(1), Purpose.REVIEWER_AGREEMENT.about(String.join("\n", reviewers)));
        Interval interval = bootstrap.intervals(
                        new int[common.size()],
                        1,
                        (counts, figures) -> figures[0] = kappa(common, counts).orElse(1))
                .intervals()[0];
        return new Agreement(reviewers, common.size(), kappa, interval.within(-1, 1));
    }

    private static OptionalDouble kappa(List<List<Judgement>> common, int[] counts) {
        if (common.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (common.get(0).size() == 2) {
            int[][] table = new int[CATEGORIES][CATEGORIES];
            for (int i = 0; i < counts.length; i++) {
                List<Judgement> both = common.get(i);
                table[both.get(0).ordinal()][both.get(1).ordinal()] += counts[i];
            }
            return Kappa.cohen(table);
        }
        int[][] ratings = new int[counts.length][CATEGORIES];
        for (int i = 0; i < counts.length; i++) {
            for (Judgement judgement : common.get(i)) {
                ratings[i][judgement.ordinal()]++;
            }
        }
        return Kappa.fleiss(ratings, counts);
    }

    /** In one sentence, without a full stop. */
    public String text() {
        String whose = (reviewers.size() == 2 ? "Cohen's" : "Fleiss'") + " kappa of " + listed();
        if (n == 0) {
            return whose + ": no image was judged by " + (reviewers.size() == 2 ? "both" : "all")
                    + " under the same label and prediction";
        }
        String on = n == 1 ? " (1 image)" : " (" + n + " images)";
        return interval == null
                ? whose + ": undefined, because everyone always gave the same one verdict" + on
                : String.format(
                        Locale.ROOT,
                        "%s: %.2f (95 %% interval %.2f to %.2f)%s",
                        whose,
                        kappa.getAsDouble(),
                        interval.low(),
                        interval.high(),
                        on);
    }

    private String listed() {
        return String.join(", ", reviewers.subList(0, reviewers.size() - 1))
                + " and "
                + reviewers.get(reviewers.size() - 1);
    }
}
