package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

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
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Npy;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code predict} and {@code explain} with images on classifiers of other makes say what {@code explain --tensor} says of the
 * same numbers, which {@link ForeignExplainTest} holds against PyTorch: one logit, several sigmoids, grey, channels last, half
 * precision, int8 and tokens among them.
 */
@Tag("reference")
class ForeignImagesTest {
    private static final String FOLDER = "foreign2";
    private static final int IMAGES = 2;

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> imagesSayWhatTensorsDo() throws IOException {
        List<JsonNode> networks = ReferenceData.descriptions(FOLDER);
        assertEquals(19, networks.size());
        return networks.stream().map(about -> dynamicTest(about.get("name").asText(), () -> check(about)));
    }

    private void check(JsonNode about) throws IOException {
        String model =
                ReferenceData.path(FOLDER + "/" + about.get("file").asText()).toString();
        int side = about.get("input").get("size").asInt();
        boolean grey = about.get("input").get("mean").size() == 1;
        boolean last = about.get("input").get("layout").asText().equals("NHWC");
        List<String> images = new ArrayList<>();
        float[] tensor = new float[IMAGES * (grey ? 1 : 3) * side * side];
        Normalisation normalisation = grey ? new Normalisation(all(0.449f), all(0.226f)) : Normalisation.TORCHVISION;
        for (int i = 0; i < IMAGES; i++) {
            RgbImage image = drawn(side, i);
            Path file = folder.resolve(i + ".png");
            Files.write(file, Png.encode(image));
            images.add(file.toString());
            arrange(image, normalisation, grey, last, tensor, i * tensor.length / IMAGES);
        }
        String[] taken = grey
                ? new String[] {"--mean", "0.449", "--std", "0.226"}
                : new String[] {"--preprocessing", "imagenet", "--size", Integer.toString(side)};
        Path decisions = folder.resolve("decisions.txt");
        Path maps = folder.resolve("maps");
        String predicted = run(images, taken, "predict", "--model", model, "--format", "json", "--top", "99");
        run(
                images,
                taken,
                "explain",
                "--model",
                model,
                "--npy",
                maps.toString(),
                "--out",
                maps.toString(),
                "--write-decisions",
                decisions.toString());
        Path rows = folder.resolve("rows.npy");
        Npy.write(
                rows, tensor, last ? new int[] {IMAGES, side, side, 3} : new int[] {IMAGES, grey ? 1 : 3, side, side});
        Path ofTensor = folder.resolve("of-tensor");
        run(
                List.of(),
                new String[0],
                "explain",
                "--model",
                model,
                "--tensor",
                rows.toString(),
                "--layer",
                decided(decisions, "external.layer="),
                "--npy",
                ofTensor.toString());
        float[] logits = Npy.read(ofTensor.resolve("logits.npy")).floats();
        List<String> lines = predicted.lines().toList();
        for (int i = 0; i < IMAGES; i++) {
            float[] expected = Npy.read(ofTensor.resolve(i + ".npy")).floats();
            assertArrayEquals(
                    expected, Npy.read(maps.resolve(i + ".npy")).floats(), 1e-5f * range(expected), "map " + i);
            check(about, new JsonMapper().readTree(lines.get(i)), logits, i);
        }
    }

    private static void check(JsonNode about, JsonNode line, float[] logits, int row) {
        int numbers = logits.length / IMAGES;
        boolean sigmoids = about.get("name").asText().equals("multilabel_sigmoid");
        double sum = 0;
        for (int c = 0; c < numbers; c++) {
            sum += Math.exp(logits[row * numbers + c]);
        }
        assertEquals(Math.max(2, numbers), line.get("predictions").size());
        for (JsonNode each : line.get("predictions")) {
            int c = each.get("index").asInt();
            double logit = logits[row * numbers + (numbers == 1 ? 0 : c)];
            double expected = numbers == 1
                    ? 1 / (1 + Math.exp(c == 1 ? -logit : logit))
                    : sigmoids ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / sum;
            assertEquals(expected, each.get("probability").asDouble(), 1e-5);
        }
    }

    private static String decided(Path decisions, String key) throws IOException {
        return Files.readAllLines(decisions).stream()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .orElseThrow()
                .substring(key.length());
    }

    private static String run(List<String> images, String[] taken, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(taken));
        arguments.addAll(images);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
        assertEquals(0, code, err.toString());
        return out.toString();
    }

    private static RgbImage drawn(int side, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] rgb = new byte[3 * side * side];
        int[] level = {random.nextInt(128), random.nextInt(128), random.nextInt(128)};
        for (int p = 0; p < rgb.length; p++) {
            rgb[p] = (byte) (level[p % 3] + p / 3 % side * 80 / side + random.nextInt(48));
        }
        return new RgbImage(side, side, rgb);
    }

    private static void arrange(
            RgbImage image, Normalisation normalisation, boolean grey, boolean last, float[] tensor, int offset) {
        int area = image.width() * image.height();
        float[] planes = new float[3 * area];
        normalisation.write(image, planes, 0);
        for (int j = 0; j < area; j++) {
            if (grey) {
                tensor[offset + j] =
                        (float) (0.299 * planes[j] + 0.587 * planes[area + j] + 0.114 * planes[2 * area + j]);
            } else {
                for (int c = 0; c < 3; c++) {
                    tensor[offset + (last ? 3 * j + c : c * area + j)] = planes[c * area + j];
                }
            }
        }
    }

    private static float[] all(float number) {
        return new float[] {number, number, number};
    }

    private static float range(float[] map) {
        float low = Float.MAX_VALUE;
        float high = -Float.MAX_VALUE;
        for (float number : map) {
            low = Math.min(low, number);
            high = Math.max(high, number);
        }
        return high - low;
    }
}
