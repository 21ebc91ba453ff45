package org.gazecheck.network.onnx.external;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.image.Normalisation;
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

/** Which numbers of an external network are its logits, and that an image's do not depend on those beside it. */
class ExternalOutputTest {
    private static final int CLASSES = 4;
    private static final int SIDE = 10;

    @TempDir
    private Path folder;

    private final ExternalModels models = new ExternalModels();
    private final Tensor images =
            Tensor.of(TinyNetworks.numbers(new SplittableRandom(8), 5 * 3 * SIDE * SIDE, 0, 1), 5, 3, SIDE, SIDE);

    private ExternalNetwork read(String output, int batch) throws IOException {
        Path file = models.write(folder.resolve("model.onnx"), 13, batch, 3, SIDE, SIDE);
        return ExternalModel.read(
                new ExternalRequest(file, CLASSES, SIDE, Order.AUTO, false, null, output, Normalisation.TORCHVISION));
    }

    private void assertRefused(String reason, int batch) {
        WeightsException e = assertThrows(WeightsException.class, () -> read(null, batch));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    private static float[] logits(ExternalNetwork network, Tensor images) {
        try (InferenceSession session = Engines.open(network, InferencePlan.fromImage(Tap.LOGITS), Engine.ONNX, 1)) {
            return session.run(images).get(Tap.LOGITS).data();
        }
    }

    /** Every image's logits are those that it has alone. */
    private void assertUnmixed(ExternalNetwork network) {
        float[] together = logits(network, images);
        assertEquals(5 * CLASSES, together.length);
        int length = 3 * SIDE * SIDE;
        for (int i = 0; i < 5; i++) {
            float[] image = Arrays.copyOfRange(images.data(), i * length, (i + 1) * length);
            assertArrayEquals(
                    logits(network, Tensor.of(image, 1, 3, SIDE, SIDE)),
                    Arrays.copyOfRange(together, i * CLASSES, (i + 1) * CLASSES),
                    1e-5f,
                    "image " + i);
        }
    }

    private static List<String> ids(ExternalNetwork network) {
        return network.assumed().stream()
                .map(Assumed::id)
                .filter(id -> !id.equals("external.rows"))
                .toList();
    }

    /** A second head on the first convolution, one operator shorter than the other. */
    private void auxiliary() {
        models.body(CLASSES, "Sigmoid", "x");
        models.node(ExternalModels.node("GlobalAveragePool", "early", "convolved"));
        models.node(ExternalModels.node("Flatten", "early features", "early"));
        models.node(ExternalModels.node("Gemm", "auxiliary", "early features", "dense"));
    }

    @Test
    void ofTwoOutputsTheOneBehindMoreOperatorsIsTaken() throws IOException {
        auxiliary();
        models.outputs("auxiliary", "y");
        ExternalNetwork network = read(null, 0);
        assertEquals(List.of("external.output"), ids(network));
        assertTrue(
                network.assumed().get(0).text().contains("not 'auxiliary'"),
                network.assumed().toString());
        float[] chosen = logits(network, images);
        assertArrayEquals(logits(read("y", 0), images), chosen);
        assertEquals(List.of(), ids(read("y", 0)));
        assertFalse(Arrays.equals(chosen, logits(read("auxiliary", 0), images)));
        WeightsException e = assertThrows(WeightsException.class, () -> read("z", 0));
        assertTrue(e.getMessage().contains("no output 'z'") && e.getMessage().contains("auxiliary, y"), e.getMessage());
    }

    @Test
    void twoOutputsThatCouldEachBeMeantAreNamed() throws IOException {
        models.body(CLASSES, null, "x");
        models.weights("other", TinyNetworks.numbers(new SplittableRandom(4), 16, 0, 2), CLASSES, CLASSES);
        models.node(ExternalModels.node("Gemm", "teacher", "features", "other"));
        models.outputs("teacher", "y");
        assertRefused("its outputs 'teacher' and 'y' both give 4 numbers", 0);
        assertEquals(5 * CLASSES, logits(read("teacher", 0), images).length);
    }

    @Test
    void logitsAndTheirSoftmaxAreOneMeaning() throws IOException {
        models.body(CLASSES, null, "x");
        models.outputs("logits", "y");
        assertEquals(List.of(), ids(read(null, 0)));
    }

    /** A network whose reshape has the batch as a constant, or that takes the batch's mean off. */
    private void between(String kind) {
        models.features(CLASSES, null, "x");
        if (kind.equals("normalisation")) {
            models.node(ExternalAttributes.integers(ExternalModels.node("ReduceMean", "mean", "features"), "axes", 0));
            models.node(ExternalModels.node("Sub", "centred", "features", "mean"));
            models.weights("half", new float[] {0.5f}, 1);
            models.node(ExternalModels.node("Mul", "part", "centred", "half"));
            models.node(ExternalModels.node("Add", "seen", "features", "part"));
        } else {
            models.integers("one", Long.parseLong(kind), CLASSES);
            models.node(ExternalModels.node("Reshape", "seen", "features", "one"));
        }
        models.node(ExternalModels.node("Gemm", "logits", "seen", "dense"));
        models.node(ExternalModels.node("Softmax", "y", "logits"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "normalisation"})
    void imagesThatChangeEachOtherArePassedOneByOne(String kind) throws IOException {
        between(kind);
        ExternalNetwork network = read(null, 0);
        assertEquals(List.of("external.batch"), ids(network));
        assertTrue(
                network.assumed().get(0).text().contains("one by one"),
                network.assumed().toString());
        assertUnmixed(network);
    }

    @Test
    void aBatchOfTwoInTheReshapesIsKeptTo() throws IOException {
        between("2");
        ExternalNetwork network = read(null, 0);
        assertEquals(List.of("external.batch"), ids(network));
        assertUnmixed(network);
    }

    @Test
    void aBatchThatTheInputStatesIsKeptToAndRefusedWhereItsImagesAreMixed() throws IOException {
        models.body(CLASSES, null, "x");
        assertUnmixed(read(null, 2));
        assertEquals(List.of("external.batch"), ids(read(null, 2)));
        assertUnmixed(read(null, 1));
        models.clear();
        between("normalisation");
        assertRefused("it takes 2 images in a pass", 2);
    }

    @Test
    void numbersThatDependOnChanceAreRefused() {
        models.features(CLASSES, null, "x");
        models.node(ExternalModels.node("RandomNormalLike", "chance", "features"));
        models.node(ExternalModels.node("Add", "seen", "features", "chance"));
        models.node(ExternalModels.node("Gemm", "logits", "seen", "dense"));
        models.node(ExternalModels.node("Softmax", "y", "logits"));
        assertRefused("given the same image again", 0);
    }

    @Test
    void probabilitiesThatAreNotSeenAsSuchWouldBeSoftenedTwice() {
        models.body(CLASSES, null, "x");
        models.integers("shape", 0, CLASSES);
        models.replaceEnd(ExternalModels.node("Sigmoid", "shares", "logits"));
        models.node(ExternalModels.node("Reshape", "y", "shares", "shape"));
        assertRefused("ends in a sigmoid", 0);
        models.clear();
        models.body(CLASSES, null, "x");
        models.weights("hundred", new float[] {100}, 1);
        models.replaceEnd(ExternalModels.node("Softmax", "shares", "logits"));
        models.node(ExternalModels.node("Mul", "y", "shares", "hundred"));
        assertRefused("its numbers are probabilities", 0);
    }

    @Test
    void oneOutputTooFewOrTooManyIsExplained() throws IOException {
        models.body(CLASSES + 1, null, "x");
        assertRefused("5 numbers for an image where the labels name 4 classes: one more than the labels", 0);
    }

    @Test
    void aNetworkThatNormalisesImagesItselfIsTold() throws IOException {
        models.weights("mean", new float[] {0.5f}, 1);
        models.node(ExternalModels.node("Sub", "shifted", "x", "mean"));
        models.node(ExternalModels.node("Div", "scaled", "shifted", "mean"));
        models.body(CLASSES, null, "scaled");
        List<String> warnings = read(null, 0).warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("begins with Sub, Div by constants"), warnings.get(0));
    }
}
