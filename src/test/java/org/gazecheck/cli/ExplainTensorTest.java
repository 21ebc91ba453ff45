package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.TinyModel;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.onnx.external.ExternalModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code explain --tensor} and {@code layers}, on a network of one convolution, of which everything is known in closed form. */
class ExplainTensorTest {
    private static final int CLASSES = 2;
    private static final int SIDE = 12;
    private static final int CELLS = SIDE - 2;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;
    private Path maps;

    @BeforeEach
    void write() throws IOException {
        model = ExternalModels.classifier(folder.resolve("network.onnx"), CLASSES, null);
        maps = folder.resolve("maps");
    }

    @Test
    void mapsAreRawSumsAndLogitsComeBeforeTheSoftmax() throws IOException {
        float[] images = numbers(3);
        assertEquals(0, explain(npy(images, 3, 3, SIDE, SIDE), "--layer", "maps", "--target", "1"), err.toString());
        float[] logits = new float[3 * CLASSES];
        for (int i = 0; i < 3; i++) {
            float[][] activations = activations(images, i);
            NpyArray map = Npy.read(maps.resolve(i + ".npy"));
            assertArrayEquals(new int[] {CELLS, CELLS}, map.shape());
            assertArrayEquals(map(activations, 1), map.floats(), 1e-6f);
            for (int c = 0; c < CLASSES; c++) {
                logits[i * CLASSES + c] = logit(activations, c);
            }
        }
        NpyArray found = Npy.read(maps.resolve("logits.npy"));
        assertArrayEquals(new int[] {3, CLASSES}, found.shape());
        assertArrayEquals(logits, found.floats(), 1e-5f);
        assertTrue(out.toString().contains("row 2: class "), out.toString());
    }

    @Test
    void thePredictedClassIsExplainedWhereNoneIsAskedFor() throws IOException {
        float[] images = numbers(1);
        assertEquals(0, explain(npy(images, 1, 3, SIDE, SIDE), "--layer", "maps"), err.toString());
        float[][] activations = activations(images, 0);
        int predicted = logit(activations, 1) > logit(activations, 0) ? 1 : 0;
        assertArrayEquals(
                map(activations, predicted), Npy.read(maps.resolve("0.npy")).floats(), 1e-6f);
    }

    /** The module "block" ends in the ReLU, which is the last value with rows and columns. */
    @ParameterizedTest
    @CsvSource({"block", "-1", "/block/act", "block.act"})
    void aLayerGoesByItsModuleItsNodeAndItsPlaceFromTheEnd(String layer) throws IOException {
        float[] images = numbers(1);
        assertEquals(
                0,
                explain(npy(images, 1, 3, SIDE, SIDE), "--layer", layer, "--target", "0"),
                layer + ": " + err.toString());
        assertArrayEquals(
                map(activations(images, 0), 0), Npy.read(maps.resolve("0.npy")).floats(), 1e-6f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--layer mapz | no layer 'mapz' in the network, but 'maps'",
                "--layer logits | has no rows and columns",
                "--layer maps --target 2 | indices from 0 to 1",
                "--layer maps --method scorecam | masks images",
                "--layer maps --method nonsense | there are gradcam",
                "--layer maps --logits z | there are 'y'",
                "--layer maps --layout tokens | tokens have three dimensions"
            })
    void whatCannotBeMeantIsRefusedWithWhatCanAndNothingIsWritten(String options, String told) throws IOException {
        Path tensor = npy(numbers(1), 1, 3, SIDE, SIDE);
        assertEquals(2, explain(tensor, options.split(" ")), err.toString());
        assertTrue(err.toString().contains(told), err.toString());
        assertFalse(Files.exists(maps));
    }

    @Test
    void aTensorOfAnotherOrderIsRefusedWithTheTranspositionThatFits() throws IOException {
        refused(npy(numbers(1), 1, SIDE, SIDE, 3), "numpy.transpose(x, (0, 3, 1, 2))");
    }

    @Test
    void aTensorWithoutRowsIsRefused() throws IOException {
        refused(npy(numbers(1), 3, SIDE, SIDE), "x[None]");
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() throws IOException {
        float[] images = numbers(2);
        images[images.length - 1] = Float.NaN;
        refused(npy(images, 2, 3, SIDE, SIDE), "row 1 holds NaN");
    }

    @Test
    void doublePrecisionIsRefused() throws IOException {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 3, 1, 1), }\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + 24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        refused(Files.write(folder.resolve("double.npy"), bytes.array()), "dtype=numpy.float32");
    }

    @Test
    void mapsOfOtherRowsAreNotLeftAmongThoseThatAreWritten() throws IOException {
        Files.createDirectories(maps);
        Npy.write(maps.resolve("7.npy"), new float[1], 1, 1);
        assertEquals(2, explain(npy(numbers(1), 1, 3, SIDE, SIDE)), err.toString());
        assertTrue(err.toString().contains("choose an empty folder"), err.toString());
    }

    @Test
    void layersAreListedWithTheDefault() {
        assertEquals(0, execute("layers", model.toString(), "--size", "24"), err.toString());
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(1).matches("0 +convolved +Conv +2x22x22 +\\[n, c, h, w] +all +convolved"), lines.get(1));
        assertTrue(lines.get(2).matches("1 \\* +block +Relu +2x22x22 +\\[n, c, h, w] +all +maps"), lines.get(2));
        assertTrue(lines.get(3).startsWith("* default: the last value with rows and columns"), lines.get(3));
    }

    @Test
    void layersAreTriedWithAnImageThatIsGiven() throws IOException {
        Path image = TinyModel.image(folder.resolve("photos/0.png"), 0);
        int code = execute("layers", model.toString(), "--size", "24", "--image", image.toString());
        assertEquals(0, code, err.toString());
        assertTrue(out.toString().lines().toList().get(2).startsWith("1 *"), out.toString());
        Files.writeString(image, "no picture");
        code = execute("layers", model.toString(), "--size", "24", "--image", image.toString());
        assertEquals(4, code, err.toString());
        assertTrue(err.toString().contains("0.png"), err.toString());
    }

    @Test
    void layersAreListedForPrograms() {
        assertEquals(0, execute("layers", model.toString(), "--size", "24", "--format", "json"), err.toString());
        assertTrue(out.toString().lines().toList().get(1).contains("\"shape\":[2,22,22]"), out.toString());
        assertTrue(out.toString().lines().toList().get(1).contains("\"default\":true"), out.toString());
    }

    private void refused(Path tensor, String told) {
        assertEquals(2, explain(tensor, "--layer", "maps"), err.toString());
        assertTrue(err.toString().contains(told), err.toString());
        assertFalse(Files.exists(maps));
    }

    private int explain(Path tensor, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "explain", "--model", model.toString(), "--tensor", tensor.toString(), "--npy", maps.toString()));
        arguments.addAll(List.of(options));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private static float[] numbers(int rows) {
        return TinyNetworks.numbers(new SplittableRandom(5), rows * 3 * SIDE * SIDE, 0, 1);
    }

    private Path npy(float[] numbers, int... shape) throws IOException {
        Path file = folder.resolve("tensor.npy");
        Npy.write(file, numbers, shape);
        return file;
    }

    /** Of the network's ReLU, by the definition of a convolution. */
    private static float[][] activations(float[] images, int row) {
        float[] kernel = TinyNetworks.numbers(new SplittableRandom(3), CLASSES * 27, 0, 0.5f);
        float[][] maps = new float[CLASSES][CELLS * CELLS];
        for (int k = 0; k < CLASSES; k++) {
            for (int j = 0; j < CELLS * CELLS; j++) {
                double sum = 0;
                for (int at = 0; at < 27; at++) {
                    int c = at / 9;
                    int y = j / CELLS + at % 9 / 3;
                    int x = j % CELLS + at % 3;
                    sum += (double) kernel[k * 27 + at] * images[((row * 3 + c) * SIDE + y) * SIDE + x];
                }
                maps[k][j] = (float) Math.max(0, sum);
            }
        }
        return maps;
    }

    private static float weight(int feature, int logit) {
        SplittableRandom random = new SplittableRandom(3);
        TinyNetworks.numbers(random, CLASSES * 27, 0, 0.5f);
        return TinyNetworks.numbers(random, CLASSES * CLASSES, 0, 2)[feature * CLASSES + logit];
    }

    private static float logit(float[][] activations, int logit) {
        double sum = 0;
        for (int k = 0; k < CLASSES; k++) {
            for (float cell : activations[k]) {
                sum += (double) weight(k, logit) * cell / (CELLS * CELLS);
            }
        }
        return (float) sum;
    }

    /** The gradient of a logit is its weight over the number of cells. */
    private static float[] map(float[][] activations, int logit) {
        float[] map = new float[CELLS * CELLS];
        for (int j = 0; j < map.length; j++) {
            for (int k = 0; k < CLASSES; k++) {
                map[j] += weight(k, logit) / map.length * activations[k][j];
            }
        }
        return map;
    }
}
