package org.gazecheck.results;

import java.util.List;
import org.gazecheck.results.Finding.Grade;
import org.jspecify.annotations.Nullable;

/**
 * {@code interventions.json}: what the network predicts when backgrounds are swapped, and when what may be a shortcut is put on or
 * taken off. Accuracies are shares 0..1.
 *
 * @param schemaVersion of the file
 * @param estimatedMasks whether objects were segmented by estimated masks
 * @param leftOut sampled images that could not be taken apart: no mask, or one that covers almost nothing or everything
 * @param scenes into which backgrounds were sorted; null where too few could be taken apart
 * @param conditions accuracies on the same images under each intervention; none where too few could be taken apart
 * @param gap accuracy in front of backgrounds of the same class minus accuracy in front of those of any other class
 *     ("BG-Gap", Xiao et al. 2020), paired by image; null where too few could be taken apart
 * @param classes in the order of the classes, those that were sampled
 * @param shortcuts what was proposed and tried
 * @param screened what was proposed and not tried
 * @param notSought kinds of shortcuts that were not looked for, each with the reason
 */
public record Interventions(
        int schemaVersion,
        boolean estimatedMasks,
        int leftOut,
        @Nullable Scenes scenes,
        List<Condition> conditions,
        @Nullable Figure gap,
        List<ClassReliance> classes,
        List<Shortcut> shortcuts,
        List<Screened> screened,
        List<String> notSought) {
    /**
     * @param count how many; a function of the number of images
     * @param bound a sentence where that function was cut off at its least or largest value; null elsewhere
     */
    public record Scenes(int count, @Nullable String bound) {}

    /**
     * @param name "original", "own background", "object only", "background only", "mixed same", "mixed random"
     * @param description in plain words
     */
    public record Condition(String name, String description, Figure accuracy) {}

    /**
     * One class.
     *
     * @param original accuracy on the images as they are
     * @param own with the object pasted in front of its own background: the control of the cut edge
     * @param random in front of backgrounds of other classes
     * @param vote the class that its backgrounds alone are most often taken for
     * @param voteShare how often, 0..1
     */
    public record ClassReliance(
            String name, int n, double original, double own, double random, String vote, double voteShare) {}

    /**
     * What may make the network call a class, proposed from training and val, tried on objects of val and test.
     *
     * @param name the class
     * @param detail what it is, as a sentence says it after "because of": "their background", "a patch in the upper left"
     * @param grade null where nothing was found
     * @param explainedBy the detail of another one of the class that is carried by the same images and explains what this one does; null
     *     where none does
     * @param share of the class's training images that carry it
     * @param expected the share of all training images that do, the class's own among them
     * @param others the share of the other classes' training images that do
     * @param p of that association
     * @param q corrected for all that could have been proposed
     * @param donors images that it was taken from
     * @param controls images that the controls were taken from
     * @param donorsOfOthers whether donors show other classes; else they show the class itself, because no others carry it
     * @param attracts put on objects of other classes: called the class; null when there were too few images
     * @param needs taken off its own objects: called the class no longer; null when there were too few images
     * @param repairs taken off images of other classes that are called the class: called rightly; null when there were too few
     * @param rescues put on own images that miss the class: called rightly; null when there were too few, or where it can be taken off
     * @param natural other classes' images as they are; null when none carries it, or all do
     * @param examples paths of images that carry it
     */
    public record Shortcut(
            String name,
            Reason reason,
            String detail,
            @Nullable Grade grade,
            @Nullable String explainedBy,
            double share,
            double expected,
            double others,
            double p,
            double q,
            int donors,
            int controls,
            boolean donorsOfOthers,
            @Nullable PairedEffect attracts,
            @Nullable PairedEffect needs,
            @Nullable PairedEffect repairs,
            @Nullable PairedEffect rescues,
            @Nullable NaturalWitness natural,
            List<String> examples) {
        public Shortcut {
            examples = List.copyOf(examples);
        }

        /** The same of another grade. */
        public Shortcut graded(Grade of) {
            return new Shortcut(
                    name,
                    reason,
                    detail,
                    of,
                    explainedBy,
                    share,
                    expected,
                    others,
                    p,
                    q,
                    donors,
                    controls,
                    donorsOfOthers,
                    attracts,
                    needs,
                    repairs,
                    rescues,
                    natural,
                    examples);
        }
    }

    /**
     * A possible shortcut that was not tried.
     *
     * @param share of the class's training images that carry it
     * @param others the share of the other classes' training images that do
     * @param why it was not: a sentence's end
     */
    public record Screened(String name, Reason reason, String detail, double share, double others, String why) {}

    /**
     * The same objects with something and without it, in images that are alike otherwise.
     *
     * @param with share of what is counted with it, over all images
     * @param without the same without it
     * @param difference of the two, in the direction that speaks for a shortcut, paired by object
     * @param p one-sided: the larger of exact sign flips over objects and a t-test with crossed objects, donors and controls
     * @param q of "attracts" corrected for all that were tried, of the others for the witnesses of this one
     * @param objects how many there are; the difference's n were tried
     * @param draws pairs of images an object
     * @param donors whose property was put on
     * @param controls that stood in its place
     * @param stopped whether no more than the first objects were tried because nothing moved
     */
    public record PairedEffect(
            double with,
            double without,
            Figure difference,
            double p,
            double q,
            int objects,
            int draws,
            int donors,
            int controls,
            boolean stopped) {
        /** With another q. */
        public PairedEffect corrected(double value) {
            return new PairedEffect(with, without, difference, p, value, objects, draws, donors, controls, stopped);
        }
    }

    /**
     * Other classes' images of val and test, as they are.
     *
     * @param carriersCalled of those that carry it, how many are called the class
     * @param othersCalled of those that do not
     * @param p one-sided, exact, within true classes
     * @param q corrected for the witnesses of this one
     */
    public record NaturalWitness(int carriersCalled, int carriers, int othersCalled, int others, double p, double q) {
        /** With another q. */
        public NaturalWitness corrected(double value) {
            return new NaturalWitness(carriersCalled, carriers, othersCalled, others, p, value);
        }
    }
}
