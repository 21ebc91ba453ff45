package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;

/**
 * An external ONNX graph. Its subgraph between image and logits are the nodes that depend on the image's numbers (not only
 * on their shape) and that the logits depend on.
 */
final class ExternalGraph {
    private static final Set<String> SHAPE_ONLY = Set.of("Shape", "Size", "ConstantOfShape");

    private static final int STATED = -1;
    private static final Set<String> PLAIN = Set.of("", "ai.onnx");

    private final ModelProto model;
    private final GraphParts parts;
    private final int rows;
    private final String image;
    private final String logits;
    private final Map<String, NodeProto> producers = new HashMap<>();
    private final List<NodeProto> subgraph = new ArrayList<>();
    private final Set<String> subgraphValues = new HashSet<>();
    private final Set<String> dependent = new HashSet<>();

    /** As {@link #ExternalGraph(ModelProto, String, String, int)}, with as many images in a pass as the input states. */
    ExternalGraph(ModelProto model, String image, String logits) {
        this(model, image, logits, STATED);
    }

    /**
     * @param logits the value that holds them; those after it are left out
     * @param rows images in a pass; 0: any number
     */
    ExternalGraph(ModelProto model, String image, String logits, int rows) {
        this.model = model;
        this.parts = new GraphParts(model, image);
        this.rows = rows;
        this.image = image;
        this.logits = logits;
        List<NodeProto> nodes = model.getGraph().getNodeList();
        Set<String> fromImage = new HashSet<>(Set.of(image));
        dependent.add(image);
        for (NodeProto node : nodes) {
            node.getOutputList().forEach(output -> producers.put(output, node));
            if (node.getInputList().stream().anyMatch(dependent::contains)) {
                dependent.addAll(node.getOutputList());
            }
            if (!SHAPE_ONLY.contains(node.getOpType())
                    && node.getInputList().stream().anyMatch(fromImage::contains)) {
                fromImage.addAll(node.getOutputList());
            }
        }
        Set<String> toLogits = new HashSet<>(Set.of(logits));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            NodeProto node = nodes.get(i);
            boolean leads = node.getOutputList().stream().anyMatch(toLogits::contains);
            if (leads && node.getOutputList().stream().anyMatch(fromImage::contains)) {
                subgraph.add(node);
                toLogits.addAll(node.getInputList());
            }
        }
        Collections.reverse(subgraph);
        subgraphValues.add(image);
        subgraph.forEach(node -> subgraphValues.addAll(node.getOutputList()));
    }

    String image() {
        return image;
    }

    String logits() {
        return logits;
    }

    /** The nodes between image and logits, in order. */
    List<NodeProto> subgraph() {
        return subgraph;
    }

    boolean isInSubgraph(String value) {
        return subgraphValues.contains(value);
    }

    /** Whether a value depends on the image at all, be it only on its shape. */
    boolean dependsOnImage(String value) {
        return dependent.contains(value);
    }

    /** The node that gives a value. */
    Optional<NodeProto> producer(String value) {
        return Optional.ofNullable(producers.get(value));
    }

    /**
     * The cut vertices of the subgraph, in order: nodes whose first output everything passes through, with no path around
     * them.
     */
    List<NodeProto> cutVertices() {
        Map<String, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < subgraph.size(); i++) {
            for (String input : subgraph.get(i).getInputList()) {
                lastUse.put(input, i);
            }
        }
        List<NodeProto> cutVertices = new ArrayList<>();
        int needed = lastUse.getOrDefault(image, -1);
        for (int i = 0; i < subgraph.size(); i++) {
            if (needed <= i) {
                cutVertices.add(subgraph.get(i));
            }
            for (String output : subgraph.get(i).getOutputList()) {
                needed = Math.max(needed, lastUse.getOrDefault(output, -1));
            }
        }
        return cutVertices;
    }

    /** The nodes of the subgraph that depend on a value, in order. */
    List<NodeProto> dependents(String value) {
        Set<String> reached = new HashSet<>(Set.of(value));
        List<NodeProto> dependents = new ArrayList<>();
        for (NodeProto node : subgraph) {
            if (!node.getOutputList().contains(value)
                    && node.getInputList().stream().anyMatch(reached::contains)) {
                dependents.add(node);
                reached.addAll(node.getOutputList());
            }
        }
        return dependents;
    }

    /** Version of ONNX's operators. */
    long opset() {
        return model.getOpsetImportList().stream()
                .filter(set -> PLAIN.contains(set.getDomain()))
                .mapToLong(OperatorSetIdProto::getVersion)
                .findFirst()
                .orElse(1);
    }

    /** Whether inner values are quantised or of half precision, so that what else is asked for changes the last digits. */
    boolean isRounded() {
        return model.getGraph().getNodeList().stream()
                        .anyMatch(node -> node.getOpType().endsWith("QuantizeLinear"))
                || model.getGraph().getInitializerList().stream()
                        .anyMatch(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT16_VALUE);
    }

    /** Constants by name, without those that nodes compute. */
    Map<String, TensorProto> initializers() {
        Map<String, TensorProto> initializers = new HashMap<>();
        model.getGraph().getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        return initializers;
    }

    /** As {@link GraphParts#alone}. */
    byte[] alone(NodeProto node, Map<Integer, TensorProto> operands) {
        return parts.alone(node, operands);
    }

    /** As {@link GraphParts#cut}, from the image on. */
    byte[] cut(List<String> outputs) {
        return parts.cut(image, outputs);
    }

    /** As {@link GraphParts#cut}. */
    byte[] cut(String from, List<String> outputs) {
        return parts.cut(from, outputs);
    }

    /** As {@link GraphParts#constants}. */
    byte[] constants(List<String> names) {
        return parts.constants(names);
    }

    /** Images in a pass; 0: any number. */
    int rows() {
        return rows == STATED ? fixedBatch() : rows;
    }

    /** Images in a pass, where the input states it; otherwise 0. */
    int fixedBatch() {
        List<Long> shape = sizes(parts.imageInput());
        return shape.isEmpty() ? 0 : Math.toIntExact(shape.get(0));
    }

    /** Sizes of an input, 0 where they are free; empty where nothing is said. */
    static List<Long> sizes(ValueInfoProto input) {
        return input.getType().getTensorType().getShape().getDimList().stream()
                .map(size -> size.hasDimValue() && size.getDimValue() > 0 ? size.getDimValue() : 0)
                .toList();
    }
}
