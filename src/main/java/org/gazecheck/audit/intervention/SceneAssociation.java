package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.gazecheck.stats.Holm;

/**
 * A class that stands in some scenes more often than chance has it, in training.
 *
 * @param scenes those that go with the class
 * @param share of the class's training images in them, 0..1
 * @param expected the share of all training images in them
 * @param others the share of the other classes' training images in them; NaN where there are none
 * @param p of the clearest of these scenes: the chance that as many of the class fall into it when classes are dealt out
 *     at random, which is the tail of the hypergeometric distribution (Fisher 1935)
 * @param q corrected for all classes and scenes (Holm 1979)
 * @param n the class's training images
 */
record SceneAssociation(
        int label, BitSet scenes, double share, double expected, double others, double p, double q, int n) {
    private static final double LEAST_LIFT = 2;

    /**
     * Of each class the scenes that pass at a level and hold it at least twice as often as expected, together; where none
     * does, its clearest one. The clearest class first; none where there are no training images.
     *
     * @param labels [n] classes of training images
     * @param scenes [n] scenes of the same images
     */
    static List<SceneAssociation> of(int[] labels, int classes, int[] scenes, int count, double level) {
        if (labels.length == 0) {
            return List.of();
        }
        int[][] table = new int[classes][count];
        int[] ofClass = new int[classes];
        int[] ofScene = new int[count];
        for (int i = 0; i < labels.length; i++) {
            table[labels[i]][scenes[i]]++;
            ofClass[labels[i]]++;
            ofScene[scenes[i]]++;
        }
        double[] p = new double[classes * count];
        for (int c = 0; c < classes; c++) {
            for (int s = 0; s < count; s++) {
                p[c * count + s] = new HypergeometricDistribution(null, labels.length, ofScene[s], ofClass[c])
                        .upperCumulativeProbability(table[c][s]);
            }
        }
        double[] q = Holm.correct(p);
        List<SceneAssociation> associations = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            if (ofClass[c] > 0) {
                associations.add(of(c, table[c], ofScene, ofClass[c], labels.length, p, q, level));
            }
        }
        associations.sort(Comparator.comparingDouble(SceneAssociation::p).thenComparing(SceneAssociation::label));
        return associations;
    }

    private static SceneAssociation of(
            int c, int[] row, int[] ofScene, int ofClass, int all, double[] p, double[] q, double level) {
        int count = row.length;
        int clearest = 0;
        BitSet scenes = new BitSet();
        for (int s = 0; s < count; s++) {
            clearest = p[c * count + s] < p[c * count + clearest] ? s : clearest;
            double lift = (double) row[s] * all / ((double) ofClass * ofScene[s]);
            scenes.set(s, q[c * count + s] < level && lift >= LEAST_LIFT);
        }
        if (scenes.isEmpty()) {
            scenes.set(clearest);
        }
        int in = scenes.stream().map(s -> row[s]).sum();
        int expected = scenes.stream().map(s -> ofScene[s]).sum();
        return new SceneAssociation(
                c,
                scenes,
                (double) in / ofClass,
                (double) expected / all,
                (double) (expected - in) / (all - ofClass),
                p[c * count + clearest],
                q[c * count + clearest],
                ofClass);
    }
}
