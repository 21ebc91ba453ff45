package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * An external ONNX graph. Its subgraph between image and logits are the nodes that depend on the image's numbers (not only
 * on their shape) and that the logits depend on.
 */
final class ExternalGraph {
    private static final Set<String> SHAPE_ONLY = Set.of("Shape", "Size", "ConstantOfShape");

    private static final Set<String> SCALING = Set.of("Add", "Sub", "Mul", "Div", "BatchNormalization");
    private static final Set<String> KEEPING_NUMBERS = Set.of("Identity", "Transpose", "Cast", "Pad", "Reshape");

    static final String CONSTANT = "constant ";

    private static final int STATED = -1;
    private static final Set<String> PLAIN = Set.of("", "ai.onnx");

    private final ModelProto model;
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

    /** The operators that shift and scale the image by constants before anything else is done with it. */
    List<String> scalingOfTheImage() {
        List<String> scaling = new ArrayList<>();
        String value = image;
        while (true) {
            String from = value;
            List<NodeProto> uses = subgraph.stream()
                    .filter(node -> node.getInputList().contains(from))
                    .toList();
            if (uses.size() != 1) {
                return scaling;
            }
            NodeProto node = uses.get(0);
            boolean constant = node.getInputList().stream()
                    .filter(input -> !input.equals(from))
                    .noneMatch(subgraphValues::contains);
            if (SCALING.contains(node.getOpType()) && constant) {
                scaling.add(node.getOpType());
            } else if (!KEEPING_NUMBERS.contains(node.getOpType())) {
                return scaling;
            }
            value = node.getOutput(0);
        }
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

    /**
     * One node as a model, of which the first operand is the input, and the others are given by position.
     *
     * @throws IllegalArgumentException if one is missing
     */
    byte[] alone(NodeProto node, Map<Integer, TensorProto> operands) {
        GraphProto.Builder part = GraphProto.newBuilder().setName("part");
        NodeProto.Builder copy = node.toBuilder();
        for (int i = 1; i < node.getInputCount(); i++) {
            if (!node.getInput(i).isEmpty()) {
                TensorProto operand = operands.get(i);
                if (operand == null) {
                    throw new IllegalArgumentException("no operand " + node.getInput(i));
                }
                copy.setInput(i, "operand " + i);
                part.addInitializer(operand.toBuilder().setName("operand " + i));
            }
        }
        part.addNode(copy.setInput(0, "alone").clearOutput().addOutput("found"));
        part.addInput(named("alone"));
        part.addOutput(ValueInfoProto.newBuilder().setName("found"));
        return model.toBuilder().setGraph(part).build().toByteArray();
    }

    /** The nodes that give some values, in order; what they need is added to the values. */
    private List<NodeProto> before(Set<String> wanted) {
        List<NodeProto> kept = new ArrayList<>();
        List<NodeProto> nodes = model.getGraph().getNodeList();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (nodes.get(i).getOutputList().stream().anyMatch(wanted::contains)) {
                kept.add(nodes.get(i));
                wanted.addAll(nodes.get(i).getInputList());
            }
        }
        Collections.reverse(kept);
        return kept;
    }

    /** The model from its image to some of its values. */
    byte[] cut(List<String> outputs) {
        return cut(image, outputs);
    }

    /**
     * The part of the model between one value and others, which may be constants too.
     *
     * @param from the image or the output of a cut vertex
     * @throws IllegalArgumentException if the outputs depend on the image otherwise than through {@code from}
     */
    byte[] cut(String from, List<String> outputs) {
        GraphProto whole = model.getGraph();
        Set<String> wanted = new LinkedHashSet<>(outputs);
        List<NodeProto> kept = new ArrayList<>();
        for (int i = whole.getNodeCount() - 1; i >= 0; i--) {
            NodeProto node = whole.getNode(i);
            boolean gives = node.getOutputList().stream().anyMatch(wanted::contains);
            if (gives && !node.getOutputList().contains(from)) {
                kept.add(node);
                wanted.addAll(node.getInputList());
            }
        }
        Collections.reverse(kept);
        if (!from.equals(image) && wanted.contains(image)) {
            throw new IllegalArgumentException("the image reaches " + outputs + " around " + from);
        }
        GraphProto.Builder part = GraphProto.newBuilder().setName("part").addAllNode(kept);
        for (TensorProto tensor : whole.getInitializerList()) {
            if (wanted.contains(tensor.getName())) {
                part.addInitializer(tensor);
            }
        }
        if (wanted.contains(from)) {
            part.addInput(from.equals(image) ? imageInput() : named(from));
        }
        for (String output : outputs) {
            part.addOutput(ValueInfoProto.newBuilder().setName(output));
        }
        return model.toBuilder().setGraph(part).build().toByteArray();
    }

    /** A model without inputs that gives constants under their own names with "constant " before. */
    byte[] constants(List<String> names) {
        GraphProto.Builder part =
                model.getGraph().toBuilder().clearInput().clearOutput().clearNode();
        Set<String> wanted = new HashSet<>(names);
        part.addAllNode(before(wanted)).clearInitializer().clearValueInfo();
        model.getGraph().getInitializerList().stream()
                .filter(tensor -> wanted.contains(tensor.getName()))
                .forEach(part::addInitializer);
        for (String name : names) {
            String output = CONSTANT + name;
            part.addNode(
                    NodeProto.newBuilder().setOpType("Identity").addInput(name).addOutput(output));
            part.addOutput(ValueInfoProto.newBuilder().setName(output));
        }
        return model.toBuilder().setGraph(part).build().toByteArray();
    }

    /** Images in a pass; 0: any number. */
    int rows() {
        return rows == STATED ? fixedBatch() : rows;
    }

    /** Images in a pass, where the input states it; otherwise 0. */
    int fixedBatch() {
        List<Long> shape = sizes(imageInput());
        return shape.isEmpty() ? 0 : Math.toIntExact(shape.get(0));
    }

    /** Sizes of an input, 0 where they are free; empty where nothing is said. */
    static List<Long> sizes(ValueInfoProto input) {
        return input.getType().getTensorType().getShape().getDimList().stream()
                .map(size -> size.hasDimValue() && size.getDimValue() > 0 ? size.getDimValue() : 0)
                .toList();
    }

    private ValueInfoProto imageInput() {
        return model.getGraph().getInputList().stream()
                .filter(input -> input.getName().equals(image))
                .findFirst()
                .orElseThrow();
    }

    /** Single precision, of any shape. */
    private static ValueInfoProto named(String name) {
        TypeProto.Tensor type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
