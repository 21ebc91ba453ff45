package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Npy;
import org.gazecheck.network.onnx.external.ClassifierVariants;
import org.gazecheck.network.onnx.external.ExternalModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code predict} and {@code explain} with classifiers that others trained, against the network in closed form. */
@Tag("slow")
class ExternalImagesTest {
    private static final int SIDE = ClassifierVariants.SIDE;
    private static final int CELLS = SIDE - 2;
    private static final int IMAGES = 3;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<byte[]> pixels = new ArrayList<>();
    private final List<String> files = new ArrayList<>();

    @BeforeEach
    void draw() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            byte[] rgb = new byte[SIDE * SIDE * 3];
            SplittableRandom random = new SplittableRandom(i);
            int[] level = {random.nextInt(160), random.nextInt(160), random.nextInt(160)};
            for (int p = 0; p < rgb.length; p++) {
                rgb[p] = (byte) (level[p % 3] + random.nextInt(96));
            }
            pixels.add(rgb);
            Path file = folder.resolve(i + ".png");
            Files.write(file, Png.encode(new RgbImage(SIDE, SIDE, rgb)));
            files.add(file.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(ClassifierVariants.class)
    void probabilitiesAndMapsAreThoseOfTheNetworkItself(ClassifierVariants variant) throws IOException {
        Path model = variant.write(folder.resolve("network.onnx"));
        int classes = Math.max(2, variant.numbers());
        assertEquals(0, predict(model, "--preprocessing", "none"), err.toString());
        List<JsonNode> lines = json();
        Path maps = folder.resolve("maps");
        assertEquals(0, explain(model, maps, "--preprocessing", "none", "--layer", "maps"), err.toString());
        for (int i = 0; i < IMAGES; i++) {
            double[] logits = logits(variant, pixels.get(i));
            double[] expected = probabilities(variant, logits);
            int best = -1;
            assertEquals(classes, lines.get(i).get("predictions").size());
            for (JsonNode each : lines.get(i).get("predictions")) {
                int index = each.get("index").asInt();
                best = best < 0 ? index : best;
                assertEquals(expected[index], each.get("probability").asDouble(), 1e-5, variant + " " + index);
                assertTrue(expected[best] >= expected[index]);
            }
            assertArrayEquals(
                    map(variant, pixels.get(i), best),
                    Npy.read(maps.resolve(i + ".npy")).floats(),
                    1e-6f);
        }
    }

    @Test
    void whatWasDecidedIsToldAndTakenBackAsAFile() throws IOException {
        Path model = ClassifierVariants.SOFTMAX.write(folder.resolve("network.onnx"));
        Files.writeString(folder.resolve("labels.txt"), "oak\nash\nyew\n");
        Path decisions = folder.resolve("decisions.txt");
        int code = predict(
                model,
                "--preprocessing",
                "keras-caffe",
                "--labels",
                folder.resolve("labels.txt").toString(),
                "--write-decisions",
                decisions.toString());
        assertEquals(0, code, err.toString());
        assertTrue(err.toString().contains("scores: softmax over 3 logits"), err.toString());
        assertTrue(err.toString().contains("layer: maps, 2 maps of 22x22"), err.toString());
        assertTrue(err.toString().contains("(as keras-caffe), blue first"), err.toString());
        String first = out.toString();
        assertTrue(first.contains("\"label\":\"oak\""), first);
        out.getBuffer().setLength(0);
        assertEquals(0, predict(model, "--decisions", decisions.toString()), err.toString());
        assertEquals(first, out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, predict(model, "--decisions", decisions.toString(), "--channels", "rgb"), err.toString());
        assertTrue(!first.equals(out.toString()), "options count more");
    }

    /** Of bytes in the order blue, green, red, without the means of ImageNet. */
    @Test
    void aPresetIsWhatItsNumbersAre() throws IOException {
        Path model = ClassifierVariants.SOFTMAX.write(folder.resolve("network.onnx"));
        assertEquals(0, predict(model, "--preprocessing", "keras-caffe"), err.toString());
        String preset = out.toString();
        out.getBuffer().setLength(0);
        int code = predict(
                model, "--scale", "255", "--mean", "123.68,116.779,103.939", "--std", "1,1,1", "--channels", "bgr");
        assertEquals(0, code, err.toString());
        assertEquals(preset, out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gradcam",
                "gradcam++",
                "hirescam",
                "layercam",
                "xgradcam",
                "eigencam",
                "scorecam",
                "ablationcam",
            })
    void everyMethodMakesAMap(String method) throws IOException {
        Path model = ClassifierVariants.SOFTMAX.write(folder.resolve("network.onnx"));
        Path maps = folder.resolve("maps");
        assertEquals(0, explain(model, maps, "--method", method, "--target", "1"), err.toString());
        assertArrayEquals(
                new int[] {CELLS, CELLS}, Npy.read(maps.resolve("2.npy")).shape());
        assertTrue(Files.size(maps.resolve("2.png")) > 0);
    }

    @Test
    void withoutGradientsTheMapsAreEigenCamsAndThatIsTold() throws IOException {
        Path model = ExternalModels.classifier(folder.resolve("curved.onnx"), 4, "Celu");
        Path maps = folder.resolve("maps");
        assertEquals(0, explain(model, maps, "--layer", "maps", "--crop", "24"), err.toString());
        assertTrue(err.toString().contains("The heatmaps are eigencam's"), err.toString());
        assertEquals(2, explain(model, maps, "--layer", "maps", "--crop", "24", "--method", "gradcam"), err.toString());
        assertTrue(err.toString().contains("--method eigencam, which needs none"), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--mean 1,2 | three are expected",
                "--preprocessing caffe | keras-caffe",
                "--crop 30 | takes images of 24x24",
                "--decisions none.txt | is not a file of decisions",
                "--layout nchw | name the layer too",
                "--layer maps --layout tokens | tokens have three dimensions",
                "--grid 3 | such as 14x14",
            })
    void whatCannotBeMeantIsRefused(String options, String told) throws IOException {
        Path model = ClassifierVariants.SOFTMAX.write(folder.resolve("network.onnx"));
        int code = explain(model, folder.resolve("maps"), options.split(" "));
        assertTrue(code == 2 || code == 4, code + " " + err);
        assertTrue(err.toString().contains(told), err.toString());
    }

    private int predict(Path model, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("predict", "--model", model.toString(), "--format", "json", "--top", "9"));
        arguments.addAll(List.of(options));
        return execute(arguments);
    }

    private int explain(Path model, Path maps, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("explain", "--model", model.toString(), "--npy", maps.toString(), "--out", maps.toString()));
        arguments.addAll(List.of(options));
        return execute(arguments);
    }

    private int execute(List<String> arguments) {
        arguments.addAll(files);
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    private List<JsonNode> json() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(new JsonMapper().readTree(line));
        }
        return lines;
    }

    private static double value(ClassifierVariants variant, byte[] rgb, int channel, int y, int x) {
        int at = 3 * (y * SIDE + x);
        if (!variant.isGrey()) {
            return (rgb[at + channel] & 0xff) / 255.0;
        }
        return (0.299 * (rgb[at] & 0xff) + 0.587 * (rgb[at + 1] & 0xff) + 0.114 * (rgb[at + 2] & 0xff)) / 255;
    }

    private static double[][] activations(ClassifierVariants variant, byte[] rgb) {
        float[] kernel = variant.kernel();
        int taps = kernel.length / ClassifierVariants.FILTERS;
        double[][] maps = new double[ClassifierVariants.FILTERS][CELLS * CELLS];
        for (int k = 0; k < maps.length; k++) {
            for (int j = 0; j < maps[k].length; j++) {
                double sum = 0;
                for (int tap = 0; tap < taps; tap++) {
                    sum += kernel[k * taps + tap]
                            * value(variant, rgb, tap / 9, j / CELLS + tap % 9 / 3, j % CELLS + tap % 3);
                }
                maps[k][j] = Math.max(0, sum);
            }
        }
        return maps;
    }

    private static double[] logits(ClassifierVariants variant, byte[] rgb) {
        double[][] maps = activations(variant, rgb);
        double[] logits = new double[variant.numbers()];
        for (int c = 0; c < logits.length; c++) {
            for (int k = 0; k < maps.length; k++) {
                for (double cell : maps[k]) {
                    logits[c] += cell / maps[k].length * variant.dense()[k * variant.numbers() + c];
                }
            }
        }
        return logits;
    }

    private static double[] probabilities(ClassifierVariants variant, double[] logits) {
        double[] probabilities = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] = variant == ClassifierVariants.SIGMOIDS || logits.length == 1
                    ? 1 / (1 + Math.exp(-logits[c]))
                    : Math.exp(logits[c]);
            sum += probabilities[c];
        }
        if (logits.length == 1) {
            return new double[] {1 - probabilities[0], probabilities[0]};
        }
        for (int c = 0; c < logits.length && variant != ClassifierVariants.SIGMOIDS; c++) {
            probabilities[c] /= sum;
        }
        return probabilities;
    }

    /** Of one logit the score is its own, or for the first class minus that. */
    private static float[] map(ClassifierVariants variant, byte[] rgb, int target) {
        double[][] maps = activations(variant, rgb);
        float[] map = new float[CELLS * CELLS];
        boolean one = variant.numbers() == 1;
        for (int j = 0; j < map.length; j++) {
            double sum = 0;
            for (int k = 0; k < maps.length; k++) {
                double weight = variant.dense()[k * variant.numbers() + (one ? 0 : target)];
                sum += (one && target == 0 ? -weight : weight) / map.length * maps[k][j];
            }
            map[j] = (float) sum;
        }
        return map;
    }
}
