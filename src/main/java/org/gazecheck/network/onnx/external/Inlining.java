package org.gazecheck.network.onnx.external;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.network.WeightsException;

/**
 * A graph without functions of its own and without branches whose condition is a constant: the nodes of both stand in the place
 * of the node that calls them, and values inside are named after it. Nothing is computed here.
 */
final class Inlining {
    /** Functions that call functions may grow without end. */
    private static final int MOST_NODES = 1 << 17;

    private static final int DEEPEST = 64;
    private static final String BRANCHING = "If";

    private final ModelProto model;
    private final LocalFunctions functions;
    private final GraphProto.Builder graph;
    private final Set<String> taken = new HashSet<>();
    private final ConstantConditions conditions = new ConstantConditions();
    private final Deque<String> calls = new ArrayDeque<>();
    private int visited;
    private long bytes;

    private Inlining(ModelProto model) throws WeightsException {
        this.model = model;
        this.functions = LocalFunctions.of(model);
        this.graph = model.getGraph().toBuilder().clearNode();
    }

    /** @throws WeightsException if a function calls itself, is not there as it is called, or the graph grows too large */
    static ModelProto of(ModelProto model) throws WeightsException {
        boolean plain = model.getFunctionsCount() == 0
                && model.getGraph().getNodeList().stream().noneMatch(Inlining::isBranching);
        return plain ? model : new Inlining(model).inlined();
    }

    private static boolean isBranching(NodeProto node) {
        return node.getOpType().equals(BRANCHING) && ExternalFile.isPlain(node.getDomain());
    }

    private ModelProto inlined() throws WeightsException {
        GraphProto whole = model.getGraph();
        whole.getInputList().forEach(input -> taken.add(input.getName()));
        for (TensorProto tensor : whole.getInitializerList()) {
            taken.add(tensor.getName());
            conditions.add(tensor);
        }
        whole.getNodeList().forEach(node -> taken.addAll(node.getOutputList()));
        for (NodeProto node : whole.getNodeList()) {
            add(node);
        }
        return model.toBuilder().clearFunctions().setGraph(graph).build();
    }

    private void add(NodeProto node) throws WeightsException {
        visited++;
        bytes += node.getSerializedSize();
        if (visited > MOST_NODES || bytes > ExternalFile.LARGEST) {
            throw new WeightsException("it has more than " + MOST_NODES + " operators, or "
                    + (ExternalFile.LARGEST >> 30) + " GiB, with those of its functions at each call");
        }
        Optional<FunctionProto> function = functions.find(node);
        if (function.isPresent()) {
            call(node, function.get());
            return;
        }
        Optional<Boolean> condition =
                isBranching(node) && node.getInputCount() == 1 ? conditions.of(node.getInput(0)) : Optional.empty();
        if (condition.isPresent()) {
            branch(node, condition.get() ? "then_branch" : "else_branch");
            return;
        }
        conditions.add(node);
        graph.addNode(node);
    }

    private void call(NodeProto node, FunctionProto function) throws WeightsException {
        String name = node.getDomain() + " " + node.getOpType();
        if (calls.contains(name) || calls.size() >= DEEPEST) {
            throw new WeightsException(
                    "its function '" + node.getOpType() + "' calls itself, or is called through more than " + DEEPEST);
        }
        if (node.getInputCount() > function.getInputCount() || node.getOutputCount() > function.getOutputCount()) {
            throw new WeightsException("its function '" + node.getOpType() + "' is called with " + node.getInputCount()
                    + " operands and " + node.getOutputCount() + " outputs, and has " + function.getInputCount()
                    + " and " + function.getOutputCount());
        }
        Map<String, String> renamed = new HashMap<>();
        for (int i = 0; i < function.getInputCount(); i++) {
            renamed.put(function.getInput(i), i < node.getInputCount() ? node.getInput(i) : "");
        }
        calls.push(name);
        body(
                LocalFunctions.body(function, node),
                new Renaming(title(node), renamed, true),
                function.getOutputList(),
                node);
        calls.pop();
    }

    private void branch(NodeProto node, String which) throws WeightsException {
        GraphProto body = node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(which) && attribute.hasG())
                .map(AttributeProto::getG)
                .findFirst()
                .orElseThrow(() -> new WeightsException("its If '" + node.getName() + "' has no " + which));
        List<String> outputs =
                body.getOutputList().stream().map(output -> output.getName()).toList();
        if (body.getInputCount() > 0
                || body.getSparseInitializerCount() > 0
                || outputs.size() < node.getOutputCount()) {
            throw new WeightsException("its If '" + node.getName() + "' has a " + which + " that does not fit it");
        }
        Map<String, String> renamed = new HashMap<>();
        String title = title(node);
        for (TensorProto tensor : body.getInitializerList()) {
            if (ExternalFile.isOutside(tensor)) {
                throw new WeightsException("the constant '" + tensor.getName() + "' lies outside the file");
            }
            String fresh = fresh(title, tensor.getName());
            renamed.put(tensor.getName(), fresh);
            TensorProto moved = tensor.toBuilder().setName(fresh).build();
            conditions.add(moved);
            graph.addInitializer(moved);
        }
        body(body.getNodeList(), new Renaming(title, renamed, false), outputs, node);
    }

    /** @param outputs of the body, which stand for those of the node that calls it */
    private void body(List<NodeProto> nodes, Renaming renaming, List<String> outputs, NodeProto caller)
            throws WeightsException {
        Map<String, String> inner = new LinkedHashMap<>();
        Map<String, String> direct = new HashMap<>();
        for (int i = 0; i < caller.getOutputCount(); i++) {
            if (!caller.getOutput(i).isEmpty()) {
                inner.put(caller.getOutput(i), outputs.get(i));
                direct.putIfAbsent(outputs.get(i), caller.getOutput(i));
            }
        }
        for (NodeProto node : nodes) {
            for (String output : node.getOutputList()) {
                if (!output.isEmpty()) {
                    String outer = direct.remove(output);
                    if (outer == null) {
                        renaming.put(output, fresh(renaming.title(), output));
                    } else {
                        inner.remove(outer);
                        renaming.put(output, outer);
                    }
                }
            }
            add(renaming.of(node));
        }
        for (Map.Entry<String, String> left : inner.entrySet()) {
            add(NodeProto.newBuilder()
                    .setOpType("Identity")
                    .setName(renaming.title() + "/" + left.getValue())
                    .addInput(renaming.of(left.getValue()))
                    .addOutput(left.getKey())
                    .build());
        }
    }

    private String fresh(String title, String name) {
        String plain = title + "/" + name;
        String fresh = plain;
        for (int i = 2; !taken.add(fresh); i++) {
            fresh = plain + "-" + i;
        }
        return fresh;
    }

    private static String title(NodeProto node) {
        return node.getName().isEmpty() ? String.join("", node.getOutputList()) : node.getName();
    }
}
