package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Reason;
import org.gazecheck.stats.Randomness;

/**
 * Something that may make the network call images a class, proposed from training and val: what it is, and how to put it on and take
 * it off. Whether it does is for {@link ShortcutTrials} and {@link Evidence}, which know no kind of it.
 */
interface Candidate {
    /** The class. */
    int label();

    Reason reason();

    /** What it is, as a sentence says it after "because of": "their background", "a patch in the upper left". */
    String detail();

    Prevalence prevalence();

    /** Images that it is taken from; 0 where it is made and not taken from any. */
    int donors();

    /** Images that the controls are taken from; 0 where they are made. */
    int controls();

    /** Whether donors show other classes than this one; else what they carry of its objects could speak for it. */
    boolean donorsOfOthers();

    /**
     * Whether putting it on can prove it without the natural witness. Otherwise what is put on may hold something of the class's own
     * object, by which it is rightly called.
     */
    default boolean provesAlone() {
        return donorsOfOthers();
    }

    /** Whether classes mostly differ in it by nature, so that anything else is tried first. */
    default boolean common() {
        return false;
    }

    /** Why it is not to be tried, though it goes with the class; empty where nothing speaks against it. */
    default Optional<String> unfit() {
        return Optional.empty();
    }

    /** Whether there are donors and controls enough to try it at all. */
    boolean triable();

    /** Whether a question can be asked: taking off may need neither donors nor controls. */
    default boolean triable(Question question) {
        return triable();
    }

    /** Whether there are so many that a few odd ones cannot make a proof. */
    boolean sufficient();

    /** Whether an image carries it as it is. */
    boolean carries(SegmentedImage image);

    /** How clearly an image carries it, to be compared with other images of the same candidate. */
    double strength(SegmentedImage image);

    /** Cut out of images that carry it, where what it is shows at one place of an image. */
    default List<Crop> crops() {
        return List.of();
    }

    /** Whether a question can be asked of an image: it could be put on there, or could be taken off. */
    boolean fits(Question question, SegmentedImage image);

    /** The same, with all decided that it takes answers of the network to decide; only of what is tried. */
    default Candidate calibrated(Scores scores, Progress progress) throws IOException {
        return this;
    }

    /** Makes contrasts for a question, donors and controls dealt evenly. */
    Trial.Maker contrasts(Question question, Randomness randomness);

    /**
     * Puts it on images that it fits, or takes it off, with what is taken from donors alone; empty where they show too little of it.
     */
    Optional<Editor> editor(Edit edit, Donors donors, Randomness randomness);

    /** An image with it taken off; empty where an image does not carry it, or it cannot be. */
    default Optional<SegmentedImage> takenOff(SegmentedImage image) {
        return Optional.empty();
    }

    /**
     * Contrasts of putting it on, another candidate of the class taken off what is put on; empty where that changes hardly anything that is
     * put on, or cannot be done.
     */
    default Optional<Trial.Maker> without(Candidate other, Randomness randomness) {
        return Optional.empty();
    }

    /**
     * Contrasts of putting it on with putting on as much of what is beside it in the same donors; empty for what is no part of an image, and
     * where nothing is beside it.
     */
    default Optional<Trial.Maker> besides(Randomness randomness) {
        return Optional.empty();
    }

    /** Contrasts of putting it on that take nothing but frame and mask of the image that they are asked for; empty where there are none. */
    default Optional<Trial.Maker> ofFrames(Randomness randomness) {
        return Optional.empty();
    }

    /**
     * Contrasts of another candidate of the class, put on others, with this one put on both of their images; empty where that cannot
     * be done.
     */
    default Optional<Trial.Maker> under(Candidate other, Randomness randomness) {
        return Optional.empty();
    }
}
