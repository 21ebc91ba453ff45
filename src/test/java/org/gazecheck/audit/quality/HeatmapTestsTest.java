package org.gazecheck.audit.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.RandomStream;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class HeatmapTestsTest {
    private static final int SIDE = 56;

    /** Looks at brightness: its map is the image's, one cell for each 4 by 4 pixels. */
    private record Brightness(double gain) implements MappedNetwork {
        @Override
        public Tensor logits(List<RgbImage> images) {
            return Tensor.of(new float[2 * images.size()], images.size(), 2);
        }

        @Override
        public List<Tensor> maps(List<RgbImage> images, int[] targets) {
            int cells = SIDE / 4;
            float[] maps = new float[images.size() * cells * cells];
            for (int i = 0; i < images.size(); i++) {
                for (int p = 0; p < SIDE * SIDE; p++) {
                    int cell = p / SIDE / 4 * cells + p % SIDE / 4;
                    maps[i * cells * cells + cell] +=
                            (float) (gain * (images.get(i).rgb()[3 * p] & 0xff));
                }
            }
            return List.of(Tensor.of(maps, images.size(), cells, cells));
        }
    }

    private static List<RgbImage> images() {
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] rgb = new byte[3 * SIDE * SIDE];
            for (int p = 0; p < SIDE * SIDE; p++) {
                double x = p % SIDE - 20 - 4 * i;
                double y = p / SIDE - 24;
                Arrays.fill(rgb, 3 * p, 3 * p + 3, (byte) (220 * Math.exp(-(x * x + y * y) / 200)));
            }
            images.add(new RgbImage(SIDE, SIDE, rgb));
        }
        return images;
    }

    @Test
    void mapsOfTheSameOrderAreAlikeAndOfTheOppositeAreNot() {
        HeatmapTests tests = HeatmapTests.of(images(), new int[3], new Brightness(1));
        for (double rank : tests.against(new Brightness(3)).rank()[0]) {
            assertEquals(1, rank, 1e-9);
        }
        for (double rank : tests.against(new Brightness(-1)).rank()[0]) {
            assertEquals(-1, rank, 1e-9);
        }
        for (double structure : tests.against(new Brightness(3)).structure()[0]) {
            assertEquals(1, structure, 1e-4);
        }
    }

    @Test
    void aMapThatFollowsTheBrightnessIsStable() {
        HeatmapTests tests = HeatmapTests.of(images(), new int[3], new Brightness(1));
        for (Perturbation perturbation : Perturbation.values()) {
            HeatmapTests.Similarities found = tests.under(perturbation, new Brightness(1));
            for (int i = 0; i < 3; i++) {
                assertTrue(found.rank()[0][i] > 0.93, perturbation + ": " + found.rank()[0][i]);
                assertTrue(found.structure()[0][i] > 0.9, perturbation + ": " + found.structure()[0][i]);
            }
        }
    }

    /** A map that stays where it is does not move with the image. */
    @Test
    void aMapThatDoesNotFollowAShiftIsTold() {
        MappedNetwork still = new MappedNetwork() {
            private final Tensor first =
                    new Brightness(1).maps(images(), new int[3]).get(0);

            @Override
            public Tensor logits(List<RgbImage> images) {
                throw new UnsupportedOperationException("not asked");
            }

            @Override
            public List<Tensor> maps(List<RgbImage> images, int[] targets) {
                return List.of(first);
            }
        };
        HeatmapTests tests = HeatmapTests.of(images(), new int[3], still);
        double shifted = tests.under(Perturbation.SHIFT, still).structure()[0][0];
        double following = tests.under(Perturbation.SHIFT, new Brightness(1)).structure()[0][0];
        assertTrue(shifted < following, shifted + " " + following);
        assertEquals(1, tests.under(Perturbation.JPEG, still).structure()[0][0], 1e-9);
    }

    @Test
    void aShiftMovesContentsAndRepeatsEdges() {
        byte[] rgb = new byte[3 * 56 * 56];
        for (int p = 0; p < 56 * 56; p++) {
            rgb[3 * p] = (byte) (p % 56);
            rgb[3 * p + 1] = (byte) (p / 56);
        }
        RgbImage shifted = Perturbation.SHIFT.of(new RgbImage(56, 56, rgb));
        assertEquals(2, Perturbation.SHIFT.offset(56));
        assertArrayEquals(new byte[] {8, 3, 0}, pixel(shifted, 10, 5));
        assertArrayEquals(new byte[] {0, 3, 0}, pixel(shifted, 1, 5));
    }

    private static byte[] pixel(RgbImage image, int x, int y) {
        int p = 3 * (y * image.width() + x);
        return Arrays.copyOfRange(image.rgb(), p, p + 3);
    }

    @Test
    void theCascadeGoesFromTheHeadDownAndKeepsWhatItHasNotReached() {
        BuiltInNetwork network = TinyNetworks.hellinger(Block.BASIC, 5);
        List<String> steps = new ArrayList<>();
        List<BuiltInNetwork> networks = new ArrayList<>();
        WeightRandomisation.cascade(network, new SplittableRandom(3), (step, random) -> {
            steps.add(step);
            networks.add(random);
        });
        assertEquals(List.of("head", "layer2", "layer1", "stem"), steps);
        assertNotEquals(
                network.head().orElseThrow().weight()[0],
                networks.get(0).head().orElseThrow().weight()[0]);
        assertSame(networks.get(0).head().orElseThrow(), networks.get(3).head().orElseThrow());
        for (String name : network.convolutions().keySet()) {
            int reached = name.startsWith("layer2") ? 1 : name.startsWith("layer1") ? 2 : 3;
            for (int i = 0; i < 4; i++) {
                @SuppressWarnings("ReferenceEquality")
                boolean same = network.convolutions().get(name)
                        == networks.get(i).convolutions().get(name);
                assertEquals(i < reached, same, name + " in step " + i);
            }
        }
    }

    /** Eigen-CAM has no target: at the head alone it does not change, and so is found to fail. */
    @Test
    void eigenCamOutlivesTheHead() {
        BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 5);
        List<CamMethod> methods = List.of(CamMethod.GRADCAM, CamMethod.EIGENCAM);
        List<HeatmapTests.Similarities> found = new ArrayList<>();
        try (TappedNetwork tapped = TappedNetwork.open(network, "layer2", methods, Engine.ONNX, 0, 2)) {
            HeatmapTests tests = HeatmapTests.of(images(), new int[] {0, 1, 2}, tapped);
            WeightRandomisation.cascade(network, new SplittableRandom(3), (step, random) -> {
                try (TappedNetwork other = TappedNetwork.open(random, "layer2", methods, Engine.ONNX, 0, 2)) {
                    found.add(tests.against(other));
                }
            });
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(1, found.get(0).rank()[1][i], 1e-6);
        }
        assertTrue(Arrays.stream(found.get(0).rank()[0]).min().orElseThrow() < 0.99);
        assertTrue(Arrays.stream(found.get(3).rank()[1]).max().orElseThrow() < 0.999);
    }

    @Test
    void baselinesKnowNothingOfTheImage() {
        Tensor gaussian = BaselineMaps.centredGaussian(7, 7);
        assertEquals(1, gaussian.data()[24], 1e-6);
        assertEquals(Math.exp(-Math.pow(4 * 3 / 7.0, 2) / 2), gaussian.data()[3], 1e-6);
        assertEquals(gaussian.data()[3], gaussian.data()[45], 1e-6);
        float[] random = BaselineMaps.random(50, 50, new SplittableRandom(1)).data();
        double mean = 0;
        for (float value : random) {
            mean += value / random.length;
        }
        assertEquals(0.5, mean, 0.03);
    }

    @Test
    void findingsFollowFromIntervals() {
        Figure over = new Figure(0.1, 0.02, 0.2, 50);
        Figure notOver = new Figure(0.1, -0.02, 0.2, 50);
        HeatmapQuality.Method good = method("gradcam", over, 0.2, 0.1);
        HeatmapQuality.Method unfaithful = method("layercam", notOver, 0.2, 0.1);
        HeatmapQuality.Method blind = method("eigencam", over, 0.95, 0.1);
        HeatmapQuality.Method failing = method("gradcam++", over, 0.2, 0.6);
        HeatmapQuality quality = new HeatmapQuality(
                HeatmapQuality.SCHEMA_VERSION, "layer4", 50, 8, List.of(good, unfaithful, blind, failing));
        List<Finding> findings = HeatmapQualityFindings.of(quality, "gradcam++").findings();
        assertEquals(
                List.of(
                        "heatmap-fails-randomisation:gradcam++",
                        "heatmap-not-faithful:layercam",
                        "heatmap-fails-randomisation:eigencam"),
                findings.stream().map(Finding::id).toList());
        assertEquals(
                List.of(Severity.HIGH, Severity.INFO, Severity.INFO),
                findings.stream().map(Finding::severity).toList(),
                "nothing rests on maps of other methods");
        assertEquals(
                List.of(Severity.MEDIUM),
                HeatmapQualityFindings.of(quality, "eigencam").findings().stream()
                        .map(Finding::severity)
                        .filter(severity -> severity != Severity.INFO)
                        .toList());
        String notFaithful = findings.stream()
                .filter(finding -> finding.subject().equals("layercam"))
                .findFirst()
                .orElseThrow()
                .text();
        assertTrue(notFaithful.contains("road"), notFaithful);
        assertFalse(notFaithful.contains("insertion"), notFaithful);
    }

    private static HeatmapQuality.Method method(String name, Figure road, double head, double whole) {
        Figure any = new Figure(0.1, 0.02, 0.2, 50);
        List<HeatmapQuality.Measure> measures = List.of(
                new HeatmapQuality.Measure("insertion", true, any, any, any, any, any),
                new HeatmapQuality.Measure("deletion", false, any, any, any, any, any),
                new HeatmapQuality.Measure("road", true, any, any, any, any, road));
        List<HeatmapQuality.Similarity> cascade = List.of(similarity("head", head), similarity("stem", whole));
        return new HeatmapQuality.Method(
                name,
                measures,
                cascade,
                List.of(),
                Verdict.survivesRandomisation(cascade),
                Verdict.beatsGaussian(measures));
    }

    private static HeatmapQuality.Similarity similarity(String step, double rank) {
        Figure figure = new Figure(rank, rank - 0.02, rank + 0.02, 50);
        return new HeatmapQuality.Similarity(step, figure, figure);
    }

    @Test
    void theSampleIsOfTestAndStays() {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            predictions.add(
                    new Prediction("p" + i, "s" + i, i < 20 ? Split.VAL : Split.TEST, "a", "a", 1, 1, 1, List.of()));
        }
        Randomness randomness = new Randomness(7);
        List<Prediction> ten = HeatmapQualityAudit.sample(predictions, 10, randomness);
        assertEquals(10, ten.size());
        assertTrue(ten.stream().allMatch(p -> p.split() == Split.TEST));
        assertEquals(ten.subList(0, 4), HeatmapQualityAudit.sample(predictions, 4, randomness));
        assertEquals(
                20, HeatmapQualityAudit.sample(predictions, 100, randomness).size());
        assertEquals(List.of(), HeatmapQualityAudit.sample(predictions, 0, randomness));
        assertNotEquals(ten, HeatmapQualityAudit.sample(predictions, 10, new Randomness(8)));
    }

    @Test
    void meansStayPaired() {
        double[] a = new double[30];
        double[] b = new double[30];
        for (int i = 0; i < 30; i++) {
            a[i] = i;
            b[i] = i + 1;
        }
        List<Figure> figures = PairedMeans.of(
                List.of(a, b, PairedMeans.difference(a, b, -1)),
                new Bootstrap(200, new Randomness(1), new RandomStream("test")));
        assertEquals(14.5, figures.get(0).value(), 1e-12);
        assertTrue(figures.get(0).low() < 13 && figures.get(0).high() > 16);
        assertEquals(1, figures.get(2).low(), 1e-12);
        assertEquals(1, figures.get(2).high(), 1e-12);
    }
}
