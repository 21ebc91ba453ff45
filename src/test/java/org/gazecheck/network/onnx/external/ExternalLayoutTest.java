package org.gazecheck.network.onnx.external;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import onnx.Onnx.NodeProto;
import org.gazecheck.explain.EigenCam;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ExternalRequest.Order;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.engine.Engines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How values of external networks hold maps: read rightly, or refused by name. */
class ExternalLayoutTest {
    private static final int CLASSES = 4;
    private static final int SIDE = 28;
    private static final int CHANNELS = 6;
    private static final int CELLS = 7;

    @TempDir
    private Path folder;

    private final ExternalModels models = new ExternalModels();
    private final Tensor images =
            Tensor.of(TinyNetworks.numbers(new SplittableRandom(8), 3 * 3 * SIDE * SIDE, 0, 1), 3, 3, SIDE, SIDE);

    /** Of 7x7 cells, [n, c, h, w]: "cells", behind a node that is called "/stem/act". */
    private void stem() {
        stem(4);
    }

    private void stem(int width) {
        models.clear();
        SplittableRandom random = new SplittableRandom(11);
        int numbers = CHANNELS * 3 * 4 * width;
        models.weights("stem kernel", TinyNetworks.numbers(random, numbers, 0, 0.3f), CHANNELS, 3, 4, width);
        models.weights("square", TinyNetworks.numbers(random, CHANNELS * CHANNELS, 0, 0.5f), CHANNELS, CHANNELS);
        models.weights("dense", TinyNetworks.numbers(random, CHANNELS * CLASSES, 0, 2), CHANNELS, CLASSES);
        float[] transposed = new float[CHANNELS * CHANNELS];
        float[] square = TinyNetworks.numbers(squareRandom(numbers), CHANNELS * CHANNELS, 0, 0.5f);
        for (int i = 0; i < transposed.length; i++) {
            transposed[i] = square[i % CHANNELS * CHANNELS + i / CHANNELS];
        }
        models.weights("kernel", transposed, CHANNELS, CHANNELS, 1, 1);
        models.node(ExternalAttributes.integers(
                ExternalModels.node("Conv", "stem", "x", "stem kernel"), "strides", 4, width));
        models.node(ExternalModels.node("Relu", "cells", "stem").setName("/stem/act"));
    }

    /** As it is when the first numbers are drawn. */
    private static SplittableRandom squareRandom(int drawn) {
        SplittableRandom random = new SplittableRandom(11);
        TinyNetworks.numbers(random, drawn, 0, 0.3f);
        return random;
    }

    private void block(String operator, String output, String input, String weights) {
        models.node(ExternalModels.node(operator, output + " linear", input, weights));
        models.node(ExternalModels.node("Relu", output, output + " linear").setName("/block/act"));
    }

    private void transpose(String output, String input, long... order) {
        models.node(ExternalAttributes.integers(ExternalModels.node("Transpose", output, input), "perm", order));
    }

    /** Mean over some dimensions, a dense layer, softmax. */
    private void head(String input, long... dimensions) {
        NodeProto.Builder mean = ExternalModels.node("ReduceMean", "features", input);
        models.node(ExternalAttributes.integer(ExternalAttributes.integers(mean, "axes", dimensions), "keepdims", 0));
        end();
    }

    private void end() {
        models.node(ExternalModels.node("Gemm", "logits", "features", "dense"));
        models.node(ExternalModels.node("Softmax", "y", "logits"));
    }

    private void tokens() {
        models.integers("rows", 0, CHANNELS, CELLS * CELLS);
        models.node(ExternalModels.node("Reshape", "planes", "cells", "rows"));
        transpose("tokens", "planes", 0, 2, 1);
    }

    private ExternalNetwork read(String layer) throws IOException {
        Path file = models.write(folder.resolve("model.onnx"), 13, 0, 3, SIDE, SIDE);
        return ExternalModel.read(new ExternalRequest(file, CLASSES, SIDE, Order.AUTO, false, layer));
    }

    private float[] maps(ExternalNetwork network) {
        try (LayerTap maps = LayerTap.open(network, network.lastLayer(), Engine.ONNX, 1)) {
            return maps.maps(maps.forward(images), new int[] {0, 3, 1}).data();
        }
    }

    private float[] features(ExternalNetwork network) {
        try (InferenceSession session = Engines.open(network, InferencePlan.fromImage(Tap.FEATURES), Engine.ONNX, 1)) {
            return session.run(images).get(Tap.FEATURES).data();
        }
    }

    private ExternalNetwork channelsFirst() throws IOException {
        stem();
        block("Conv", "maps", "cells", "kernel");
        head("maps", 2, 3);
        return read(null);
    }

    @Test
    void channelsLastIsReadAsSuch() throws IOException {
        ExternalNetwork first = channelsFirst();
        float[] expected = maps(first);
        float[] features = features(first);
        stem();
        transpose("last", "cells", 0, 2, 3, 1);
        block("MatMul", "maps", "last", "square");
        head("maps", 1, 2);
        ExternalNetwork last = read(null);
        assertEquals("block.act", last.lastLayer());
        assertArrayEquals(new int[] {CHANNELS, CELLS, CELLS}, last.outputShape("block.act", SIDE));
        assertTrue(last.whyNoGradients("block.act").isEmpty());
        assertArrayEquals(expected, maps(last), 1e-4f);
        assertArrayEquals(features, features(last), 1e-4f);
        assertEquals(List.of(), ids(last));
    }

    @Test
    void tokensOfAGridAreReadAsSuch() throws IOException {
        float[] expected = maps(channelsFirst());
        stem();
        tokens();
        block("MatMul", "maps", "tokens", "square");
        head("maps", 1);
        ExternalNetwork network = read(null);
        assertEquals("block.act", network.lastLayer());
        assertTrue(network.whyNoGradients("block.act").isEmpty());
        assertArrayEquals(expected, maps(network), 1e-4f);
    }

    @Test
    void aClassTokenIsLeftOutOfTheMaps() throws IOException {
        ExternalNetwork first = channelsFirst();
        float[] expected;
        try (LayerTap tap = LayerTap.open(first, "block.act", Engine.ONNX, 1)) {
            expected = EigenCam.of(tap.forward(images).activations()).data();
        }
        stem();
        tokens();
        NodeProto.Builder mean = ExternalModels.node("ReduceMean", "class token", "tokens");
        models.node(ExternalAttributes.integers(mean, "axes", 1));
        models.node(
                ExternalAttributes.integer(ExternalModels.node("Concat", "all", "class token", "tokens"), "axis", 1));
        block("MatMul", "maps", "all", "square");
        models.integers("first", 0);
        models.node(ExternalAttributes.integer(ExternalModels.node("Gather", "one", "maps", "first"), "axis", 1));
        models.integers("flat", 0, CHANNELS);
        models.node(ExternalModels.node("Reshape", "features", "one", "flat"));
        end();
        ExternalNetwork network = read("block.act");
        String why = network.whyNoGradients("block.act").orElseThrow();
        assertTrue(why.contains("read no token of the image's grid"), why);
        assertArrayEquals(expected, maps(network), 1e-3f);
        ExternalNetwork earlier = read(null);
        assertTrue(List.of("tokens", "stem.act").contains(earlier.lastLayer()), earlier.lastLayer());
        assertTrue(earlier.whyNoGradients(earlier.lastLayer()).isEmpty());
        assertTrue(
                earlier.assumed().get(0).text().contains("'block.act'"),
                earlier.assumed().toString());
    }

    /** In another order: windows one after the other, rows rolled, the image turned. */
    @ParameterizedTest
    @ValueSource(strings = {"windows", "rolled", "turned"})
    void tokensInAnotherOrderThanTheImagesAreRefusedByName(String order) throws IOException {
        stem();
        tokens();
        models.integers(
                "order",
                LongStream.range(0, CELLS * CELLS)
                        .map(i -> switch (order) {
                            case "windows" -> i * 10 % 49;
                            case "rolled" -> (i + 21) % 49;
                            default -> i % CELLS * CELLS + i / CELLS;
                        })
                        .toArray());
        models.node(ExternalAttributes.integer(ExternalModels.node("Gather", "moved", "tokens", "order"), "axis", 1));
        block("MatMul", "maps", "moved", "square");
        head("maps", 1);
        assertRefusedByNameAndPassedOver();
    }

    @Test
    void mapsOfWhichRowsAndColumnsAreExchangedAreRefusedByName() throws IOException {
        stem();
        transpose("turned", "cells", 0, 1, 3, 2);
        block("Conv", "maps", "turned", "kernel");
        head("maps", 2, 3);
        assertRefusedByNameAndPassedOver();
    }

    @Test
    void aLayerThatMixesTheWholeImageIsRefusedByName() throws IOException {
        stem();
        models.integers("rows", 0, CHANNELS, CELLS * CELLS);
        models.node(ExternalModels.node("Reshape", "planes", "cells", "rows"));
        models.weights(
                "everywhere",
                TinyNetworks.numbers(new SplittableRandom(5), 49 * 49, 0, 1),
                CELLS * CELLS,
                CELLS * CELLS);
        models.node(ExternalModels.node("MatMul", "everything", "planes", "everywhere"));
        models.integers("square shape", 0, CHANNELS, CELLS, CELLS);
        models.node(ExternalModels.node("Reshape", "mixed", "everything", "square shape"));
        block("Conv", "maps", "mixed", "kernel");
        head("maps", 2, 3);
        assertRefusedByNameAndPassedOver();
    }

    private void assertRefusedByNameAndPassedOver() throws IOException {
        WeightsException e = assertThrows(WeightsException.class, () -> read("block.act"));
        assertTrue(e.getMessage().contains("the layer 'block.act' cannot be explained by maps"), e.getMessage());
        assertTrue(e.getMessage().contains("of 25 patches"), e.getMessage());
        assertTrue(e.getMessage().contains("--layer"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
        ExternalNetwork network = read(null);
        assertTrue(List.of("stem.act", "tokens").contains(network.lastLayer()), network.lastLayer());
        assertEquals(List.of("external.layer"), ids(network));
        assertTrue(
                network.assumed().get(0).text().contains("'block.act'"),
                network.assumed().toString());
    }

    /** Without what a machine's kernels decide. */
    private static List<String> ids(ExternalNetwork network) {
        return network.assumed().stream()
                .map(Assumed::id)
                .filter(id -> !id.equals("external.rows"))
                .toList();
    }

    @Test
    void mapsThatAreNoSquareKeepTheirHeightAndWidth() throws IOException {
        stem(2);
        block("Conv", "maps", "cells", "kernel");
        head("maps", 2, 3);
        ExternalNetwork network = read(null);
        assertArrayEquals(new int[] {CHANNELS, CELLS, 2 * CELLS}, network.outputShape("block.act", SIDE));
        assertEquals(3 * CELLS * 2 * CELLS, maps(network).length);
    }
}
