package org.gazecheck.network.onnx.external;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ExternalRequest.Order;
import org.gazecheck.network.ImageInput;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Scores;
import org.gazecheck.network.SpatialLayers;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.UnknownLayerException;
import org.gazecheck.network.WeightsException;

/**
 * From an ONNX file to a network: which input takes the image, which value holds the logits (before a softmax at the
 * end), how many images a pass takes, and which layers are maps. Sizes come from a pass over one black image, the rest from
 * some passes over {@link ProbeImages}.
 */
public final class ExternalModel {
    /** Of the passes, raised where they may give other last digits than before. */
    private static final String PASSES = " passes 3";

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
        boolean grey = !shape.isEmpty() && shape.get(channelsLast ? 3 : 1) == 1;
        ImageInput input = new ImageInput(channelsLast, request.blueFirst(), grey);
        Tensor black = input.arrange(Tensor.of(new float[3 * side * side], 1, 3, side, side));
        ProbeImages images = new ProbeImages(side, request.normalisation(), input);
        List<String> outputs = outputs();
        ExternalGraph whole = new ExternalGraph(model, image.getName(), outputs.get(0));
        BatchProbe.Found batch = BatchProbe.of(model, whole, outputs, images);
        OutputSearch.Found output = OutputSearch.find(model, whole, request, batch.each(), outputs);
        ExternalGraph graph = output.scores() == Scores.BINARY
                ? new ExternalGraph(
                        BinaryHead.append(model, output.value()), image.getName(), BinaryHead.LOGITS, batch.rows())
                : new ExternalGraph(model, image.getName(), output.value(), batch.rows());
        ProbedGraph probed = ProbedGraph.of(graph, images.images(1), images.images(2));
        LayerSearch.Found found = LayerSearch.layers(graph, probed, images, black, side, request);
        SpatialLayers layers = found.layers();
        List<Assumed> assumed = new ArrayList<>(found.assumed());
        output.assumed().ifPresent(assumed::add);
        batch.assumed().ifPresent(assumed::add);
        return new ExternalNetwork(
                Engine.ONNX,
                (network, plan, threads) -> ExternalOnnxSession.open(graph, probed, network, plan, threads),
                input,
                layers,
                output.numbers(),
                output.scores(),
                Optional.of(output.output()).filter(name -> outputs.size() > 1),
                identity(input, output, whole, batch, layers),
                assumed,
                warnings(graph, output));
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
                || request.order() == Order.AUTO && known && !isChannels(shape.get(1)) && isChannels(shape.get(3));
        long channels = known ? shape.get(last ? 3 : 1) : 0;
        boolean other = known && channels == 0 && shape.get(last ? 1 : 3) == 3;
        if (channels != 0 && !isChannels(channels) || other) {
            throw refused("its input does not have the images' 3 channels, or 1 of grey, where they are looked for"
                    + " (dimensions "
                    + shape + ", taken as " + (last ? "n, h, w, c" : "n, c, h, w")
                    + "; external.order, --order, sets them)");
        }
        return last;
    }

    private static boolean isChannels(long size) {
        return size == 1 || size == 3;
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

    private List<String> outputs() throws WeightsException {
        List<String> outputs = model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
        if (outputs.isEmpty()) {
            throw refused("it has no output, where an image classifier has one");
        }
        return outputs;
    }

    private List<String> warnings(ExternalGraph graph, OutputSearch.Found output) {
        List<String> warnings = new ArrayList<>(output.warnings());
        List<String> own = ImageScaling.of(graph);
        if (!own.isEmpty() && !request.normalisation().isPlain()) {
            warnings.add(
                    "The network begins with " + String.join(", ", own) + " by constants, as one does that normalises"
                            + " images itself, and is given images that are normalised already: if it takes values from 0 to 1, set"
                            + " external.mean to [0, 0, 0] and external.std to [1, 1, 1], if it takes bytes external.scale to 255 too.");
        }
        return warnings;
    }

    /** What is not as the file alone has it enters where it is not the usual. */
    private String identity(
            ImageInput input,
            OutputSearch.Found output,
            ExternalGraph whole,
            BatchProbe.Found batch,
            SpatialLayers layers) {
        MapLayout layout = layers.known(layers.last()).layout();
        String rows = batch.rows() == whole.fixedBatch() ? "" : " rows " + batch.rows();
        String order = layout.kind() == MapLayout.Kind.CHANNELS_FIRST ? "" : " " + layout;
        String scores = output.scores() == Scores.EXCLUSIVE ? "" : " " + output.scores();
        return Hashes.sha256(hash(model) + " " + input + " " + output.value() + scores + rows + order + PASSES);
    }

    /** SHA-256 of a model that holds all of its weights. */
    static String hash(ModelProto model) {
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
