package org.gazecheck.network.onnx.external;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ExternalRequest.Order;
import org.gazecheck.network.ImageInput;
import org.gazecheck.network.SpatialLayers;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.UnknownLayerException;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.onnx.runtime.OnnxPart;

/**
 * From an ONNX file to a network: which input takes the image, which value holds the logits (before a softmax at the
 * end), and which layers are maps. Sizes come from a pass over one black image.
 */
public final class ExternalModel {
    private static final Set<String> SOFTMAX = Set.of("Softmax", "LogSoftmax");
    private static final double ROUNDING = 1e-4;

    private final ExternalRequest request;
    private final ModelProto model;

    private ExternalModel(ExternalRequest request, ModelProto model) {
        this.request = request;
        this.model = model;
    }

    /**
     * @throws WeightsException if the file is damaged, no classifier of so many classes, or refused
     * @throws UnknownLayerException if it has no such layer
     */
    public static ExternalNetwork read(ExternalRequest request) throws IOException {
        ExternalModel external = new ExternalModel(request, ExternalFile.read(request.file()));
        try {
            return external.network();
        } catch (UnknownLayerException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new WeightsException(external.refusal(String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * SHA-256 of a model with all of its weights, which may lie beside it.
     *
     * @throws WeightsException if the file is damaged, or refused
     */
    public static String contentHash(Path file) throws IOException {
        return hash(ExternalFile.read(file));
    }

    private ExternalNetwork network() throws IOException {
        ValueInfoProto image = image();
        List<Long> shape = ExternalGraph.sizes(image);
        boolean channelsLast = channelsLast(shape);
        int side = request.side(fixedSide(shape, channelsLast));
        ImageInput input = new ImageInput(channelsLast, request.blueFirst());
        Tensor black = input.arrange(Tensor.of(new float[3 * side * side], 1, 3, side, side));
        String logits = logits(image.getName(), black);
        ExternalGraph graph = new ExternalGraph(model, image.getName(), logits);
        SpatialLayers layers = LayerSearch.layers(graph, black, side, request.layer());
        String hash = Hashes.sha256(hash(model) + " " + input + " " + logits);
        return new ExternalNetwork(
                Engine.ONNX,
                (network, plan, threads) -> ExternalOnnxSession.open(graph, network, plan, threads),
                input,
                layers,
                request.classes(),
                hash);
    }

    private WeightsException refused(String reason) {
        return new WeightsException(refusal(reason));
    }

    private String refusal(String reason) {
        String line = reason.lines().findFirst().orElse("");
        return request.file() + " cannot be audited: " + Printable.of(line);
    }

    private ValueInfoProto image() throws WeightsException {
        Set<String> weights = new HashSet<>();
        model.getGraph().getInitializerList().forEach(tensor -> weights.add(tensor.getName()));
        List<ValueInfoProto> inputs = model.getGraph().getInputList().stream()
                .filter(input -> !weights.contains(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw refused("it has " + inputs.size() + " inputs, where an image classifier has one");
        }
        TypeProto.Tensor type = inputs.get(0).getType().getTensorType();
        if (type.getElemType() != TensorProto.DataType.FLOAT.getNumber()) {
            throw refused("its input '" + inputs.get(0).getName()
                    + "' is not of single-precision numbers: export the model in float32");
        }
        if (type.hasShape() && type.getShape().getDimCount() != 4) {
            throw refused("its input '" + inputs.get(0).getName() + "' has "
                    + type.getShape().getDimCount() + " dimensions, not the 4 of a batch of images");
        }
        return inputs.get(0);
    }

    private boolean channelsLast(List<Long> shape) throws WeightsException {
        boolean known = !shape.isEmpty();
        boolean last = request.order() == Order.NHWC
                || request.order() == Order.AUTO && known && shape.get(1) != 3 && shape.get(3) == 3;
        long channels = known ? shape.get(last ? 3 : 1) : 0;
        boolean other = known && channels == 0 && shape.get(last ? 1 : 3) == 3;
        if (channels != 0 && channels != 3 || other) {
            throw refused("its input does not have the images' 3 channels where they are looked for (dimensions "
                    + shape + ", taken as " + (last ? "n, h, w, c" : "n, c, h, w")
                    + "; external.order, --order, sets them)");
        }
        return last;
    }

    private int fixedSide(List<Long> shape, boolean channelsLast) throws WeightsException {
        if (shape.isEmpty()) {
            return 0;
        }
        long height = shape.get(channelsLast ? 1 : 2);
        long width = shape.get(channelsLast ? 2 : 3);
        if (height != 0 && width != 0 && height != width) {
            throw refused("it takes images of " + height + "x" + width + " pixels: only squares are cut here");
        }
        return Math.toIntExact(Math.min(Math.max(height, width), 1 << 14));
    }

    /** The first output of as many numbers as there are classes, before its softmax. */
    private String logits(String image, Tensor black) throws WeightsException {
        List<String> outputs = model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
        if (outputs.isEmpty()) {
            throw refused("it has no output, where an image classifier has one");
        }
        Map<String, Tensor> found;
        ExternalGraph whole = new ExternalGraph(model, image, outputs.get(0));
        try (OnnxPart part = OnnxPart.open(whole.cut(outputs), whole.fixedBatch(), 0)) {
            found = part.run(black);
        }
        StringBuilder sizes = new StringBuilder();
        for (String output : outputs) {
            Tensor tensor = found.get(output);
            if (tensor != null && tensor.size() == request.classes()) {
                return beforeSoftmax(whole, output, tensor);
            }
            sizes.append(sizes.isEmpty() ? "" : ", ").append(tensor == null ? "no floats" : tensor.size());
        }
        throw refused(
                "it gives " + sizes + " numbers for an image where the labels name " + request.classes() + " classes");
    }

    private String beforeSoftmax(ExternalGraph whole, String output, Tensor numbers) throws WeightsException {
        String value = output;
        Optional<NodeProto> node = whole.producer(value);
        while (node.isPresent() && node.get().getOpType().equals("Identity")) {
            value = node.get().getInput(0);
            node = whole.producer(value);
        }
        if (node.isPresent() && SOFTMAX.contains(node.get().getOpType())) {
            return node.get().getInput(0);
        }
        if (node.isPresent() && node.get().getOpType().equals("Sigmoid")) {
            throw refused(
                    "it ends in a sigmoid: its classes do not exclude each other, which the audit's figures assume");
        }
        double sum = 0;
        boolean shares = true;
        for (int i = 0; i < numbers.size(); i++) {
            sum += numbers.data()[i];
            shares &= numbers.data()[i] >= 0;
        }
        if (shares && Math.abs(sum - 1) < ROUNDING) {
            throw refused("its numbers are probabilities, and no operator Softmax ends it whose input could be taken:"
                    + " export it with logits as its output");
        }
        return value;
    }

    private static String hash(ModelProto model) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            model.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
