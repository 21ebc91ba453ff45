package org.gazecheck.audit.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.audit.association.AssociationInputs.Heatmaps;
import org.gazecheck.audit.association.AssociationInputs.Scene;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Prediction;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

/** Numbers of clusters that stand at the end of those that were tried. */
class SearchEdgesTest {
    private static final int OF_GROUP = 20;

    @Test
    void asManyGroupsOfHeatmapsAsAreLookedForAreTold() {
        assertEquals(
                List.of("heatmaps fall into 8 groups, the most that are looked for: there may be more"),
                heatmaps(8).atTheEdge());
        assertEquals(List.of(), heatmaps(5).atTheEdge());
        assertEquals(
                List.of("heatmaps fall into 2 groups, the fewest that are looked for: they may be one, cut in two"),
                heatmaps(2).atTheEdge());
    }

    @Test
    void imagesThatAreNotGroupedHaveNoNumberOfGroups() {
        Association none = Association.of(new AssociationInputs(
                predictions(40), List.of(), List.of(), Synthetic.NO_HEATMAPS, List.of(), new Randomness(1)));
        assertEquals(List.of(), none.findings().atTheEdge());
    }

    @Test
    void asManyKindsOfSceneAsAreTriedAreToldBesideWhatRestsOnThem() {
        Findings most = scenes(12);
        assertEquals(
                List.of(
                        "the scenes of train fall into 12 kinds, the most that are tried: another number may describe them"
                                + " better"),
                most.atTheEdge());
        assertEquals(
                "Cramér's V of class and kind of scene in train, 12 kinds (the most that are tried)",
                most.tests().get(0).measure());
        assertEquals(List.of(), scenes(5).atTheEdge());
        assertTrue(scenes(5).tests().get(0).measure().endsWith("in train, 5 kinds"));
        assertTrue(scenes(2).atTheEdge().get(0).contains("fall into 2 kinds, the fewest that are tried"));
    }

    private static List<Prediction> predictions(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> Synthetic.prediction(i + ".jpg", "class " + i % 2, false))
                .toList();
    }

    /** Of heatmaps in as many places, each a cell of a grid of three by three with a little of the one beside it. */
    private static Findings heatmaps(int places) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] maps = new float[places * OF_GROUP][81];
        for (int i = 0; i < maps.length; i++) {
            int place = i % places;
            for (int c = 0; c < 9; c++) {
                maps[i][(place / 3 * 3 + c / 3) * 9 + place % 3 * 3 + c % 3] = (float) random.nextDouble();
            }
        }
        Heatmaps heatmaps = new Heatmaps() {
            @Override
            public int width() {
                return 9;
            }

            @Override
            public float[] of(int i) {
                return maps[i];
            }
        };
        return Association.of(new AssociationInputs(
                        predictions(maps.length), List.of(), List.of(), heatmaps, List.of(), new Randomness(1)))
                .findings();
    }

    private static Findings scenes(int kinds) {
        SplittableRandom random = new SplittableRandom(2);
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < kinds * OF_GROUP; i++) {
            double[] descriptor = new double[kinds];
            for (int j = 0; j < kinds; j++) {
                descriptor[j] = (j == i % kinds ? 10 : 0) + random.nextGaussian();
            }
            scenes.add(new Scene(i + ".jpg", "class " + random.nextInt(3), Optional.of(descriptor)));
        }
        return Association.of(new AssociationInputs(
                        List.of(), List.of(), List.of(), Synthetic.NO_HEATMAPS, scenes, new Randomness(1)))
                .findings();
    }
}
