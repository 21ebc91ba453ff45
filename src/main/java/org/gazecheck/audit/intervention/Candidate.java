package org.gazecheck.audit.intervention;

import org.gazecheck.stats.Randomness;

/**
 * Something that may make the network call images a class, proposed from training and val: what it is, and how to put it on and take
 * it off. Whether it does is for {@link ShortcutTrials} and {@link Evidence}, which know no kind of it.
 */
interface Candidate {
    /** The class. */
    int label();

    /** What it is, as findings have it: "background". */
    String reason();

    Prevalence prevalence();

    /** Images that it is taken from. */
    int donors();

    /** Images that the controls are taken from. */
    int controls();

    /** Whether donors show other classes than this one; else what they carry of its objects could speak for it. */
    boolean donorsOfOthers();

    /** Whether there are donors and controls enough to try it at all. */
    boolean triable();

    /** Whether there are so many that a few odd ones cannot make a proof. */
    boolean sufficient();

    /** Whether an image carries it as it is. */
    boolean carries(SegmentedImage image);

    /** How clearly an image carries it, to be compared with other images of the same candidate. */
    double strength(SegmentedImage image);

    /** Makes contrasts for a question, donors and controls dealt evenly. */
    Trial.Maker contrasts(Question question, Randomness randomness);
}
