package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/** Parts of an external model as models of their own. */
final class GraphParts {
    static final String CONSTANT = "constant ";

    private final ModelProto model;
    private final String image;

    /** @param image name of the input */
    GraphParts(ModelProto model, String image) {
        this.model = model;
        this.image = image;
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

    ValueInfoProto imageInput() {
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
