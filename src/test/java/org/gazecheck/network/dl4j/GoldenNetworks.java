package org.gazecheck.network.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.DescribedNetwork;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The two small networks of the reference data, read in the plainest way, batch norm folded in double precision. */
final class GoldenNetworks {
    private static final double EPSILON = 1e-5;

    private GoldenNetworks() {}

    static DescribedNetwork basic(Path folder) throws IOException {
        return network(folder, Block.BASIC, List.of(2, 2, 2, 2));
    }

    static DescribedNetwork bottleneck(Path folder) throws IOException {
        return network(folder, Block.BOTTLENECK, List.of(1, 2, 2, 1));
    }

    static Tensor npy(Path file) {
        INDArray array = Nd4j.createFromNpyFile(file.toFile()).castTo(DataType.FLOAT);
        int[] shape = new int[array.rank()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = (int) array.size(i);
        }
        return new Tensor(array.dup('c').data().asFloat(), shape);
    }

    private static DescribedNetwork network(Path folder, Block block, List<Integer> blocks) throws IOException {
        Map<String, float[]> tensors = tensors(folder.resolve(folder.getFileName() + ".safetensors"));
        Architecture architecture = new Architecture("small", block, blocks, List.of(16, 32, 64, 128), false);
        Map<String, FoldedConvolution> convolutions = new HashMap<>();
        for (Convolution convolution : architecture.convolutions()) {
            String norm = convolution.name().endsWith("downsample.0")
                    ? convolution.name().replace("downsample.0", "downsample.1")
                    : convolution.name().replace("conv", "bn");
            convolutions.put(convolution.name(), fold(tensors, convolution.name(), norm));
        }
        LinearHead head = new LinearHead(tensors.get("fc.weight"), tensors.get("fc.bias"));
        return DescribedNetwork.of(architecture, convolutions, Optional.of(head), Normalisation.TORCHVISION);
    }

    private static FoldedConvolution fold(Map<String, float[]> tensors, String name, String norm) {
        float[] kernel = tensors.get(name + ".weight").clone();
        float[] gamma = tensors.get(norm + ".weight");
        float[] bias = new float[gamma.length];
        float[] scale = new float[gamma.length];
        int row = kernel.length / gamma.length;
        for (int c = 0; c < gamma.length; c++) {
            double s = gamma[c] / Math.sqrt(tensors.get(norm + ".running_var")[c] + EPSILON);
            for (int i = c * row; i < (c + 1) * row; i++) {
                kernel[i] = (float) (kernel[i] * s);
            }
            bias[c] = (float) (tensors.get(norm + ".bias")[c] - tensors.get(norm + ".running_mean")[c] * s);
            scale[c] = (float) s;
        }
        return new FoldedConvolution(kernel, bias, scale);
    }

    private static Map<String, float[]> tensors(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong();
        JsonNode json = new ObjectMapper().readTree(new String(bytes.array(), 8, header, StandardCharsets.UTF_8));
        Map<String, float[]> tensors = new HashMap<>();
        json.fields().forEachRemaining(entry -> {
            JsonNode tensor = entry.getValue();
            if (tensor.path("dtype").asText().equals("F32")) {
                int from = tensor.get("data_offsets").get(0).asInt();
                int to = tensor.get("data_offsets").get(1).asInt();
                float[] values = new float[(to - from) / 4];
                bytes.position(8 + header + from)
                        .slice()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                tensors.put(entry.getKey(), values);
            }
        });
        return tensors;
    }
}
