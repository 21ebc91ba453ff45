package org.gazecheck.network.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.engine.ExternalNetworks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives of Deeplearning4j that ask for a class of their own choice, by every way that its JSON knows. */
class StrangerClassTest {
    private static final String X = "org.gazecheck.network.dl4j.Stranger";
    private static final String WEIGHTS = "\"@class\" : \"org.deeplearning4j.nn.weights.WeightInitXavier\"";
    private static final String NO_PREPROCESSOR = "\"preProcessor\" : null";
    private static final String CONVOLUTION = "\"@class\" : \"org.deeplearning4j.nn.conf.layers.ConvolutionLayer\"";

    @TempDir
    private static Path folder;

    private static Path sound;

    @BeforeAll
    static void write() throws IOException {
        sound = SmallArchives.write(folder.resolve("sound.zip"), 24, 4);
    }

    static Stream<Arguments> ways() {
        String distribution =
                "\"@class\": \"org.deeplearning4j.nn.weights.WeightInitDistribution\", \"distribution\": ";
        return Stream.of(
                way("@class", NO_PREPROCESSOR, "\"preProcessor\": {\"@class\": \"" + X + "\"}"),
                way("@class, escaped", NO_PREPROCESSOR, "\"preProcessor\": {\"\\u0040cl\\u0061ss\": \"" + X + "\"}"),
                way("type of a distribution", WEIGHTS, distribution + "{\"type\": \"" + X + "\"}"),
                way(
                        "type of a distribution of old files",
                        CONVOLUTION,
                        CONVOLUTION + ", \"weightInit\": \"DISTRIBUTION\", \"dist\": {\"type\": \"" + X + "\"}"),
                way("an array that begins with a class", NO_PREPROCESSOR, "\"preProcessor\": [\"" + X + "\", {}]"),
                way("an array of two texts", NO_PREPROCESSOR, "\"preProcessor\": [\"" + X + "\", \"text\"]"),
                way("another kind of class", WEIGHTS, "\"@class\": \"" + X + "\""),
                way("an array in a list", "\"constraints\" : null", "\"constraints\": [[\"" + X + "\", {}]]"),
                way(
                        "the same key twice",
                        WEIGHTS,
                        WEIGHTS + ", " + WEIGHTS.replace("org.deeplearning4j.nn.weights.WeightInitXavier", X)),
                way(
                        "the same key twice, the good one last",
                        WEIGHTS,
                        WEIGHTS.replace("org.deeplearning4j.nn.weights.WeightInitXavier", X) + ", " + WEIGHTS),
                way(
                        "a type parameter",
                        NO_PREPROCESSOR,
                        "\"preProcessor\": {\"@class\": \"java.util.ArrayList<" + X + ">\"}"),
                way("an array type", NO_PREPROCESSOR, "\"preProcessor\": {\"@class\": \"[L" + X + ";\"}"),
                way("a place where nothing is asked for", "\"seed\" : 4", "\"seed\": 4, \"more\": \"" + X + "\""),
                way("a name that is no text", NO_PREPROCESSOR, "\"preProcessor\": {\"@class\": [\"" + X + "\"]}"));
    }

    private static Arguments way(String name, String found, String put) {
        return Arguments.of(name, found, put);
    }

    private static Path hostile(String found, String put) throws IOException {
        Path file =
                Files.copy(sound, Files.createTempFile(folder, "hostile", ".zip"), StandardCopyOption.REPLACE_EXISTING);
        String before = configuration(file);
        ZooFiles.rewrite(file, found, put);
        assertTrue(!configuration(file).equals(before), "nothing was replaced");
        return file;
    }

    private static String configuration(Path file) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            return Files.readString(zip.getPath("configuration.json"), StandardCharsets.UTF_8);
        }
    }

    private static ExternalRequest request(Path file) {
        return new ExternalRequest(file, 4, 24, ExternalRequest.Order.AUTO, false, null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void isRefusedBeforeTheClassIsInitialised(String name, String found, String put) throws IOException {
        Path file = hostile(found, put);

        WeightsException audited =
                assertThrows(WeightsException.class, () -> ExternalNetworks.read(request(file)), name);
        WeightsException trained = assertThrows(WeightsException.class, () -> ZooArchive.read(file), name);

        assertNull(System.getProperty(Stranger.MARK), name + ": " + audited.getMessage());
        assertTrue(
                audited.getMessage().contains("asks for the class '")
                        || audited.getMessage().contains("Duplicate field '@class'"),
                audited.getMessage());
        assertTrue(
                trained.getMessage().contains("asks for the class '")
                        || trained.getMessage().contains("Duplicate field '@class'"),
                trained.getMessage());
    }

    @ParameterizedTest
    @MethodSource("classes")
    void ofDeeplearning4jOnlyWhatConfigurationsAreMadeOf(String name) throws IOException {
        Path file = hostile(NO_PREPROCESSOR, "\"preProcessor\": [\"" + name + "\", {}]");

        WeightsException e = assertThrows(WeightsException.class, () -> ExternalNetworks.read(request(file)));

        assertTrue(e.getMessage().contains("asks for the class '" + name + "'"), e.getMessage());
    }

    static Stream<String> classes() {
        return Stream.of(
                "org.nd4j.linalg.factory.Nd4j",
                "org.nd4j.linalg.cpu.nativecpu.CpuBackend",
                "org.deeplearning4j.nn.modelimport.keras.layers.TFOpLayer",
                "org.deeplearning4j.nn.multilayer.MultiLayerNetwork",
                "javax.swing.JEditorPane",
                "java.lang.ProcessBuilder");
    }

    @Test
    void anArchiveThatAsksForNoneIsRead() throws IOException {
        assertEquals(4, ExternalNetworks.read(request(sound)).classes());
    }

    @Test
    void theReaderOfDeeplearning4jItselfRefusesToo() throws Exception {
        Path json = folder.resolve("raw.json");
        Files.writeString(
                json, configuration(sound).replace(NO_PREPROCESSOR, "\"preProcessor\": [\"" + X + "\", \"text\"]"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Raw.class.getName(),
                        json.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("refused null", out.lines().reduce((a, b) -> b).orElse("").strip(), out);
    }

    /** Reads a configuration that was not looked at before, in a process of its own. */
    static final class Raw {
        public static void main(String[] file) throws IOException {
            String json = Files.readString(Path.of(file[0]));
            try {
                ClassGuard.during(() -> ComputationGraphConfiguration.fromJson(json));
                System.out.println("read " + System.getProperty(Stranger.MARK));
            } catch (RuntimeException e) {
                System.out.println("refused " + System.getProperty(Stranger.MARK));
            }
        }
    }
}
