package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.TinyModel;
import org.gazecheck.io.Npy;
import org.gazecheck.network.dl4j.SmallArchives;
import org.gazecheck.network.onnx.external.ClassifierVariants;
import org.gazecheck.network.onnx.external.ExternalModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that others trained, where commands are given them. */
class ExternalNetworkCommandsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void draw() throws IOException {
        for (String name : new String[] {"red", "green"}) {
            TinyModel.image(folder.resolve("images/" + name + "/0.png"), 0);
            TinyModel.image(folder.resolve("images/" + name + "/1.png"), 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "explain"})
    void theRunOfSuchANetworkHasNoneToAnswer(String command) throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.writeString(run.resolve("external.json"), "{}");
        int code = execute(command, folder.resolve("images/red/0.png").toString(), "--model", run.toString());
        assertEquals(4, code, err.toString());
        assertTrue(err.toString().contains("audit --model"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "explain"})
    void aNetworkOfOursSaysItselfHowItTakesImages(String command) throws IOException {
        Path model = TinyModel.export(folder);
        String image = folder.resolve("images/red/0.png").toString();
        int code = execute(command, image, "--model", model.toString(), "--mean", "0,0,0");
        assertEquals(2, code, err.toString());
        assertTrue(err.toString().contains("leave out external.mean"), err.toString());
    }

    @Test
    void anArchiveOfDeeplearning4jPredictsAndExplains() throws IOException {
        Path model = SmallArchives.write(folder.resolve("network.zip"), 24, 2);
        String image = folder.resolve("images/red/0.png").toString();
        assertEquals(0, execute("predict", image, "--model", model.toString(), "--crop", "24"), err.toString());
        assertTrue(err.toString().contains("DataVec's NativeImageLoader gives blue first"), err.toString());
        Path maps = folder.resolve("maps");
        int code = execute("explain", image, "--model", model.toString(), "--crop", "24", "--out", maps.toString());
        assertEquals(0, code, err.toString());
        assertTrue(Files.isRegularFile(maps.resolve("0.png")));
    }

    /** The second label is the positive one. */
    @Test
    @Tag("slow")
    void oneNumberForTwoClassesIsAudited() throws IOException {
        Path model = ClassifierVariants.ONE_SIGMOID.write(folder.resolve("one.onnx"));
        Path labels = Files.writeString(folder.resolve("labels.txt"), "red\ngreen\n");
        Path run = folder.resolve("audited");
        int code = execute(
                "audit",
                "--model",
                model.toString(),
                "--labels",
                labels.toString(),
                "--preprocessing",
                "none",
                "--data",
                folder.resolve("images").toString(),
                "--output",
                run.toString(),
                "--set",
                "evaluate.bootstrap=100",
                "--set",
                "audit.interventions=0",
                "--set",
                "cache.dir=" + folder.resolve("cache"));
        assertEquals(0, code, err.toString());
        assertTrue(out.toString().contains("report: ") || err.toString().contains("report: "), out + " " + err);
        out.getBuffer().setLength(0);
        String image = folder.resolve("images/green/1.png").toString();
        code = execute(
                "predict",
                image,
                "--model",
                model.toString(),
                "--preprocessing",
                "none",
                "--labels",
                labels.toString());
        assertEquals(0, code, err.toString());
        float[] probabilities = Npy.read(run.resolve("probabilities.npy")).floats();
        String predicted = out.toString().lines().toList().get(1);
        List<Float> sorted =
                List.of(Math.max(probabilities[2], probabilities[3]), Math.min(probabilities[2], probabilities[3]));
        assertTrue(
                predicted.contains(Float.toString(sorted.get(0))) && predicted.contains(Float.toString(sorted.get(1))),
                predicted + " " + Arrays.toString(probabilities));
    }

    @Test
    void theCheckSaysWhatWouldBeAssumedOfTheNetwork() throws IOException {
        int code = check(ExternalModels.twoHeaded(folder.resolve("heads.onnx"), 2), "red\ngreen\n");
        assertEquals(0, code, out + " " + err);
        assertTrue(out.toString().contains("assumed: the output 'y' is taken as the classifier's"), out.toString());
        assertTrue(out.toString().contains("assumed: images are normalised with torchvision's"), out.toString());
    }

    @Test
    void theCheckSaysWhyTheNetworkWouldBeRefused() throws IOException {
        int code = check(ExternalModels.classifier(folder.resolve("three.onnx"), 3, null), "red\ngreen\n");
        assertEquals(4, code, out + " " + err);
        assertTrue(out.toString().contains("refused: "), out.toString());
        assertTrue(out.toString().contains("3 numbers for an image where the labels name 2"), out.toString());
    }

    private int check(Path model, String labels) throws IOException {
        Files.writeString(folder.resolve("labels.txt"), labels);
        Path configuration = Files.writeString(
                folder.resolve("check.yaml"),
                """
                data: {source: folder, dir: %1$s/images, valShare: 0, testShare: 1}
                external: {model: %2$s, labels: %1$s/labels.txt, crop: 24}
                output: {dir: %1$s/run}
                """
                        .formatted(folder, model));
        return execute("prepare", "--check", configuration.toString());
    }

    private int execute(String... args) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
