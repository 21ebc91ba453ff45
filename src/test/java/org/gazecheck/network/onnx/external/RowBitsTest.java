package org.gazecheck.network.onnx.external;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.io.Npy;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.ImageInput;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Network;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TensorRequest;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.engine.Engines;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** An image has the same numbers to the last bit alone and at any place of any batch. */
class RowBitsTest {
    private static final int CLASSES = 4;
    private static final int SIDE = 12;

    @TempDir
    private Path folder;

    @Test
    void rowsOfAPlainNetworkKeepTheirBits() throws IOException {
        check(network(0), images());
    }

    /** The mean of a batch enters, too little for anything but the last digits. */
    @Test
    void whereABatchWouldChangeLastDigitsRowsKeepTheirBits() throws IOException {
        check(network(1e-5f), images());
    }

    private ExternalNetwork network(float share) throws IOException {
        ExternalModels models = new ExternalModels();
        models.weights("share", new float[] {share});
        models.node(ExternalAttributes.integers(ExternalModels.node("ReduceMean", "mean", "x"), "axes", 0));
        models.node(ExternalModels.node("Mul", "little", "mean", "share"));
        models.node(ExternalModels.node("Add", "changed", "x", "little"));
        models.body(CLASSES, null, share == 0 ? "x" : "changed");
        Path file = models.write(folder.resolve("model.onnx"), 13, 0, 3, SIDE, SIDE);
        return TensorModel.read(request(file, "maps")).network(images());
    }

    private static Tensor images() {
        return Tensor.of(TinyNetworks.numbers(new SplittableRandom(8), 4 * 3 * SIDE * SIDE, 0, 1), 4, 3, SIDE, SIDE);
    }

    @TestFactory
    @Tag("reference")
    Stream<DynamicTest> networksOfOtherMakesKeepTheirBits() throws IOException {
        return ReferenceData.descriptions("foreign2").stream()
                .flatMap(about -> IntStream.range(0, about.get("layers").size())
                        .mapToObj(i -> dynamicTest(
                                about.get("name").asText() + " " + i,
                                () -> check(about, about.get("layers").get(i)))));
    }

    private static void check(JsonNode about, JsonNode layer) throws IOException {
        Path file = ReferenceData.path("foreign2/" + about.get("file").asText());
        var array = Npy.read(
                ReferenceData.path("foreign2/" + about.get("input").get("file").asText()));
        Tensor planes = Tensor.of(array.floats(), array.shape());
        Tensor images = about.get("input").get("layout").asText().equals("NHWC")
                ? new ImageInput(true, false).arrange(planes)
                : planes;
        ExternalNetwork network =
                TensorModel.read(request(file, layer.get("value").asText())).network(images);
        check(network, images);
    }

    private static TensorRequest request(Path file, String layer) {
        return new TensorRequest(file, Optional.of(layer), Optional.empty(), Optional.empty());
    }

    private static void check(Network network, Tensor images) {
        String layer = network.lastLayer();
        Tap gradients = new Tap.Gradients(layer);
        InferencePlan plan = InferencePlan.fromImage(Tap.LOGITS, new Tap.Activations(layer), gradients);
        try (InferenceSession session = Engines.open(network, plan, Engine.ONNX, 2)) {
            List<Map<Tap, Tensor>> alone = IntStream.range(0, 4)
                    .mapToObj(i -> run(session, network, images, i))
                    .toList();
            for (int[] some : new int[][] {{0, 1}, {3, 2, 1}, {1, 1, 0, 3, 2}}) {
                Map<Tap, Tensor> found = run(session, network, images, some);
                for (Tap tap : plan.taps()) {
                    for (int i = 0; i < some.length; i++) {
                        assertArrayEquals(
                                alone.get(some[i]).get(tap).data(),
                                row(found.get(tap), i),
                                tap + " of " + Arrays.toString(some) + " at " + i);
                    }
                }
            }
        }
    }

    private static Map<Tap, Tensor> run(InferenceSession session, Network network, Tensor images, int... some) {
        int[] shape = images.shape().clone();
        shape[0] = some.length;
        int classes = network.classes();
        float[] scores = new float[some.length * classes];
        float[] numbers = new float[some.length * images.size() / images.shape()[0]];
        for (int i = 0; i < some.length; i++) {
            float[] row = row(images, some[i]);
            System.arraycopy(row, 0, numbers, i * row.length, row.length);
            scores[i * classes + some[i] % classes] = 1;
        }
        return session.run(Tensor.of(numbers, shape), Tensor.of(scores, some.length, classes));
    }

    private static float[] row(Tensor tensor, int i) {
        int length = tensor.size() / tensor.shape()[0];
        return Arrays.copyOfRange(tensor.data(), i * length, (i + 1) * length);
    }
}
