package org.gazecheck.network.onnx.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.WeightsException;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * A {@code model.onnx} that {@link OnnxModels#export} wrote, read back. Only numbers are taken from the file: its graph
 * is compared with the one that these weights are exported as and refused when it is another, so that no external graph
 * runs and nothing outside the file is opened.
 *
 * @param classes names, in the order of the logits
 */
public record ExportedModel(BuiltInNetwork network, List<String> classes, Preprocessing preprocessing) {
    /** What is done with networks that others trained. */
    private static final String AUDIT = "gazecheck audit --model FILE --labels FILE --data DIR";

    private static final long LARGEST = Integer.MAX_VALUE;
    private static final int LARGEST_SIDE = 1 << 14;
    private static final int WIDEST = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws WeightsException if the file is damaged, or no model that this program exported */
    public static ExportedModel read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("no model at " + file);
        }
        if (Files.size(file) > LARGEST) {
            throw new WeightsException(file + " is larger than an ONNX model can be (2 GB)");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return of(ModelProto.parseFrom(in));
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new WeightsException(
                    file + " is not an intact model.onnx of Gazecheck: " + e.getMessage()
                            + ". Use the run's own file, or its model.zip; a network that others trained is evaluated"
                            + " and explained by: " + AUDIT,
                    e);
        }
    }

    /**
     * As {@link #read(Path)}.
     *
     * @param file a whole file's bytes
     */
    public static ExportedModel read(byte[] file) throws IOException {
        try {
            return of(ModelProto.parseFrom(file));
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new WeightsException("these bytes are no intact model.onnx of Gazecheck: " + e.getMessage(), e);
        }
    }

    /** Whether its metadata say that this program exported it; {@link #read} finds out whether it is intact. */
    public static boolean isExported(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            return false;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            Set<String> keys = ModelProto.parseFrom(in).getMetadataPropsList().stream()
                    .map(StringStringEntryProto::getKey)
                    .collect(Collectors.toSet());
            return keys.containsAll(Set.of("mean", "std", "short_side", "crop", "classes"));
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private static ExportedModel of(ModelProto model) throws IOException {
        Map<String, String> metadata = new HashMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        Normalisation normalisation = new Normalisation(channels(metadata, "mean"), channels(metadata, "std"));
        Preprocessing preprocessing =
                new Preprocessing(side(metadata, "short_side"), side(metadata, "crop"), normalisation);
        if (preprocessing.crop() > preprocessing.shortSide()) {
            throw new WeightsException("its crop is larger than its short side");
        }
        List<String> classes = Arrays.asList(parse(metadata, "classes", String[].class));
        if (classes.contains(null)) {
            throw new WeightsException("its metadata have a class without a name");
        }
        Map<String, TensorProto> tensors = new HashMap<>();
        model.getGraph().getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        Head head = head(tensors, classes.size());
        List<NodeProto> nodes = model.getGraph().getNodeList().stream()
                .map(ExportedModel::ordered)
                .toList();
        for (boolean strideInFirst : new boolean[] {false, true}) {
            BuiltInNetwork network = network(architecture(tensors, strideInFirst), tensors, head, normalisation);
            if (OnnxModels.exported(network).nodes().equals(nodes)) {
                return new ExportedModel(network, List.copyOf(classes), preprocessing);
            }
        }
        throw new WeightsException("its graph is not the one that its weights are exported as");
    }

    private static NodeProto ordered(NodeProto node) {
        List<AttributeProto> attributes = new ArrayList<>(node.getAttributeList());
        attributes.sort(Comparator.comparing(AttributeProto::getName));
        return node.toBuilder().clearAttribute().addAllAttribute(attributes).build();
    }

    /** From the names and shapes of the kernels; the position of a bottleneck's stride shows in no shape. */
    private static Architecture architecture(Map<String, TensorProto> tensors, boolean strideInFirst)
            throws IOException {
        Block block = tensors.containsKey("layer1.0.conv3.weight") ? Block.BOTTLENECK : Block.BASIC;
        List<Integer> blocks = new ArrayList<>();
        List<Integer> planes = new ArrayList<>();
        int stage = 1;
        for (TensorProto first; (first = tensors.get("layer" + stage + ".0.conv1.weight")) != null; stage++) {
            int count = 0;
            while (tensors.containsKey("layer" + stage + "." + count + ".conv1.weight")) {
                count++;
            }
            blocks.add(count);
            if (first.getDimsCount() != 4 || first.getDims(0) < 1 || first.getDims(0) > WIDEST) {
                throw new WeightsException(first.getName() + " has the shape " + first.getDimsList());
            }
            planes.add((int) first.getDims(0));
        }
        return new Architecture("resnet", block, blocks, planes, strideInFirst);
    }

    private static BuiltInNetwork network(
            Architecture architecture, Map<String, TensorProto> tensors, Head head, Normalisation normalisation)
            throws IOException {
        Map<String, FoldedConvolution> convolutions = new HashMap<>();
        for (Convolution c : architecture.convolutions()) {
            float[] kernel = floats(tensors, c.name() + ".weight", c.out(), c.in(), c.kernel(), c.kernel());
            float[] bias = floats(tensors, c.name() + ".bias", c.out());
            float[] ones = new float[bias.length];
            Arrays.fill(ones, 1);
            convolutions.put(c.name(), new FoldedConvolution(kernel, bias, ones));
        }
        if (head.features() != architecture.features()) {
            throw new WeightsException("its classifier does not fit its network");
        }
        return BuiltInNetwork.of(architecture, convolutions, Optional.of(head), normalisation);
    }

    private static Head head(Map<String, TensorProto> tensors, int classes) throws IOException {
        TensorProto tensor = tensors.get("fc.weight");
        if (classes == 0 || tensor == null || tensor.getDimsCount() != 2) {
            throw new WeightsException("it has no classifier (fc.weight)");
        }
        float[] weight = floats(tensors, "fc.weight", classes, tensor.getDims(1));
        float[] bias = floats(tensors, "fc.bias", classes);
        return tensors.containsKey("fc.epsilon")
                ? new HellingerHead(weight, bias, floats(tensors, "fc.epsilon")[0])
                : new LinearHead(weight, bias);
    }

    private static float[] floats(Map<String, TensorProto> tensors, String name, long... shape) throws IOException {
        TensorProto tensor = tensors.get(name);
        if (tensor == null) {
            throw new WeightsException("it has no weights " + name);
        }
        long count = 1;
        boolean fits = tensor.getDimsCount() == shape.length;
        for (int i = 0; i < shape.length; i++) {
            fits = fits && tensor.getDims(i) == shape[i];
            count = Math.multiplyExact(count, shape[i]);
        }
        if (!fits
                || tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()
                || tensor.getRawData().size() != Math.multiplyExact(4, count)) {
            throw new WeightsException(name + " does not hold " + count + " single-precision numbers");
        }
        float[] values = new float[Math.toIntExact(count)];
        tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static float[] channels(Map<String, String> metadata, String key) throws IOException {
        float[] values = parse(metadata, key, float[].class);
        if (values.length != 3) {
            throw new WeightsException("its metadata have a '" + key + "' of " + values.length + " channels");
        }
        return values;
    }

    private static int side(Map<String, String> metadata, String key) throws IOException {
        int value = parse(metadata, key, Integer.class);
        if (value < 1 || value > LARGEST_SIDE) {
            throw new WeightsException("its metadata have a '" + key + "' of " + value);
        }
        return value;
    }

    private static <T> T parse(Map<String, String> metadata, String key, Class<T> type) throws IOException {
        String text = metadata.get(key);
        if (text == null) {
            throw new WeightsException("its metadata have no '" + key + "'");
        }
        try {
            T value = JSON.readValue(text, type);
            if (value != null) {
                return value;
            }
        } catch (JsonProcessingException e) {
            throw new WeightsException("its metadata have a '" + key + "' that cannot be read", e);
        }
        throw new WeightsException("its metadata have an empty '" + key + "'");
    }
}
