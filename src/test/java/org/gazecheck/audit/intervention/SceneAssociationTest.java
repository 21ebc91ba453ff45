package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class SceneAssociationTest {
    private static final int CLASSES = 8;
    private static final int SCENES = 14;

    @Test
    void theChanceIsTheHypergeometricTail() {
        // Python: sum(comb(30,k)*comb(130,20-k) for k in range(10,21))/comb(160,20)
        int[] labels = new int[160];
        int[] scenes = new int[160];
        for (int i = 0; i < 160; i++) {
            labels[i] = i < 20 ? 0 : 1;
            scenes[i] = i < 10 || i >= 140 ? 0 : 1;
        }
        SceneAssociation first = SceneAssociation.of(labels, 2, scenes, 2, 0.01).stream()
                .filter(a -> a.label() == 0)
                .findFirst()
                .orElseThrow();
        assertEquals(0.0006502653097796781, first.p(), 1e-12);
        assertEquals(0.5, first.share(), 1e-12);
        assertEquals(30 / 160.0, first.expected(), 1e-12);
        assertEquals(20, first.n());
    }

    @Test
    void withoutTrainingImagesNoClassGoesWithAScene() {
        assertEquals(List.of(), SceneAssociation.of(new int[0], CLASSES, new int[0], SCENES, 0.01));
    }

    @Test
    void scenesOfOneClassAreTakenTogether() {
        int[] labels = IntStream.range(0, 160).map(i -> i / 20).toArray();
        int[] scenes = IntStream.range(0, 160)
                .map(i -> i < 20 ? i % 2 : 2 + i % (SCENES - 2))
                .toArray();
        SceneAssociation usual =
                SceneAssociation.of(labels, CLASSES, scenes, SCENES, 0.01).get(0);
        assertEquals(0, usual.label());
        assertEquals("{0, 1}", usual.scenes().toString());
        assertEquals(1, usual.share(), 1e-12);
        assertTrue(usual.q() < 1e-6);
    }

    @Test
    void whereClassesAndScenesAreIndependentHardlyAnyPasses() {
        int passed = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int[] labels = IntStream.range(0, 160).map(i -> i / 20).toArray();
            int[] scenes = random.ints(160, 0, SCENES).toArray();
            List<SceneAssociation> all = SceneAssociation.of(labels, CLASSES, scenes, SCENES, 0.01);
            passed += all.stream().anyMatch(a -> a.q() < 0.01) ? 1 : 0;
        }
        assertTrue(passed <= 6, passed + " of 200");
    }

    @Test
    void featuresThatFallIntoGroupsAreClusteredThatWay() {
        SplittableRandom random = new SplittableRandom(3);
        float[][] rows = new float[60][12];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 2; k < 12; k++) {
                rows[i][k] = (float) (0.05 * random.nextDouble() + (k % 3 == i % 3 ? 1 : 0));
            }
        }
        Scenes scenes = Scenes.cluster(rows, 2, new Randomness(1));
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                assertTrue(i % 3 == j % 3 || scenes.of()[i] != scenes.of()[j], i + " and " + j);
            }
        }
        assertEquals(5, scenes.count());
        assertNull(scenes.bound());
    }

    @Test
    void aNumberOfScenesThatIsCutOffIsTold() {
        assertEquals(
                "backgrounds fall into 24 scenes, the most that are made: the square root of half of their 1250 images"
                        + " would be 25",
                cluster(1250).bound());
        assertNull(cluster(1150).bound(), "24 by itself");
        Scenes few = cluster(20);
        assertEquals(4, few.count());
        assertEquals(
                "backgrounds fall into 4 scenes, the fewest that are made: the square root of half of their 20 images"
                        + " would be 3",
                few.bound());
    }

    private static Scenes cluster(int n) {
        SplittableRandom random = new SplittableRandom(3);
        float[][] rows = new float[n][2];
        for (float[] row : rows) {
            row[0] = random.nextInt(30);
            row[1] = 1;
        }
        return Scenes.cluster(rows, 0, new Randomness(1));
    }
}
