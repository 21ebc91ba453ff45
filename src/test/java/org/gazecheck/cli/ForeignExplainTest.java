package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain --tensor} on small classifiers of other makes, at each of their layers, against PyTorch's raw maps and logits. */
@Tag("reference")
class ForeignExplainTest {
    private static final String FOLDER = "foreign2";
    private static final double TOLERANCE = 1e-4;
    private static final List<String> ROUNDED = List.of("fp16", "qdq");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> mapsAndLogitsAreThoseOfPyTorch() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode about : ReferenceData.descriptions(FOLDER)) {
            for (JsonNode layer : about.get("layers")) {
                tests.add(dynamicTest(
                        about.get("name").asText() + " " + layer.get("value").asText(), () -> check(about, layer)));
            }
        }
        assertEquals(53, tests.size());
        return tests.stream();
    }

    private void check(JsonNode about, JsonNode layer) throws IOException {
        String name = about.get("name").asText();
        for (String method : List.of("gradcam", "hirescam", "layercam")) {
            Path golden = ReferenceData.path(FOLDER)
                    .resolve(name + "_" + method + "_" + layer.get("index").asInt() + "_predicted.npy");
            if (!Files.exists(golden)) {
                continue;
            }
            Path maps = folder.resolve(name + "-" + layer.get("index").asInt() + "-" + method);
            StringWriter err = new StringWriter();
            int code = Main.execute(
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(err, true),
                    "explain",
                    "--model",
                    ReferenceData.path(FOLDER + "/" + about.get("file").asText())
                            .toString(),
                    "--tensor",
                    tensor(about).toString(),
                    "--layer",
                    layer.get("value").asText(),
                    "--method",
                    method,
                    "--npy",
                    maps.toString());
            assertEquals(0, code, err.toString());
            float[] logits = Npy.read(maps.resolve("logits.npy")).floats();
            assertArrayEquals(
                    Npy.read(ReferenceData.path(FOLDER + "/" + name + "_logits.npy"))
                            .floats(),
                    logits,
                    (float) about.get("tolerance_logits").asDouble());
            double tolerance = ROUNDED.contains(name)
                    ? 2 * layer.get("sensitivity").get(method + " predicted").asDouble()
                    : TOLERANCE;
            compare(Npy.read(golden), maps, tolerance);
        }
    }

    private static void compare(NpyArray golden, Path maps, double tolerance) throws IOException {
        int area = golden.shape()[1] * golden.shape()[2];
        for (int i = 0; i < golden.shape()[0]; i++) {
            NpyArray map = Npy.read(maps.resolve(i + ".npy"));
            assertArrayEquals(Arrays.copyOfRange(golden.shape(), 1, 3), map.shape());
            float[] expected = Arrays.copyOfRange(golden.floats(), i * area, (i + 1) * area);
            float[] sorted = expected.clone();
            Arrays.sort(sorted);
            double off = 0;
            for (int j = 0; j < area; j++) {
                off = Math.max(off, Math.abs(expected[j] - map.floats()[j]) / (sorted[area - 1] - sorted[0]));
            }
            assertTrue(off <= tolerance, maps.getFileName() + " row " + i + " is off by " + off);
        }
    }

    /** In the network's own layout. */
    private Path tensor(JsonNode about) throws IOException {
        Path file =
                ReferenceData.path(FOLDER + "/" + about.get("input").get("file").asText());
        if (about.get("input").get("layout").asText().equals("NCHW")) {
            return file;
        }
        NpyArray images = Npy.read(file);
        int[] shape = images.shape();
        int area = shape[2] * shape[3];
        float[] last = new float[images.floats().length];
        for (int i = 0; i < shape[0]; i++) {
            for (int c = 0; c < shape[1]; c++) {
                for (int j = 0; j < area; j++) {
                    last[(i * area + j) * shape[1] + c] = images.floats()[(i * shape[1] + c) * area + j];
                }
            }
        }
        Path written = folder.resolve("nhwc.npy");
        Npy.write(written, last, shape[0], shape[2], shape[3], shape[1]);
        return written;
    }
}
