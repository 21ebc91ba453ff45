package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.runtime.OnnxFailure;
import org.gazecheck.network.onnx.runtime.OnnxPart;

/**
 * How many images a pass of an external model takes, without those of a batch changing each other's numbers: a size of the
 * batch may be fixed in its input or in the constants of its reshapes, and operators may mix what stands in a batch. Found
 * by three images, alone and together.
 */
final class BatchProbe {
    static final int IMAGES = 3;
    private static final int LARGEST = 1 << 10;

    /** Of the largest number. What is rounded in another order differs by less, what is mixed by more. */
    private static final double TOLERANCE = 1e-3;

    private final ModelProto model;
    private final ExternalGraph graph;
    private final List<String> values;
    private final Tensor images;

    /**
     * @param images as the model takes them, {@link #IMAGES} of them
     * @param values to be compared
     */
    private BatchProbe(ModelProto model, ExternalGraph graph, List<String> values, Tensor images) {
        this.model = model;
        this.graph = graph;
        this.values = values;
        this.images = images;
    }

    /**
     * What was found.
     *
     * @param rows images in a pass; 0: any number
     * @param each the values of each image, alone
     * @param assumed where images are not passed as many as come
     */
    record Found(int rows, List<Map<String, Tensor>> each, Optional<Assumed> assumed) {}

    /**
     * @param values of the model, of which those that are numbers are compared
     * @throws OnnxFailure if it takes no image, or its numbers depend on chance or on the other images of a pass
     */
    static Found of(ModelProto model, ExternalGraph graph, List<String> values, ProbeImages images) {
        return of(model, graph, values, images.images(IMAGES));
    }

    /** As {@link #of(ModelProto, ExternalGraph, List, ProbeImages)}, with images of the caller's, {@link #IMAGES} of them. */
    static Found of(ModelProto model, ExternalGraph graph, List<String> values, Tensor images) {
        return new BatchProbe(model, graph, values, images).find();
    }

    private Found find() {
        int fixed = graph.fixedBatch();
        if (fixed > 0) {
            String text = "the model takes " + (fixed == 1 ? "one image" : fixed + " images")
                    + " in a pass, no more and no fewer: "
                    + (fixed == 1 ? "images are passed one by one" : "the last pass is filled up with black ones");
            return inPassesOf(fixed, text);
        }
        OnnxFailure failure;
        try {
            return free();
        } catch (OnnxFailure e) {
            failure = e;
        }
        for (int rows : constantBatches()) {
            try {
                return inPassesOf(
                        rows,
                        "the model states no size of the batch, but its reshapes take " + rows
                                + " images in a pass: the last pass is filled up with black ones");
            } catch (BatchMixedException e) {
                throw e;
            } catch (OnnxFailure e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    /** The numbers of a pass depend on more than each image. */
    private static final class BatchMixedException extends OnnxFailure {
        private static final long serialVersionUID = 1;

        BatchMixedException(String message) {
            super(message);
        }
    }

    private Found free() {
        try (OnnxPart part = OnnxPart.open(graph.cut(values), 0, 0)) {
            List<Map<String, Tensor>> each = alone(part);
            requireNoChance(part, each.get(0));
            Optional<String> mixed = mixed(part, each);
            return mixed.map(how -> new Found(
                            1,
                            each,
                            Optional.of(new Assumed(
                                    "external.batch",
                                    "images are passed one by one: together " + how
                                            + " (a batch of one in the model's reshapes, a normalisation over the batch, or"
                                            + " a quantisation that depends on it)"))))
                    .orElse(new Found(0, each, Optional.empty()));
        }
    }

    private List<Map<String, Tensor>> alone(OnnxPart part) {
        List<Map<String, Tensor>> each = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            each.add(part.run(image(i)));
        }
        return each;
    }

    private Found inPassesOf(int rows, String text) {
        try (OnnxPart part = OnnxPart.open(graph.cut(values), rows, 0)) {
            List<Map<String, Tensor>> each = alone(part);
            requireNoChance(part, each.get(0));
            Optional<String> mixed = rows == 1 ? Optional.empty() : mixed(part, each);
            if (mixed.isPresent()) {
                throw new BatchMixedException("it takes " + rows + " images in a pass, and " + mixed.get()
                        + ": export it with a batch of one, or of any size, and in evaluation mode");
            }
            return new Found(
                    rows, each, Optional.of(new Assumed("external.batch", text, Map.of("images in a pass", rows))));
        }
    }

    private void requireNoChance(OnnxPart part, Map<String, Tensor> first) {
        Map<String, Tensor> again = part.run(image(0));
        for (String value : values) {
            Tensor a = first.get(value);
            Tensor b = again.get(value);
            if (a != null && b != null && !isSame(a.data(), 0, b.data(), 0, a.size())) {
                throw new BatchMixedException("it gives other numbers in '" + value
                        + "' when it is given the same image again: export it in evaluation mode, without dropout");
            }
        }
    }

    /** What becomes of the images when they are passed together; empty: the same as alone. */
    private Optional<String> mixed(OnnxPart part, List<Map<String, Tensor>> each) {
        Map<String, Tensor> together;
        try {
            together = part.run(images);
        } catch (OnnxFailure e) {
            return Optional.of("they fail (" + e.getMessage() + ")");
        }
        for (String value : values) {
            Tensor first = each.get(0).get(value);
            Tensor all = together.get(value);
            if (first == null || all == null) {
                continue;
            }
            int row = first.size();
            if (all.size() != IMAGES * row || all.shape()[0] != IMAGES * first.shape()[0]) {
                return Optional.of("they give " + Arrays.toString(all.shape()) + " numbers in '" + value
                        + "' where one gives " + Arrays.toString(first.shape()));
            }
            for (int i = 0; i < IMAGES; i++) {
                Tensor one = Objects.requireNonNull(each.get(i).get(value), value);
                if (!isSame(one.data(), 0, all.data(), i * row, row)) {
                    return Optional.of("they change each other's numbers in '" + value + "'");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(float[] a, int fromA, float[] b, int fromB, int length) {
        double largest = 0;
        double off = 0;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, Math.abs(a[fromA + i]));
            off = Math.max(off, Math.abs(a[fromA + i] - b[fromB + i]));
        }
        return off <= TOLERANCE * largest;
    }

    private Tensor image(int i) {
        int[] shape = images.shape().clone();
        shape[0] = 1;
        int length = images.size() / IMAGES;
        return Tensor.of(Arrays.copyOfRange(images.data(), i * length, (i + 1) * length), shape);
    }

    /** The first sizes above one that its reshapes have as constants. */
    private Set<Integer> constantBatches() {
        Set<String> shapes = new LinkedHashSet<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            if (node.getOpType().equals("Reshape") && node.getInputCount() > 1) {
                shapes.add(node.getInput(1));
            }
        }
        Set<Integer> batches = new LinkedHashSet<>();
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            if (shapes.contains(tensor.getName())) {
                first(tensor).ifPresent(batches::add);
            }
        }
        for (NodeProto node : model.getGraph().getNodeList()) {
            if (node.getOpType().equals("Constant") && shapes.contains(node.getOutput(0))) {
                for (AttributeProto attribute : node.getAttributeList()) {
                    if (attribute.hasT()) {
                        first(attribute.getT()).ifPresent(batches::add);
                    }
                }
            }
        }
        return batches;
    }

    private static Optional<Integer> first(TensorProto tensor) {
        long first = 0;
        if (tensor.getInt64DataCount() > 0) {
            first = tensor.getInt64Data(0);
        } else if (tensor.getRawData().size() >= Long.BYTES) {
            first = tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .getLong(0);
        }
        return first > 1 && first <= LARGEST ? Optional.of((int) first) : Optional.empty();
    }
}
