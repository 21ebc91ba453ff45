package org.gazecheck.audit.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class ImageMapTest {
    @Test
    void anImageWithoutHeatmapIsNotOnTheMapAndTheOthersAre() {
        float[][] points = points(40);
        points[7] = null;
        ImageMap map = of(points);
        assertTrue(Double.isNaN(map.x(7)) && Double.isNaN(map.y(7)));
        assertTrue(Double.isFinite(map.x(8)) && Double.isFinite(map.y(39)));
        assertEquals(39, map.view().placed());
        assertNull(map.view().none());
        assertTrue(
                map.view().trustworthiness() > 0.8 && map.view().continuity() > 0.8,
                map.view().toString());
    }

    @Test
    void itIsSaidWhyThereIsNoMap() {
        ImageMap few = of(points(9));
        assertEquals(
                "9 images could be placed, and fewer than 10 make no map",
                few.view().none());
        assertTrue(Double.isNaN(few.x(0)));
        ImageMap none = of(null);
        assertEquals("nothing was kept", none.view().none());
        assertTrue(Double.isNaN(none.y(3)));
    }

    @Test
    void fewImagesAreOnAMapThatIsNotJudged() {
        ImageMap map = of(points(20));
        assertEquals(20, map.view().placed());
        assertTrue(Double.isNaN(map.view().trustworthiness()));
    }

    @Test
    void theSameImagesAreAtTheSamePlaces() {
        ImageMap first = of(points(30));
        ImageMap second = of(points(30));
        assertEquals(first.view(), second.view());
        for (int i = 0; i < 30; i++) {
            assertArrayEquals(first.coordinates()[i], second.coordinates()[i]);
        }
    }

    @Test
    void theMostLikeAreTheNearestAmongThePlacedByTheirRows() {
        float[][] points = points(40);
        points[7] = null;
        ImageMap map = of(points);
        int[] rows = IntStream.range(0, 40).map(i -> 100 + i).toArray();
        assertEquals(List.of(), map.nearest(7, rows), "it is on no map");
        List<Integer> nearest = map.nearest(3, rows);
        List<Integer> sorted = IntStream.range(0, 40)
                .filter(j -> j != 3 && j != 7)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> squared(points[3], points[j])))
                .limit(20)
                .map(j -> 100 + j)
                .toList();
        assertEquals(sorted, nearest);
    }

    private static double squared(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(j -> (a[j] - b[j]) * (a[j] - b[j]))
                .sum();
    }

    private static ImageMap of(float[][] points) {
        return ImageMap.of(points, "nothing was kept", Purpose.FEATURE_EMBEDDING, new Randomness(1));
    }

    private static float[][] points(int n) {
        SplittableRandom random = new SplittableRandom(2);
        float[][] points = new float[n][6];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 6; j++) {
                points[i][j] = (float) (random.nextGaussian() + (j == i % 3 ? 5 : 0));
            }
        }
        return points;
    }
}
