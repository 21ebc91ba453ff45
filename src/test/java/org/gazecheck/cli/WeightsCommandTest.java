package org.gazecheck.cli;

import static org.gazecheck.network.weights.SavedWeights.renamed;
import static org.gazecheck.network.weights.SavedWeights.small;
import static org.gazecheck.network.weights.SavedWeights.torch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Block;
import org.gazecheck.network.weights.SavedWeights;
import org.gazecheck.network.weights.SavedWeights.PythonObject;
import org.gazecheck.network.weights.WeightTensor;
import org.gazecheck.network.weights.Weights;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights as people have them, from the file to what is predicted, told and refused. */
class WeightsCommandTest {
    @TempDir
    private Path folder;

    private String out;
    private String err;

    @Test
    void theSameNumbersComeOutUnderOtherNames() throws IOException {
        Map<String, Object> network = small(Block.BOTTLENECK, 3, 1);
        String plain = predicted(torch(folder.resolve("plain.pth"), network));
        assertFalse(err.contains("assumed"), err);

        Path prefixed = torch(folder.resolve("w.pth"), renamed(network, name -> "module.encoder." + name));
        assertEquals(plain, predicted(prefixed));
        assertTrue(err.contains("assumed: " + prefixed + ": its 102 tensors that begin with 'module.encoder.'"), err);

        Path hub = torch(folder.resolve("hub.pth"), renamed(network, SavedWeights::huggingFace));
        assertEquals(plain, predicted(hub));
        assertTrue(err.contains("in Hugging Face's naming"), err);
        assertTrue(err.contains("downsample_in_bottleneck: false"), err);

        Map<String, Object> top = new LinkedHashMap<>();
        top.put("model", network);
        top.put("optimizer", Map.of("state", Map.of(0, network.get("fc.bias"))));
        top.put("args", new PythonObject("argparse", "Namespace"));
        assertEquals(plain, predicted(torch(folder.resolve("train.pth"), top)));
        assertTrue(err.contains("1 under 'optimizer'"), err);
        assertTrue(err.contains("'args' (argparse.Namespace)"), err);
    }

    @Test
    @Tag("reference")
    void thePublishedNetworkPredictsTheSameUnderOtherNames() throws IOException {
        Map<String, ?> tensors =
                Weights.read(ReferenceData.path("weights/resnet50.safetensors")).tensors();
        String plain = predicted(SavedWeights.safetensors(folder.resolve("plain.safetensors"), tensors));
        Path hub = SavedWeights.safetensors(
                folder.resolve("model.safetensors"), renamed(tensors, SavedWeights::huggingFace));
        assertEquals(plain, predicted(hub));
        Path nested = torch(
                folder.resolve("w.pth"), Map.of("state_dict", renamed(tensors, name -> "module._orig_mod." + name)));
        assertEquals(plain, predicted(nested));
    }

    @Test
    void aHeadUnderAnotherNameIsSaidToBeLeftOut() throws IOException {
        Map<String, Object> network = small(Block.BASIC, 0, 1);
        network.put("classifier.weight", small(Block.BASIC, 3, 1).get("fc.weight"));
        assertEquals(4, execute("predict", "--model", torch(folder.resolve("w.pth"), network) + "", image() + ""));
        assertTrue(err.contains("no classifier (fc.weight)") && err.contains("1 under 'classifier'"), err);
    }

    @Test
    void aNetworkThatWasNeverTrainedIsTold() throws IOException {
        Map<String, Object> network = small(Block.BOTTLENECK, 3, 1);
        fill(network, "(bn.|downsample[.]1)[.](bias|running_mean)$", 0);
        fill(network, "running_var$", 1);
        predicted(torch(folder.resolve("w.pth"), network));
        assertTrue(err.contains("as in a network that was never trained"), err);
        fill(network, "^layer4[.]0[.]bn1[.]running_mean$", 0.01f);
        predicted(torch(folder.resolve("w.pth"), network));
        assertFalse(err.contains("never trained"), err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^layer4[.].*weight$", "^conv1[.]weight$", "^bn1[.](weight|bias)$"})
    void aNetworkThatSeesNoDifferenceBetweenImagesIsRefusedByTheProbe(String zeros) throws IOException {
        draw();
        Map<String, Object> network = small(Block.BASIC, 2, 1);
        fill(network, zeros, 0);
        Path weights = torch(folder.resolve("w.pth"), network);
        assertEquals(4, execute("train", configuration(weights), "--set", "train.recipe=probe"), err);
        assertTrue(err.contains("the network gives the same features for all ") && err.contains("model.weights"), err);
    }

    /** Gives tensors whose names match one number. */
    private static void fill(Map<String, Object> network, String names, float number) {
        Pattern pattern = Pattern.compile(names);
        network.replaceAll((name, tensor) -> {
            if (!pattern.matcher(name).find()) {
                return tensor;
            }
            WeightTensor old = (WeightTensor) tensor;
            float[] numbers = new float[old.data().length];
            Arrays.fill(numbers, number);
            return new WeightTensor(numbers, old.shape());
        });
    }

    @Test
    void theCheckTellsWhatWouldBeAssumedOrRefused() throws IOException {
        draw();
        Map<String, Object> network = small(Block.BASIC, 5, 1);
        Path prefixed = torch(folder.resolve("w.pth"), renamed(network, name -> "net." + name));
        assertEquals(0, execute("prepare", "--check", configuration(prefixed)), err);
        assertTrue(out.contains("used: 2 classes; "), out);
        assertTrue(out.contains("assumed: " + prefixed + ": its "), out);

        Map<String, Object> two = renamed(network, name -> "student." + name);
        two.putAll(renamed(small(Block.BASIC, 5, 2), name -> "teacher." + name));
        Path both = torch(folder.resolve("two.pth"), two);
        assertEquals(4, execute("prepare", "--check", configuration(both)), err);
        assertTrue(out.contains("used: 2 classes; "), out);
        assertTrue(out.contains("refused: " + both + " holds 2 ResNets: 'student.', 'teacher.'"), out);
        assertEquals(
                0, execute("prepare", "--check", configuration(both), "--set", "model.weightsPrefix=teacher"), err);
        assertTrue(out.contains("that begin with 'teacher.'"), out);
        assertEquals(4, execute("prepare", "--check", configuration(both), "--set", "model.weightsPrefix=teach"), err);
        assertTrue(out.contains("refused: ") && out.contains("weightsPrefix 'teach'"), out);

        assertEquals(
                2,
                execute(
                        "prepare",
                        "--check",
                        configuration(both),
                        "--set",
                        "model.weights=null",
                        "--set",
                        "model.architecture=demo",
                        "--set",
                        "model.weightsPrefix=teacher"));
        assertTrue(err.contains("model.weightsPrefix chooses a network in a weights file"), err);

        Path page = Files.writeString(folder.resolve("page.pth"), "<html><title>Sign in</title></html>");
        assertEquals(4, execute("prepare", "--check", configuration(page)), err);
        assertTrue(out.contains("refused: " + page + " is a web page (Sign in)"), out);
        Path zip = Files.copy(torch(folder.resolve("w.pth"), network), folder.resolve("w.zip"));
        assertEquals(0, execute("prepare", "--check", configuration(zip)), err);
        Files.writeString(zip, "<html><title>Sign in</title></html>");
        assertEquals(4, execute("prepare", "--check", configuration(zip)), err);
        assertTrue(out.contains("refused: " + zip + " is a web page (Sign in)"), out);
        Path hub = Files.createDirectory(folder.resolve("resnet-50"));
        assertEquals(4, execute("prepare", "--check", configuration(hub)));
        assertTrue((out + err).contains("is a folder: give the weights file in it"), out + err);
    }

    @Test
    @Tag("slow")
    void aRunTakesTheNetworkThatIsAskedForAndRecordsWhatItAssumed() throws IOException {
        draw();
        Map<String, Object> student = small(Block.BASIC, 2, 1);
        String alone = backbone(torch(folder.resolve("alone.pth"), student));
        assertEquals(List.of("model.head"), assumptions());
        Map<String, Object> two = new LinkedHashMap<>();
        two.put("teacher", small(Block.BASIC, 5, 2));
        two.put("student", renamed(student, name -> "module." + name));
        Path both = torch(folder.resolve("two.pth"), two);
        assertEquals(4, execute("train", configuration(both)));
        assertTrue(err.contains("'teacher/', 'student/module.'"), err);
        assertEquals(alone, backbone(both, "--set", "model.weightsPrefix=student"));
        assertEquals(List.of("model.names", "model.leftOut", "model.head"), assumptions());
        backbone(both, "--set", "model.weightsPrefix=teacher");
        assertEquals(List.of("model.names", "model.leftOut"), assumptions());
        assertTrue(err.contains("fc, of 5 classes) is not used: one for the 2 classes"), err);
    }

    private String backbone(Path weights, String... settings) throws IOException {
        String[] args = Stream.concat(Stream.of("train", configuration(weights)), Arrays.stream(settings))
                .toArray(String[]::new);
        assertEquals(0, execute(args), err);
        return manifest().facts().get("Backbone");
    }

    private List<String> assumptions() throws IOException {
        return manifest().assumptions().stream()
                .filter(assumption -> assumption.id().startsWith("model."))
                .map(assumption -> assumption.id())
                .toList();
    }

    private RunManifest manifest() throws IOException {
        return ManifestFile.read(new RunFolder(folder.resolve("run")).manifest());
    }

    private String configuration(Path weights) throws IOException {
        return Files.writeString(
                        folder.resolve("weights.yaml"),
                        "data: {source: folder, dir: '" + folder.resolve("images") + "'}\nmodel: {size: 32, weights: '"
                                + weights + "'}\noutput: {dir: '" + folder.resolve("run") + "'}\ncache: {dir: '"
                                + folder.resolve("cache") + "'}\n")
                .toString();
    }

    private void draw() throws IOException {
        Random random = new Random(1);
        for (String split : List.of("train", "val", "test")) {
            for (String name : List.of("cat", "dog")) {
                Path of = Files.createDirectories(
                        folder.resolve("images").resolve(split).resolve(name));
                for (int i = 0; i < 4; i++) {
                    byte[] rgb = new byte[32 * 32 * 3];
                    random.nextBytes(rgb);
                    Files.write(of.resolve(i + ".png"), Png.encode(new RgbImage(32, 32, rgb)));
                }
            }
        }
    }

    private Path image() throws IOException {
        byte[] rgb = new byte[64 * 64 * 3];
        new Random(2).nextBytes(rgb);
        return Files.write(folder.resolve("i.png"), Png.encode(new RgbImage(64, 64, rgb)));
    }

    private String predicted(Path model) throws IOException {
        assertEquals(0, execute("predict", "--model", model.toString(), image().toString()), err);
        return out;
    }

    private int execute(String... args) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Main.execute(new PrintWriter(output), new PrintWriter(errors), args);
        out = output.toString();
        err = errors.toString();
        return code;
    }
}
