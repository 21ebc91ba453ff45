package org.gazecheck.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code interventions.json}: what the network predicts when backgrounds are swapped. Accuracies are shares
 * 0..1.
 *
 * @param schemaVersion of the file
 * @param estimatedMasks whether objects were segmented by estimated masks
 * @param leftOut sampled images that could not be taken apart: no mask, or one that covers almost nothing or everything
 * @param conditions accuracies on the same images under each intervention
 * @param gap accuracy in front of backgrounds of the same class minus accuracy in front of those of any other class
 *     ("BG-Gap", Xiao et al. 2020), paired by image
 * @param classes in the order of the classes, those that were sampled
 * @param shortcuts the classes that go with scenes in training, tested
 */
public record Interventions(
        int schemaVersion,
        boolean estimatedMasks,
        int leftOut,
        List<Condition> conditions,
        Figure gap,
        List<ClassReliance> classes,
        List<Shortcut> shortcuts) {
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
     * A class and the scenes that it goes with in training.
     *
     * @param share of the class's training images in these scenes
     * @param expected the share of all training images in them, the class's own among them
     * @param others the share of the other classes' training images in them
     * @param p of that association
     * @param q corrected for all classes and scenes
     * @param donors images whose backgrounds stand for the scenes
     * @param donorsOfOthers whether they show other classes; else they show the class itself, because no others stand there
     * @param put behind other objects: how often other classes' objects are taken for the class; null when there were too few images
     * @param removed from its own objects: how often the class's objects are not taken for it; null when there were too few images
     * @param examples paths of images in these scenes
     * @param confirmed whether both shift more than chance and the least size have it
     */
    public record Shortcut(
            String name,
            double share,
            double expected,
            double others,
            double p,
            double q,
            int donors,
            boolean donorsOfOthers,
            @Nullable SwapEffect put,
            @Nullable SwapEffect removed,
            List<String> examples,
            boolean confirmed) {}

    /**
     * The same objects in front of two sorts of backgrounds.
     *
     * @param treated share with the background put or removed
     * @param control share with it not put or not removed
     * @param difference treated minus control, paired by object
     * @param spread standard deviation of the difference when nothing differs
     * @param p one-sided sign-flip test over objects
     * @param q corrected for the classes that were tested
     * @param objects how many there were to draw from; the difference's n were tried.
     * @param backgrounds of each sort that each object was pasted in front of
     * @param overBackgrounds one-sided p-value of a permutation test over backgrounds instead of objects
     */
    public record SwapEffect(
            double treated,
            double control,
            Figure difference,
            double spread,
            double p,
            double q,
            int objects,
            int backgrounds,
            double overBackgrounds) {
        /** With another q. */
        public SwapEffect corrected(double value) {
            return new SwapEffect(
                    treated, control, difference, spread, p, value, objects, backgrounds, overBackgrounds);
        }
    }
}
