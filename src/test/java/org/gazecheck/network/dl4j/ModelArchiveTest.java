package org.gazecheck.network.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.WeightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class ModelArchiveTest {
    private static final ArchiveInfo INFO = new ArchiveInfo(
            List.of("pink primrose", "sweet pea", "Größe"),
            Preprocessing.at(288, Normalisation.TORCHVISION),
            Map.of("seed", "7", "data", "abc"));

    @TempDir
    private Path folder;

    @Test
    void comesBackBitForBit() throws IOException {
        for (BuiltInNetwork network :
                List.of(TinyNetworks.linear(Block.BASIC, 1), TinyNetworks.hellinger(Block.BOTTLENECK, 2))) {
            Path file = folder.resolve("model.zip");
            ModelArchive.write(file, network, INFO);
            ModelArchive.Loaded loaded = ModelArchive.read(file);
            assertEquals(INFO, loaded.info());
            assertEquals(network.hash(), loaded.network().hash());
            assertEquals(network.architecture(), loaded.network().architecture());
            assertEquals(network.normalisation(), loaded.network().normalisation());
            network.convolutions().forEach((name, folded) -> {
                FoldedConvolution back = loaded.network().convolutions().get(name);
                assertArrayEquals(folded.kernel(), back.kernel());
                assertArrayEquals(folded.bias(), back.bias());
                assertArrayEquals(folded.scale(), back.scale());
            });
            assertArrayEquals(
                    network.head().orElseThrow().weight(),
                    loaded.network().head().orElseThrow().weight());
        }
    }

    @Test
    void theTimeOfDayIsNotInIt() throws IOException {
        Path file = folder.resolve("model.zip");
        ModelArchive.write(file, TinyNetworks.linear(Block.BASIC, 1), INFO);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertEquals(
                    Set.of(LocalDateTime.of(1980, 1, 1, 0, 0)),
                    zip.stream().map(ZipEntry::getTimeLocal).collect(Collectors.toSet()));
        }
    }

    @Test
    void opensWithTheLibrarysOwnReader() throws IOException {
        float[] image = TinyNetworks.numbers(new SplittableRandom(3), 3 * 33 * 33, 0, 1);
        for (BuiltInNetwork network :
                List.of(TinyNetworks.linear(Block.BOTTLENECK, 1), TinyNetworks.hellinger(Block.BASIC, 2))) {
            Path file = folder.resolve("model.zip");
            ModelArchive.write(file, network, INFO);
            ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile(), false);
            float[] found = graph.outputSingle(Nd4j.create(image, new long[] {1, 3, 33, 33}, 'c'))
                    .dup('c')
                    .data()
                    .asFloat();
            try (Dl4jSession session = Dl4jSession.open(network, InferencePlan.fromImage(Tap.LOGITS), 0)) {
                float[] logits = session.run(Tensor.of(image, 1, 3, 33, 33))
                        .get(Tap.LOGITS)
                        .data();
                assertArrayEquals(softmax(logits), found, 1e-6f);
            }
        }
    }

    @Test
    void needsNoClassOfOursWithALinearHead() throws IOException {
        Path file = folder.resolve("model.zip");
        ModelArchive.write(file, TinyNetworks.linear(Block.BOTTLENECK, 1), INFO);
        assertFalse(read(file, "configuration.json").contains("org.gazecheck"));
        ModelArchive.write(file, TinyNetworks.hellinger(Block.BOTTLENECK, 1), INFO);
        assertTrue(read(file, "gazecheck.json").contains("with Gazecheck on the class path"));
    }

    @Test
    void damageIsNoticedWhereverItIs() throws IOException {
        Path file = folder.resolve("model.zip");
        ModelArchive.write(file, TinyNetworks.linear(Block.BASIC, 1), INFO);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(WeightsException.class, () -> ModelArchive.read(file), length + " bytes");
        }
        String name = "coefficients.bin";
        int inside = new String(whole, StandardCharsets.ISO_8859_1).indexOf(name) + 500;
        byte[] damaged = whole.clone();
        damaged[inside] ^= 0x55;
        Files.write(file, damaged);
        WeightsException e = assertThrows(WeightsException.class, () -> ModelArchive.read(file));
        assertTrue(e.getMessage().startsWith(file + " is not an intact model archive"), e.getMessage());
    }

    @Test
    void aDescriptionOfOtherWeightsIsRefused() throws IOException {
        Path file = folder.resolve("model.zip");
        Path other = folder.resolve("other.zip");
        ModelArchive.write(file, TinyNetworks.linear(Block.BASIC, 1), INFO);
        ModelArchive.write(other, TinyNetworks.linear(Block.BASIC, 2), INFO);
        byte[] external = bytes(other, "coefficients.bin");
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.write(zip.getPath("coefficients.bin"), external);
        }
        WeightsException e = assertThrows(WeightsException.class, () -> ModelArchive.read(file));
        assertTrue(e.getMessage().contains("not those that gazecheck.json describes"), e.getMessage());
    }

    @Test
    void anArchiveOfAnotherProgramIsRefused() throws IOException {
        Path file = folder.resolve("zoo.zip");
        ModelSerializer.writeModel(Dl4jGraphs.classifier(TinyNetworks.linear(Block.BASIC, 1)), file.toFile(), false);
        WeightsException e = assertThrows(WeightsException.class, () -> ModelArchive.read(file));
        assertTrue(e.getMessage().contains("it has no gazecheck.json"), e.getMessage());
        Path missing = folder.resolve("missing.zip");
        assertThrows(WeightsException.class, () -> ModelArchive.read(missing));
    }

    @Test
    void aNetworkOutOfAllBoundsIsRefused() throws IOException {
        Path file = folder.resolve("model.zip");
        ModelArchive.write(file, TinyNetworks.linear(Block.BASIC, 1), INFO);
        String json = read(file, "gazecheck.json").replaceFirst("\"blocks\" : \\[ 1", "\"blocks\" : [ 2000000000");
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.writeString(zip.getPath("gazecheck.json"), json);
        }
        WeightsException e = assertThrows(WeightsException.class, () -> ModelArchive.read(file));
        assertTrue(e.getMessage().contains("no network has blocks [2000000000, 1]"), e.getMessage());
    }

    private static String read(Path archive, String entry) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            return Files.readString(zip.getPath(entry));
        }
    }

    private static byte[] bytes(Path archive, String entry) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            return Files.readAllBytes(zip.getPath(entry));
        }
    }

    private static float[] softmax(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        float[] probabilities = new float[logits.length];
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] = (float) (Math.exp(logits[c]) / sum);
        }
        return probabilities;
    }
}
