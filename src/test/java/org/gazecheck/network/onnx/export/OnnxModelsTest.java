package org.gazecheck.network.onnx.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.onnx.runtime.OnnxSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelsTest {
    private static final Preprocessing AT_64 = Preprocessing.at(64, Normalisation.TORCHVISION);

    @TempDir
    private Path folder;

    @Test
    void theExportedModelRunsWithoutThisProgram() throws Exception {
        BuiltInNetwork network = TinyNetworks.hellinger(Block.BOTTLENECK, 3);
        Path file = folder.resolve("model.onnx");
        List<String> classes = List.of("rose", "\"daisy\", ox-eye", "ümlaut");
        OnnxModels.export(network, classes, AT_64, file);
        float[] image = TinyNetworks.numbers(new SplittableRandom(2), 3 * 64 * 64, 0, 1);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor input =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), new long[] {1, 3, 64, 64});
                OrtSession.Result result = session.run(Map.of("input", input));
                OnnxSession own = OnnxSession.open(
                        network, InferencePlan.fromImage(Tap.LOGITS, new Tap.Activations("layer2")), 0)) {
            Map<Tap, Tensor> expected = own.run(Tensor.of(image, 1, 3, 64, 64));
            float[][] logits = (float[][]) result.get("logits").orElseThrow().getValue();
            assertArrayEquals(expected.get(Tap.LOGITS).data(), logits[0], 1e-6f);
            OnnxTensor activations = (OnnxTensor) result.get("activations").orElseThrow();
            assertArrayEquals(
                    expected.get(new Tap.Activations("layer2")).data(),
                    activations.getFloatBuffer().array(),
                    1e-6f);
            Map<String, String> metadata = session.getMetadata().getCustomMetadata();
            assertEquals("[\"rose\",\"\\\"daisy\\\", ox-eye\",\"ümlaut\"]", metadata.get("classes"));
            assertEquals("64", metadata.get("crop"));
            assertEquals("[0.485,0.456,0.406]", metadata.get("mean"));
        }
    }

    @Test
    void everyClassNeedsAName() {
        BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 3);
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> OnnxModels.export(network, List.of("rose"), AT_64, folder.resolve("model.onnx")));
        assertEquals("1 names for 3 classes", e.getMessage());
    }
}
