package org.gazecheck.network.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Layout;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.engine.Engines;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The witness is DL4J's own graph; the published archive itself could not be had. */
@Tag("slow")
class ZooArchiveTest {
    private static final int SIDE = 224;

    @TempDir
    private static Path folder;

    private static ComputationGraph zoo;
    private static Path archive;
    private static BuiltInNetwork network;

    @BeforeAll
    static void make() throws IOException {
        zoo = ZooFiles.zoo();
        archive = ZooFiles.write(zoo, folder.resolve("zoo.zip"));
        network = ZooArchive.read(archive);
    }

    @Test
    void theLastActivationsAreThoseOfTheZoosOwnGraphInBothEngines() {
        assertEquals(Layout.ZOO, network.architecture().layout());
        assertSameActivations(zoo, "res5c_branch", network);
    }

    @Test
    void anImportFromKerasIsReadByItsOwnNamesStridesAndEpsilon() throws IOException {
        ComputationGraph keras = ZooFiles.keras();
        Path file = ZooFiles.write(keras, folder.resolve("keras.zip"));
        ZooFiles.rewrite(
                file, "\"stem-cnn1\"", "\"conv1\"", "\"stem-batch1\"", "\"bn_conv1\"", "\"avgpool\"", "\"avg_pool\"");
        BuiltInNetwork read = ZooArchive.read(file);
        assertEquals(Layout.KERAS, read.architecture().layout());
        assertSameActivations(keras, "res5c_branch", read);
    }

    @Test
    void aModelOnTopOfItIsReadBackBitForBit() throws IOException {
        LinearHead head = new LinearHead(
                TinyNetworks.numbers(
                        new SplittableRandom(2), 3 * network.architecture().features(), 0, 1),
                new float[3]);
        BuiltInNetwork model = network.withHead(head);
        Path file = folder.resolve("model.zip");
        Preprocessing preprocessing = Preprocessing.at(SIDE, model.normalisation());
        ModelArchive.write(file, model, new ArchiveInfo(List.of("a", "b", "c"), preprocessing, Map.of()));
        BuiltInNetwork read = ModelArchive.read(file).network();
        assertEquals(model.hash(), read.hash());
        assertEquals(model.architecture(), read.architecture());
    }

    @Test
    void anotherWiringIsNoticed() throws IOException {
        Path file = Files.copy(archive, folder.resolve("wiring.zip"));
        ZooFiles.rewrite(file, "\"poolingType\" : \"MAX\"", "\"poolingType\" : \"AVG\"");
        assertRefused(file, "not connected");
    }

    /** Java tells a zip whose comment is cut off as the end of the file. */
    @Test
    void aZipThatIsCutOffIsNoExternalArchive() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length - 2] = 0x40;
        assertFalse(ZooArchive.isExternal(Files.write(folder.resolve("comment.zip"), bytes)));
    }

    @Test
    void damageAndExternalClassesAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        assertRefused(
                Files.write(folder.resolve("short.zip"), Arrays.copyOf(bytes, bytes.length / 2)), "not an intact");
        Path hostile = Files.copy(archive, folder.resolve("hostile.zip"));
        ZooFiles.rewrite(hostile, "org.nd4j.linalg.activations.impl.ActivationReLU", "javax.swing.JEditorPane");
        assertRefused(hostile, "javax.swing.JEditorPane");
        Path other = Files.copy(archive, folder.resolve("other.zip"));
        ZooFiles.rewrite(other, "bn5c_branch2c", "bn9z");
        assertRefused(other, "bn5c_branch2c");
    }

    private static void assertRefused(Path file, String reason) {
        WeightsException e = assertThrows(WeightsException.class, () -> ZooArchive.read(file));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    /** The zoo's graph takes blue first, the built-in network red first. */
    private static void assertSameActivations(ComputationGraph graph, String vertex, BuiltInNetwork network) {
        int area = SIDE * SIDE;
        float[] red = TinyNetworks.numbers(new SplittableRandom(4), 3 * area, 0, 120);
        float[] blue = new float[red.length];
        for (int c = 0; c < 3; c++) {
            System.arraycopy(red, c * area, blue, (2 - c) * area, area);
        }
        INDArray input = Nd4j.create(blue, new int[] {1, 3, SIDE, SIDE}, 'c');
        INDArray output = graph.output(List.of(vertex), false, new INDArray[] {input}, null)[0];
        float[] expected = output.dup('c').data().asFloat();
        float largest = output.maxNumber().floatValue();
        assertTrue(largest > 0.1, "the activations are not all zero: " + largest);
        InferencePlan plan = InferencePlan.fromImage(new Tap.Activations("layer4"));
        for (Engine engine : Engine.values()) {
            try (InferenceSession session = Engines.open(network, plan, engine, 2)) {
                Tensor found = session.run(Tensor.of(red, 1, 3, SIDE, SIDE))
                        .get(plan.taps().get(0));
                assertArrayEquals(
                        Arrays.stream(output.shape()).mapToInt(n -> (int) n).toArray(), found.shape());
                assertArrayEquals(expected, found.data(), 1e-4f * largest, engine.toString());
            }
        }
    }
}
