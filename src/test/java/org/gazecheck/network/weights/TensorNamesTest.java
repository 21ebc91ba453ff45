package org.gazecheck.network.weights;

import static org.gazecheck.network.weights.SavedWeights.renamed;
import static org.gazecheck.network.weights.SavedWeights.safetensors;
import static org.gazecheck.network.weights.SavedWeights.small;
import static org.gazecheck.network.weights.SavedWeights.torch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.gazecheck.ReferenceData;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.weights.SavedWeights.PythonObject;
import org.gazecheck.network.weights.SavedWeights.Raw;
import org.gazecheck.network.weights.SavedWeights.Strided;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that people have of the same network. Networks with the same hash compute the same, bit for bit. */
class TensorNamesTest {
    @TempDir
    private Path folder;

    private Map<String, Object> plain;
    private String hash;

    @BeforeEach
    void write() throws IOException {
        plain = small(Block.BOTTLENECK, 3, 1);
        hash = ResNets.load(torch(folder.resolve("plain.pth"), plain)).hash();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.",
                "model.",
                "backbone.",
                "encoder.",
                "_orig_mod.",
                "module.encoder_q.",
                "module._orig_mod.model.",
                "student.net.0.",
                "timm_model.",
                "backbone.body.",
                "a.b.c.d.e.",
                "_fsdp_wrapped_module."
            })
    void anyPrefixIsTakenOff(String prefix) throws IOException {
        Map<String, Object> prefixed = renamed(plain, name -> prefix + name);
        assertSame(torch(folder.resolve("w.pth"), prefixed));
        assertSame(safetensors(folder.resolve("w.safetensors"), prefixed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state_dict",
                "model_state_dict",
                "model_state",
                "net",
                "params",
                "ema",
                "teacher",
                "model",
                "weights",
                "module",
                "anything"
            })
    void anyDictionaryIsOpened(String key) throws IOException {
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("epoch", 3);
        top.put(key, renamed(plain, name -> "module." + name));
        top.put("optimizer", Map.of("state", Map.of(0, Map.of("exp_avg", tensor(4)))));
        assertSame(torch(folder.resolve("w.pth"), top));
        assertSame(torch(folder.resolve("v.pth"), Map.of("checkpoint", top)));
    }

    @ParameterizedTest
    @EnumSource(Block.class)
    void huggingFacesNamesAreKnown(Block block) throws IOException {
        Map<String, Object> network = small(block, 3, 2);
        String same = ResNets.load(torch(folder.resolve("plain.pth"), network)).hash();
        Map<String, Object> renamed = renamed(network, SavedWeights::huggingFace);
        assertEquals(same, ResNets.load(torch(folder.resolve("w.pth"), renamed)).hash());
        Path file = safetensors(folder.resolve("model.safetensors"), renamed(renamed, name -> "module." + name));
        assertEquals(same, ResNets.load(file).hash());

        Map<String, Object> bare = small(block, 0, 2);
        String headless = ResNets.load(torch(folder.resolve("bare.pth"), bare)).hash();
        Map<String, Object> model =
                renamed(bare, name -> SavedWeights.huggingFace(name).substring("resnet.".length()));
        assertEquals(
                headless,
                ResNets.load(safetensors(folder.resolve("model.safetensors"), model))
                        .hash());
    }

    @Test
    void theNumbersOfASequentialAreKnown() throws IOException {
        Map<String, Object> numbered = renamed(plain, TensorNamesTest::numbered);
        assertSame(torch(folder.resolve("w.pth"), numbered));
        assertSame(torch(folder.resolve("w.pth"), renamed(numbered, name -> "features." + name)));
    }

    @Test
    void wrappersInTheMidstOfNamesAreLeftOut() throws IOException {
        assertSame(torch(
                folder.resolve("w.pth"),
                renamed(plain, name -> "module." + name.replaceFirst("^layer2\\.", "layer2._orig_mod."))));
        assertSame(torch(
                folder.resolve("w.pth"),
                renamed(plain, name -> name.replaceAll("(layer\\d\\.\\d\\.)", "$1_checkpoint_wrapped_module."))));
    }

    @Test
    void objectsBesideTheWeightsAreNotRead() throws IOException {
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("model", plain);
        top.put("args", new PythonObject("argparse", "Namespace"));
        top.put("hyper_parameters", new PythonObject("omegaconf.dictconfig", "DictConfig"));
        top.put("config", new PythonObject("__main__", "Config"));
        top.put("where", new PythonObject("pathlib", "PosixPath"));
        assertSame(torch(folder.resolve("w.pth"), top));
    }

    @Test
    void aModelAndItsAverageAreRefused() throws IOException {
        Map<String, Object> ema = small(Block.BOTTLENECK, 3, 9);
        Map<String, Object> two = new LinkedHashMap<>();
        two.put("model", plain);
        two.put("ema", ema);
        assertRefused(torch(folder.resolve("w.pth"), two), "holds 2 ResNets", "'model/'", "'ema/'", "weightsPrefix");
    }

    @Test
    void twoNetworksAreRefusedByName() throws IOException {
        Map<String, Object> two = renamed(plain, name -> "module.encoder_q." + name);
        two.putAll(renamed(small(Block.BOTTLENECK, 3, 9), name -> "module.encoder_k." + name));
        assertRefused(
                torch(folder.resolve("w.pth"), Map.of("state_dict", two)),
                "'state_dict/module.encoder_q.'",
                "'state_dict/module.encoder_k.'");
        Map<String, Object> students = renamed(plain, name -> "student." + name);
        students.putAll(renamed(small(Block.BASIC, 3, 9), name -> "teacher." + SavedWeights.huggingFace(name)));
        assertRefused(safetensors(folder.resolve("w.safetensors"), students), "'student.'", "'teacher.'");
        Map<String, Object> averaged = new LinkedHashMap<>(plain);
        averaged.putAll(renamed(small(Block.BOTTLENECK, 3, 9), name -> "_orig_mod." + name));
        assertRefused(torch(folder.resolve("w.pth"), averaged), "two networks", "'_orig_mod.conv1.weight'");
        averaged = new LinkedHashMap<>(plain);
        averaged.putAll(renamed(small(Block.BOTTLENECK, 3, 9), name -> "ema." + name));
        assertRefused(torch(folder.resolve("w.pth"), averaged), "'' (names without a prefix)", "'ema.'");
    }

    @Test
    void whatABlockHasMoreIsRefused() throws IOException {
        for (String extra : List.of(
                "layer1.0.se.fc1.weight",
                "layer2.1.cbam.weight",
                "layer1.0.conv1.bias",
                "layer3.0.downsample.2.weight",
                "layer2.3.conv1.weight",
                "conv1.3.weight",
                "bn2.weight",
                "stem.0.weight",
                "input_norm.weight")) {
            Map<String, Object> more = renamed(plain, name -> "module." + name);
            more.put("module." + extra, tensor(4));
            assertRefused(torch(folder.resolve("w.pth"), more), "besides the tensors", "'module." + extra + "'");
        }
        Map<String, Object> attention = renamed(plain, SavedWeights::huggingFace);
        attention.put("resnet.encoder.stages.0.layers.0.layer.0.attention.weight", tensor(4));
        assertRefused(torch(folder.resolve("w.pth"), attention), "layer.0.attention.weight'");
    }

    @Test
    void whatStandsBesideANetworkIsNotUsed() throws IOException {
        Map<String, Object> more = renamed(plain, name -> "backbone." + name);
        more.put("backbone.mlp.0.weight", tensor(4));
        more.put("backbone.layer1.0.total_ops", tensor(1));
        more.put("projector.0.weight", tensor(4));
        more.put("queue", tensor(4));
        assertSame(torch(folder.resolve("w.pth"), more));

        Map<String, Object> contrastive = small(Block.BOTTLENECK, 0, 1);
        String headless =
                ResNets.load(torch(folder.resolve("bare.pth"), contrastive)).hash();
        contrastive.put("fc.0.weight", tensor(4));
        contrastive.put("fc.2.weight", tensor(4));
        assertEquals(
                headless,
                ResNets.load(torch(folder.resolve("w.pth"), contrastive)).hash());
    }

    @Test
    void otherNetworksAreNamed() throws IOException {
        Map<String, Object> deep = new LinkedHashMap<>(plain);
        Object stem = deep.remove("conv1.weight");
        deep.put("conv1.0.weight", stem);
        deep.put("conv1.3.weight", stem);
        assertRefused(torch(folder.resolve("w.pth"), deep), "'conv1.0.weight'", "deep stem", "resnet50d");
        Map<String, Object> v2 = new LinkedHashMap<>();
        v2.put("stem.conv.weight", tensor(4));
        v2.put("stages.0.blocks.0.norm1.weight", tensor(4));
        assertRefused(safetensors(folder.resolve("w.safetensors"), v2), "resnetv2", "'stem.conv.weight'");
        Map<String, Object> vit = Map.of("vit.encoder.layer.0.attention.attention.query.weight", tensor(4));
        assertRefused(safetensors(folder.resolve("w.safetensors"), vit), "vision transformer");
        Map<String, Object> unknown = Map.of("block.7.weight", tensor(4));
        assertRefused(
                safetensors(folder.resolve("w.safetensors"), unknown),
                "'block.7.weight'",
                "layer1.0.conv1.weight",
                "encoder.stages.0.layers.0");
    }

    @Test
    void anotherStemIsSaidInWords() throws IOException {
        Map<String, Object> grey = new LinkedHashMap<>(plain);
        grey.put("conv1.weight", SavedWeights.drawn(new SplittableRandom(1), 0, 1, 4, 1, 7, 7));
        assertRefused(torch(folder.resolve("w.pth"), grey), "images of 1 channels", "[4, 1, 7, 7]");
        Map<String, Object> small = new LinkedHashMap<>(plain);
        small.put("conv1.weight", SavedWeights.drawn(new SplittableRandom(1), 0, 1, 4, 3, 3, 3));
        assertRefused(torch(folder.resolve("w.pth"), small), "3x3 convolution");
        Map<String, Object> wide = new LinkedHashMap<>(plain);
        wide.put("layer1.0.conv1.weight", SavedWeights.drawn(new SplittableRandom(1), 0, 1, 8, 4, 1, 1));
        assertRefused(torch(folder.resolve("w.pth"), wide), "wide ResNet");
        wide.put("layer1.0.conv2.weight", SavedWeights.drawn(new SplittableRandom(1), 0, 1, 8, 2, 3, 3));
        assertRefused(torch(folder.resolve("w.pth"), wide), "ResNeXt");
        Map<String, Object> groups = new LinkedHashMap<>(plain);
        groups.keySet().removeIf(name -> name.contains("running") || name.contains("tracked"));
        assertRefused(torch(folder.resolve("w.pth"), groups), "group norm");
    }

    @Test
    void numbersInAnyOrderAndPrecisionAreRead() throws IOException {
        Map<String, Object> other = new LinkedHashMap<>(plain);
        WeightTensor kernel = (WeightTensor) other.get("layer1.0.conv2.weight");
        int[] shape = kernel.shape();
        float[] channelsLast = new float[kernel.data().length + 5];
        for (int o = 0, from = 0; o < shape[0]; o++) {
            for (int i = 0; i < shape[1]; i++) {
                for (int p = 0; p < 9; p++) {
                    channelsLast[5 + (o * 9 + p) * shape[1] + i] = kernel.data()[from++];
                }
            }
        }
        other.put(
                "layer1.0.conv2.weight",
                new Strided(channelsLast, shape, new int[] {9 * shape[1], 1, 3 * shape[1], shape[1]}, 5));
        WeightTensor bias = (WeightTensor) other.get("bn1.bias");
        float[] every = new float[7];
        for (int i = 0; i < 4; i++) {
            every[2 * i] = bias.data()[i];
        }
        other.put("bn1.bias", new Strided(every, new int[] {4}, new int[] {2}, 0));
        WeightTensor mean = (WeightTensor) other.get("bn1.running_mean");
        ByteBuffer doubles = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : mean.data()) {
            doubles.putDouble(value);
        }
        other.put("bn1.running_mean", new Raw("DoubleStorage", 8, doubles.array(), new int[] {4}));
        assertSame(torch(folder.resolve("w.pth"), other));
    }

    @Test
    void oneNumberForAllIsRead() throws IOException {
        Map<String, Object> ones = new LinkedHashMap<>(plain);
        ones.put("bn1.weight", new WeightTensor(new float[] {1, 1, 1, 1}, new int[] {4}));
        String expected = ResNets.load(torch(folder.resolve("ones.pth"), ones)).hash();
        ones.put("bn1.weight", new Strided(new float[] {1}, new int[] {4}, new int[] {0}, 0));
        assertEquals(
                expected, ResNets.load(torch(folder.resolve("w.pth"), ones)).hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CharStorage", "QInt8Storage", "QUInt8Storage"})
    void quantisedNumbersAreRefusedByType(String storage) throws IOException {
        Map<String, Object> quantised = new LinkedHashMap<>(plain);
        quantised.put("conv1.weight", new Raw(storage, 1, new byte[588], new int[] {4, 3, 7, 7}));
        assertRefused(torch(folder.resolve("w.pth"), quantised), "'conv1.weight'", storage, "quantised");
    }

    @Test
    void aWholeModelIsRefusedByItsClass() throws IOException {
        PythonObject model = new PythonObject("torchvision.models.resnet", "ResNet");
        assertRefused(
                torch(folder.resolve("w.pth"), model),
                "torchvision.models.resnet.ResNet",
                "torch.save(model.state_dict(), 'weights.pth')");
        assertRefused(
                torch(folder.resolve("w.pth"), Map.of("model", new PythonObject("my.nets", "Net"), "epoch", 1)),
                "'model' (my.nets.Net)",
                "torch.save(model.state_dict(), 'weights.pth')");
        assertRefused(
                torch(folder.resolve("w.pth"), Map.of("model", plain, "x", new PythonObject("posix", "system"))),
                "posix.system",
                "may be malicious");
    }

    @Test
    @Tag("reference")
    void thePublishedNetworkIsTheSameUnderEveryName() throws IOException {
        Path published = ReferenceData.path("weights/resnet50.safetensors");
        Map<String, ?> tensors = Weights.read(published).tensors();
        BuiltInNetwork network = ResNets.load(safetensors(folder.resolve("plain.safetensors"), tensors));
        Path hub = safetensors(folder.resolve("model.safetensors"), renamed(tensors, SavedWeights::huggingFace));
        assertEquals(network.hash(), ResNets.load(hub).hash());
        Path compiled = safetensors(
                folder.resolve("model.safetensors"), renamed(tensors, name -> "module._orig_mod.model." + name));
        assertEquals(network.hash(), ResNets.load(compiled).hash());
        assertEquals("resnet50", network.architecture().name());
    }

    private void assertSame(Path file) throws IOException {
        assertEquals(hash, ResNets.load(file).hash());
    }

    private static void assertRefused(Path file, String... words) {
        WeightsException e = assertThrows(WeightsException.class, () -> ResNets.load(file));
        for (String word : words) {
            assertTrue(e.getMessage().contains(word), e.getMessage());
        }
    }

    private static String numbered(String name) {
        return name.replaceFirst("^conv1\\.", "0.")
                .replaceFirst("^bn1\\.", "1.")
                .replaceFirst("^layer1\\.", "4.")
                .replaceFirst("^layer2\\.", "5.")
                .replaceFirst("^layer3\\.", "6.")
                .replaceFirst("^layer4\\.", "7.")
                .replaceFirst("^fc\\.", "9.");
    }

    private static WeightTensor tensor(int size) {
        return SavedWeights.drawn(new SplittableRandom(5), 0, 1, size);
    }
}
