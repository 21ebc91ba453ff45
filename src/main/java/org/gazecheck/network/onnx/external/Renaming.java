package org.gazecheck.network.onnx.external;

import java.util.HashMap;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.WeightsException;

/** What values inside of a function or a branch are called outside of it. */
final class Renaming {
    private final String title;
    private final Map<String, String> renamed;
    private final boolean closed;

    /**
     * @param title that names of nodes inside begin with
     * @param closed whether no other values than those inside can be used
     */
    Renaming(String title, Map<String, String> renamed, boolean closed) {
        this.title = title;
        this.renamed = renamed;
        this.closed = closed;
    }

    String title() {
        return title;
    }

    void put(String inside, String outside) {
        renamed.put(inside, outside);
    }

    /** @throws WeightsException if nothing inside is called so, where nothing else can be meant */
    String of(String inside) throws WeightsException {
        String outside = renamed.get(inside);
        if (outside != null) {
            return outside;
        }
        if (closed && !inside.isEmpty()) {
            throw new WeightsException("its function at '" + title + "' uses '" + inside + "', which it has not");
        }
        return inside;
    }

    NodeProto of(NodeProto node) throws WeightsException {
        NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput();
        for (String input : node.getInputList()) {
            copy.addInput(of(input));
        }
        for (String output : node.getOutputList()) {
            copy.addOutput(of(output));
        }
        if (!node.getName().isEmpty()) {
            copy.setName(title + "/" + node.getName());
        }
        for (int i = 0; i < node.getAttributeCount(); i++) {
            copy.setAttribute(i, of(node.getAttribute(i)));
        }
        return copy.build();
    }

    private AttributeProto of(AttributeProto attribute) throws WeightsException {
        AttributeProto.Builder copy = attribute.toBuilder();
        if (attribute.hasG()) {
            copy.setG(of(attribute.getG()));
        }
        for (int i = 0; i < attribute.getGraphsCount(); i++) {
            copy.setGraphs(i, of(attribute.getGraphs(i)));
        }
        return copy.build();
    }

    /** Its own values keep their names. */
    private GraphProto of(GraphProto graph) throws WeightsException {
        Map<String, String> names = new HashMap<>(renamed);
        graph.getInputList().forEach(input -> names.put(input.getName(), input.getName()));
        graph.getInitializerList().forEach(tensor -> names.put(tensor.getName(), tensor.getName()));
        graph.getNodeList().forEach(node -> node.getOutputList().forEach(output -> names.put(output, output)));
        Renaming inner = new Renaming(title, names, closed);
        GraphProto.Builder copy = graph.toBuilder();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            copy.setNode(i, inner.of(graph.getNode(i)));
        }
        for (int i = 0; i < graph.getOutputCount(); i++) {
            copy.getOutputBuilder(i).setName(inner.of(graph.getOutput(i).getName()));
        }
        return copy.build();
    }
}
