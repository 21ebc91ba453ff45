package org.gazecheck.network.onnx.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.backward.ForwardGraph;
import org.gazecheck.network.onnx.backward.GradientNodes;
import org.gazecheck.network.onnx.backward.Shape;
import org.gazecheck.network.onnx.backward.Value;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/** The nodes of {@link ForwardNodes} as far as the features, with the sizes of their values for images of one size. */
final class SizedForward implements ForwardGraph {
    private final List<NodeProto> nodes = new ArrayList<>();
    private final Map<String, Value> values = new HashMap<>();

    /** @param row sizes of one of the inputs, [c, h, w] */
    SizedForward(GraphBuilder graph, int[] row) {
        for (TensorProto tensor : graph.initializers()) {
            Shape shape = new Shape(tensor.getDimsList(), -1);
            values.put(tensor.getName(), new Value(tensor.getDataType(), shape, false, null, null));
        }
        ofImage(OnnxModels.INPUT, row[0], row[1], row[2]);
        for (NodeProto node : graph.nodes()) {
            if (add(node)) {
                nodes.add(node);
            }
        }
    }

    private boolean add(NodeProto node) {
        Value before = values.get(node.getInput(0));
        if (before == null || !before.ofImage()) {
            return false;
        }
        List<Long> in = before.shape().sizes();
        switch (node.getOpType()) {
            case "Relu", "Add" -> values.put(node.getOutput(0), before);
            case "MaxPool" -> moved(node, in, in.get(1));
            case "Conv" -> {
                Value kernel = value(node.getInput(1)).orElseThrow();
                moved(node, in, kernel.shape().sizes().get(0));
            }
            case "GlobalAveragePool" -> ofImage(node.getOutput(0), in.get(1), 1, 1);
            case "Flatten" -> ofImage(node.getOutput(0), in.get(1));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** By a window over rows and columns. */
    private void moved(NodeProto node, List<Long> in, long channels) {
        List<Long> kernel = integers(node, "kernel_shape");
        List<Long> strides = integers(node, "strides");
        List<Long> pads = integers(node, "pads");
        long[] out = new long[2];
        for (int d = 0; d < 2; d++) {
            out[d] = (in.get(2 + d) + pads.get(d) + pads.get(2 + d) - kernel.get(d)) / strides.get(d) + 1;
        }
        ofImage(node.getOutput(0), channels, out[0], out[1]);
    }

    private static List<Long> integers(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .map(AttributeProto::getIntsList)
                .findFirst()
                .orElseThrow();
    }

    private void ofImage(String name, long... sizes) {
        List<Long> all = new ArrayList<>(List.of(1L));
        for (long size : sizes) {
            all.add(size);
        }
        values.put(name, new Value(TensorProto.DataType.FLOAT_VALUE, new Shape(all, 0), true, null, null));
    }

    /** [h, w] of a value. */
    long[] sides(String value) {
        List<Long> sizes = value(value).orElseThrow().shape().sizes();
        return new long[] {sizes.get(2), sizes.get(3)};
    }

    long channels(String value) {
        return value(value).orElseThrow().shape().sizes().get(1);
    }

    @Override
    public String logits() {
        return ForwardNodes.LOGITS;
    }

    @Override
    public List<NodeProto> dependents(String value) {
        Set<String> reached = new HashSet<>(Set.of(value));
        List<NodeProto> dependents = new ArrayList<>();
        for (NodeProto node : nodes) {
            if (node.getInputList().stream().anyMatch(reached::contains)) {
                dependents.add(node);
                reached.addAll(node.getOutputList());
            }
        }
        return dependents;
    }

    @Override
    public long opset() {
        return GradientNodes.OPSET;
    }

    @Override
    public Optional<Value> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public Optional<TensorProto> initializer(String name) {
        return Optional.empty();
    }

    @Override
    public Tensor constant(String name) {
        throw new UnsupportedOperationException("constants are in the graph");
    }

    @Override
    public Tensor run(NodeProto node, Tensor input, Map<Integer, long[]> integers) {
        throw new UnsupportedOperationException("nothing is run while a network is written");
    }
}
