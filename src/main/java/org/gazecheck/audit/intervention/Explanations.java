package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Reason;
import org.gazecheck.stats.Randomness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several candidates of a class it is, where the same images carry them: backgrounds of blurred images are blurred too, and
 * those of stamped ones have the stamp. A patch that draws no more than as much of what is beside it is a piece of the background. Where
 * one loses its effect once the other is taken off what is put on, the other explains it. Where that
 * cannot be done, and it loses its effect once the other is put on both images of each of its contrasts, and not the other way round, too; where neither does, one that hardly any image carries without the other is an aspect of it: the colour of water, of water.
 * What is suspected only because of images as they are is explained by something proven that most of them carry, or without which
 * these images say nothing of it.
 */
final class Explanations {
    /** Of the carriers of one that carry the other too. */
    private static final double SHARED = 0.5;

    /** Of the carriers of one that carry the other too, from which it is an aspect of the other. */
    private static final double ASPECT = 0.9;

    /** Of the carriers of the other that carry the one too, from which the two cannot be told apart. */
    private static final double ALIKE = 0.75;

    /** Of the effect that would be left if the two added up, below which nothing of it is its own. */
    private static final double OWN = 0.5;

    private static final Logger LOG = LoggerFactory.getLogger(Explanations.class);

    private final List<SegmentedImage> held;
    private final ToIntFunction<SegmentedImage> called;
    private final Randomness randomness;
    private final Trial trial;
    private final ShortcutTrials order;

    /**
     * @param held images of val and test
     * @param called the class that is predicted for an image as it is
     */
    Explanations(
            List<SegmentedImage> held,
            ToIntFunction<SegmentedImage> called,
            Scores scores,
            Randomness randomness,
            Progress progress) {
        this.held = held;
        this.called = called;
        this.randomness = randomness;
        this.trial = new Trial(scores, progress);
        this.order = new ShortcutTrials(scores, randomness, progress);
    }

    /** Of those that another explains, what explains them. */
    Map<ShortcutTrial.Judged, Candidate> of(List<ShortcutTrial.Judged> all) throws IOException {
        Map<ShortcutTrial.Judged, Candidate> explained = new IdentityHashMap<>();
        for (Overlap overlap : overlaps(all)) {
            if (explained.containsKey(overlap.one) || explained.containsKey(overlap.other)) {
                continue;
            }
            if (isPieceOf(overlap.one, overlap.other)) {
                explained.put(overlap.one, candidate(overlap.other));
                continue;
            }
            if (isPieceOf(overlap.other, overlap.one)) {
                explained.put(overlap.other, candidate(overlap.one));
                continue;
            }
            Optional<Trial.Maker> cleared = candidate(overlap.one).without(candidate(overlap.other), randomness);
            Optional<Trial.Maker> otherCleared = candidate(overlap.other).without(candidate(overlap.one), randomness);
            if (isTheOther(overlap.one, overlap.other, cleared)) {
                explained.put(overlap.one, candidate(overlap.other));
            } else if (isTheOther(overlap.other, overlap.one, otherCleared)) {
                explained.put(overlap.other, candidate(overlap.one));
            } else {
                boolean one = cleared.isEmpty() && isGone(overlap.one, overlap.other);
                boolean other = otherCleared.isEmpty() && isGone(overlap.other, overlap.one);
                if (one && (!other || difference(overlap.one) < difference(overlap.other))) {
                    explained.put(overlap.one, candidate(overlap.other));
                } else if (other) {
                    explained.put(overlap.other, candidate(overlap.one));
                } else if (isAspect(overlap.one, overlap.other)) {
                    explained.put(overlap.one, candidate(overlap.other));
                } else if (isAspect(overlap.other, overlap.one)) {
                    explained.put(overlap.other, candidate(overlap.one));
                }
            }
        }
        for (ShortcutTrial.Judged weak : all) {
            if (weak.grade().isPresent() && !weak.attracting() && !weak.suspicious()) {
                all.stream()
                        .filter(proven ->
                                proven.grade().filter(Grade.PROVEN::equals).isPresent()
                                        && !explained.containsKey(proven)
                                        && candidate(proven).label()
                                                == candidate(weak).label()
                                        && (share(candidate(weak), candidate(proven)) > SHARED
                                                || saysNothing(weak, candidate(proven))))
                        .findFirst()
                        .ifPresent(proven -> explained.put(weak, candidate(proven)));
            }
        }
        return explained;
    }

    /** Whether what images say as they are of one is not there among those that carry the other, and among those that do not. */
    private boolean saysNothing(ShortcutTrial.Judged weak, Candidate proven) {
        Candidate one = candidate(weak);
        return !weak.evidence().intervened()
                && NaturalImages.witness(
                                held.stream()
                                        .map(image -> new NaturalImages.Natural(
                                                image.label(),
                                                called.applyAsInt(image),
                                                one.carries(image),
                                                proven.carries(image)))
                                        .toList(),
                                one.label())
                        .filter(witness -> witness.p() <= Evidence.WITNESS)
                        .isEmpty();
    }

    /** Two that attract to the same class and are mostly carried by the same images. */
    private record Overlap(ShortcutTrial.Judged one, ShortcutTrial.Judged other) {}

    private List<Overlap> overlaps(List<ShortcutTrial.Judged> all) {
        List<Overlap> overlaps = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                Candidate one = candidate(all.get(i));
                Candidate other = candidate(all.get(j));
                if (one.label() == other.label()
                        && all.get(i).attracting()
                        && all.get(j).attracting()
                        && Math.max(share(one, other), share(other, one)) > SHARED) {
                    overlaps.add(new Overlap(all.get(i), all.get(j)));
                }
            }
        }
        return overlaps;
    }

    /** Whether one is no mark on a background but a piece of it: as much of what is beside it has nearly the same effect. */
    private boolean isPieceOf(ShortcutTrial.Judged one, ShortcutTrial.Judged background) throws IOException {
        if (candidate(background).reason() != Reason.BACKGROUND) {
            return false;
        }
        Optional<Trial.Maker> besides = candidate(one).besides(randomness);
        return besides.isPresent() && isGone(one, background, besides.get(), "beside it");
    }

    /** Whether one has no effect once another is taken off what is put on: nothing of it was its own. */
    private boolean isTheOther(ShortcutTrial.Judged one, ShortcutTrial.Judged other, Optional<Trial.Maker> without)
            throws IOException {
        return without.isPresent() && isGone(one, other, without.get(), "taken off it");
    }

    /** Whether one has no effect of its own where another is put on both images. */
    private boolean isGone(ShortcutTrial.Judged one, ShortcutTrial.Judged other) throws IOException {
        Optional<Trial.Maker> under = candidate(other).under(candidate(one), randomness);
        return under.isPresent() && isGone(one, other, under.get(), "on both sides");
    }

    private boolean isGone(ShortcutTrial.Judged one, ShortcutTrial.Judged other, Trial.Maker maker, String how)
            throws IOException {
        int label = candidate(one).label();
        List<SegmentedImage> objects = held.stream()
                .filter(image -> image.label() != label
                        && candidate(one).fits(Question.ATTRACTS, image)
                        && candidate(other).fits(Question.ATTRACTS, image))
                .toList();
        Optional<Trial.Outcome> outcome = trial.of(Question.ATTRACTS, order.inTurn(objects), label, maker);
        if (outcome.isEmpty()) {
            return false;
        }
        PairedEffect besides = outcome.get().effect();
        double added = added(one.attracts(), besides);
        LOG.info(
                "class {}: {} with {} {}: {} (p {}) where {} would be its own; of its carriers {} carry that too",
                label,
                candidate(one).detail(),
                candidate(other).detail(),
                how,
                besides.difference().value(),
                besides.p(),
                added,
                share(candidate(one), candidate(other)));
        return besides.p() > Evidence.WITNESS || besides.difference().value() < OWN * added;
    }

    /** Whether hardly any image carries one without the other, while quite a few carry the other alone. */
    private boolean isAspect(ShortcutTrial.Judged one, ShortcutTrial.Judged other) {
        double within = share(candidate(one), candidate(other));
        return within >= ASPECT && share(candidate(other), candidate(one)) < ALIKE;
    }

    /** The effect that is to be expected if the two added up: the same share of those that are not yet called the class. */
    private static double added(PairedEffect alone, PairedEffect besides) {
        double room = 1 - alone.without();
        return room > 0 ? alone.difference().value() * (1 - besides.without()) / room : 0;
    }

    /** The share of those that carry one that carry the other too. */
    private double share(Candidate one, Candidate other) {
        List<SegmentedImage> carriers = held.stream().filter(one::carries).toList();
        return carriers.isEmpty()
                ? 0
                : (double) carriers.stream().filter(other::carries).count() / carriers.size();
    }

    private static double difference(ShortcutTrial.Judged judged) {
        return judged.attracts().difference().value();
    }

    private static Candidate candidate(ShortcutTrial.Judged judged) {
        return judged.trial().candidate();
    }
}
