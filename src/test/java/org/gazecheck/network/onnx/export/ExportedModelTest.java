package org.gazecheck.network.onnx.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.onnx.runtime.OnnxSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedModelTest {
    private static final Preprocessing PREPROCESSING = new Preprocessing(40, 32, Normalisation.TORCHVISION);
    private static final List<String> CLASSES = List.of("rose", "\"daisy\", ox-eye", "ümlaut");

    @TempDir
    private Path folder;

    @Test
    void whatWasExportedIsReadBack() throws Exception {
        for (Block block : Block.values()) {
            isReadBack(TinyNetworks.linear(block, 3));
            isReadBack(TinyNetworks.hellinger(block, 4));
        }
    }

    @Test
    void whereABottleneckStridesIsReadBack() throws Exception {
        BuiltInNetwork network = TinyNetworks.linear(Block.BOTTLENECK, 5);
        Architecture first = network.architecture();
        Architecture other =
                new Architecture("tiny", first.block(), first.blocks(), first.planes(), !first.strideInFirst());
        isReadBack(BuiltInNetwork.of(
                other, network.convolutions(), Optional.of(network.head().orElseThrow()), network.normalisation()));
    }

    private void isReadBack(BuiltInNetwork network) throws Exception {
        Path file = export(network);
        ExportedModel read = ExportedModel.read(file);
        BuiltInNetwork ofBytes = ExportedModel.read(Files.readAllBytes(file)).network();
        assertEquals(read.network().hash(), ofBytes.hash());
        assertEquals(CLASSES, read.classes());
        assertEquals(PREPROCESSING, read.preprocessing());
        assertArrayEquals(logits(network), logits(read.network()));
        Path again = folder.resolve("again.onnx");
        OnnxModels.export(read.network(), read.classes(), read.preprocessing(), again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    }

    private static float[] logits(BuiltInNetwork network) {
        float[] image = TinyNetworks.numbers(new SplittableRandom(2), 3 * 32 * 32, 0, 1);
        try (OnnxSession session = OnnxSession.open(network, InferencePlan.fromImage(Tap.LOGITS), 0)) {
            return session.run(Tensor.of(image, 1, 3, 32, 32)).get(Tap.LOGITS).data();
        }
    }

    @Test
    void aGraphThatWasChangedIsRefused() throws Exception {
        isRefused(
                "its graph is not the one",
                model -> model.getGraphBuilder().getNodeBuilder(1).setOpType("Sigmoid"));
        isRefused("its graph is not the one", model -> {
            var nodes = model.getGraphBuilder();
            nodes.addNode(nodes.getNode(0).toBuilder().setName("more").setOutput(0, "more"));
        });
    }

    @Test
    void weightsOutsideTheFileAreNotLookedFor() throws Exception {
        isRefused("conv1.weight does not hold", model -> weights(model, "conv1.weight")
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../../secret")));
    }

    @Test
    void aShapeThatLiesIsRefused() throws Exception {
        isRefused("conv1.weight does not hold", model -> weights(model, "conv1.weight")
                .setDims(1, Long.MAX_VALUE));
        isRefused("it has no classifier", model -> weights(model, "fc.weight").setName("other"));
        isRefused("layer1.0.conv1.weight has the shape", model -> weights(model, "layer1.0.conv1.weight")
                .setDims(0, 1 << 30));
    }

    @Test
    void metadataThatCannotBeIsRefused() throws Exception {
        isRefused("'crop' of 0", model -> metadata(model, "crop", "0"));
        isRefused("larger than its short side", model -> metadata(model, "crop", "41"));
        isRefused("'mean' of 2 channels", model -> metadata(model, "mean", "[1, 2]"));
        isRefused("'std' that cannot be read", model -> metadata(model, "std", "{"));
        isRefused("empty 'classes'", model -> metadata(model, "classes", "null"));
        isRefused("a class without a name", model -> metadata(model, "classes", "[\"a\", null, \"c\"]"));
        isRefused("fc.weight does not hold", model -> metadata(model, "classes", "[\"a\"]"));
        isRefused("no 'mean'", model -> model.clearMetadataProps());
    }

    @Test
    void aFileThatIsCutOffOrNoModelIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(export(TinyNetworks.linear(Block.BASIC, 3)));
        for (int length = 0; length < whole.length; length += whole.length / 60) {
            Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, length));
            assertThrows(WeightsException.class, () -> ExportedModel.read(cut));
        }
        Path text = Files.writeString(folder.resolve("text.onnx"), "this is no model");
        assertThrows(WeightsException.class, () -> ExportedModel.read(text));
        assertThrows(WeightsException.class, () -> ExportedModel.read(folder.resolve("missing.onnx")));
    }

    private void isRefused(String words, Consumer<ModelProto.Builder> change) throws Exception {
        Path file = export(TinyNetworks.linear(Block.BASIC, 3));
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
        change.accept(model);
        Files.write(file, model.build().toByteArray());
        var e = assertThrows(WeightsException.class, () -> ExportedModel.read(file));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private static TensorProto.Builder weights(ModelProto.Builder model, String name) {
        return model.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void metadata(ModelProto.Builder model, String key, String value) {
        model.getMetadataPropsBuilderList().stream()
                .filter(entry -> entry.getKey().equals(key))
                .forEach(entry -> entry.setValue(value));
    }

    private Path export(BuiltInNetwork network) throws Exception {
        Path file = folder.resolve("model.onnx");
        OnnxModels.export(network, CLASSES, PREPROCESSING, file);
        return file;
    }
}
