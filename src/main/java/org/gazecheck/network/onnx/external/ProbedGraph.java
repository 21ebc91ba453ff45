package org.gazecheck.network.onnx.external;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.backward.ForwardGraph;
import org.gazecheck.network.onnx.backward.Shape;
import org.gazecheck.network.onnx.backward.Value;
import org.gazecheck.network.onnx.runtime.OnnxPart;
import org.gazecheck.network.onnx.runtime.Output;
import org.jspecify.annotations.Nullable;

/**
 * An external graph with the sizes of its values, which are found in passes over one image and two: what differs counts images.
 */
final class ProbedGraph implements ForwardGraph {
    private final ExternalGraph graph;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, TensorProto> initializers;

    private ProbedGraph(ExternalGraph graph) {
        this.graph = graph;
        this.initializers = graph.initializers();
    }

    /**
     * @param one image as the model takes it
     * @param two of them
     */
    static ProbedGraph of(ExternalGraph graph, Tensor one, Tensor two) {
        ProbedGraph probed = new ProbedGraph(graph);
        Set<String> ofImage = new LinkedHashSet<>();
        Set<String> constants = new LinkedHashSet<>();
        for (NodeProto node : graph.subgraph()) {
            for (String input : node.getInputList()) {
                if (!input.isEmpty()) {
                    (graph.dependsOnImage(input) ? ofImage : constants).add(input);
                }
            }
            node.getOutputList().stream().filter(output -> !output.isEmpty()).forEach(ofImage::add);
        }
        ofImage.add(graph.logits());
        ofImage.remove(graph.image());
        probed.probe(List.copyOf(ofImage), one, two);
        probed.probe(List.copyOf(constants));
        return probed;
    }

    private void probe(List<String> names, Tensor one, Tensor two) {
        Map<String, Output> first;
        Map<String, Output> second;
        try (OnnxPart part = OnnxPart.open(graph.cut(names), graph.rows(), 0)) {
            int rows = graph.rows();
            first = part.outputs(Optional.of(rows > 1 ? repeated(one, rows) : one));
            second = rows > 0 ? first : part.outputs(Optional.of(two));
        }
        first.forEach(
                (name, output) -> value(name, output, second.get(name)).ifPresent(value -> values.put(name, value)));
        Tensor image = graph.rows() > 1 ? repeated(one, graph.rows()) : one;
        List<Long> sizes = Arrays.stream(image.shape()).asLongStream().boxed().toList();
        int type = TensorProto.DataType.FLOAT_VALUE;
        values.put(graph.image(), new Value(type, new Shape(sizes, graph.rows() > 0 ? -1 : 0), true, null, null));
    }

    private static Tensor repeated(Tensor one, int rows) {
        int[] shape = one.shape().clone();
        shape[0] = rows;
        float[] all = new float[rows * one.size()];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(one.data(), 0, all, i * one.size(), one.size());
        }
        return Tensor.of(all, shape);
    }

    /** Empty where more than one dimension counts images, or one otherwise than as a multiple. */
    private static Optional<Shape> shape(Output one, @Nullable Output two) {
        if (two == null || one.shape().size() != two.shape().size()) {
            return Optional.empty();
        }
        int rows = -1;
        for (int d = 0; d < one.shape().size(); d++) {
            long a = one.shape().get(d);
            long b = two.shape().get(d);
            if (a != b) {
                if (rows >= 0 || b != 2 * a) {
                    return Optional.empty();
                }
                rows = d;
            }
        }
        return Optional.of(new Shape(one.shape(), rows));
    }

    /** Numbers are known of what depends on no more of an image than its shape. */
    private Optional<Value> value(String name, Output one, @Nullable Output two) {
        return shape(one, two).map(shape -> {
            Objects.requireNonNull(two, name);
            boolean known = !graph.isInSubgraph(name)
                    && Arrays.equals(one.integers(), two.integers())
                    && Arrays.equals(one.floats(), two.floats());
            return new Value(one.type(), shape, true, known ? one.integers() : null, known ? one.floats() : null);
        });
    }

    private void probe(List<String> constants) {
        if (constants.isEmpty()) {
            return;
        }
        try (OnnxPart part = OnnxPart.open(graph.constants(constants), 0, 0)) {
            part.outputs(Optional.empty()).forEach((output, found) -> {
                String name = output.substring(GraphParts.CONSTANT.length());
                Shape shape = new Shape(found.shape(), -1);
                values.put(name, new Value(found.type(), shape, false, found.integers(), found.floats()));
            });
        }
    }

    @Override
    public String logits() {
        return graph.logits();
    }

    @Override
    public List<NodeProto> dependents(String value) {
        return graph.dependents(value);
    }

    @Override
    public long opset() {
        return graph.opset();
    }

    @Override
    public Optional<Value> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public Optional<TensorProto> initializer(String name) {
        return Optional.ofNullable(initializers.get(name));
    }

    @Override
    public Tensor constant(String name) {
        try (OnnxPart part = OnnxPart.open(graph.constants(List.of(name)), 0, 1)) {
            return Objects.requireNonNull(part.run().get(GraphParts.CONSTANT + name), name);
        }
    }

    @Override
    public Tensor run(NodeProto node, Tensor input, Map<Integer, long[]> integers) {
        Map<Integer, TensorProto> operands = new HashMap<>();
        for (int i = 1; i < node.getInputCount(); i++) {
            Value value = values.get(node.getInput(i));
            if (integers.containsKey(i)) {
                operands.put(i, tensor(List.of((long) integers.get(i).length), integers.get(i)));
            } else if (value != null && value.integers() != null) {
                operands.put(i, tensor(value.shape().sizes(), value.integers()));
            } else if (value != null && value.floats() != null) {
                operands.put(i, tensor(value.shape().sizes(), value.floats()));
            }
        }
        try (OnnxPart part = OnnxPart.open(graph.alone(node, operands), 0, 1)) {
            return part.run(input).values().iterator().next();
        }
    }

    private static TensorProto tensor(List<Long> sizes, long[] numbers) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addAllDims(sizes);
        Arrays.stream(numbers).forEach(tensor::addInt64Data);
        return tensor.build();
    }

    private static TensorProto tensor(List<Long> sizes, float[] numbers) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(sizes);
        for (float number : numbers) {
            tensor.addFloatData(number);
        }
        return tensor.build();
    }
}
