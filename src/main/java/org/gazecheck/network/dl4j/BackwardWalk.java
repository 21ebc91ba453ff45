package org.gazecheck.network.dl4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forward and backward over the vertices of a graph between one vertex and the logits. DL4J's own backward pass keeps no gradients
 * of activations, so the vertices are visited one by one: forward in topological order, backward in reverse, adding up
 * where a vertex feeds several others. Without workspaces, so that every array stays.
 */
final class BackwardWalk implements AutoCloseable {
    private final ComputationGraph graph;
    private final String from;
    private final String logits;
    private final boolean training;
    private final List<String> kept;
    private final int lowest;
    private final Map<String, INDArray> activations = new HashMap<>();
    private final Map<String, INDArray> gradients = new HashMap<>();

    /**
     * Over the whole of a built-in network's graph.
     *
     * @param kept the vertices whose gradients are asked for: none before the first of them is differentiated
     */
    BackwardWalk(ComputationGraph graph, List<String> kept) {
        this(graph, GraphConfiguration.INPUT, GraphConfiguration.LOGITS, true, kept);
    }

    /**
     * @param from the vertex whose output is given; everything that the logits depend on comes after it
     * @param training whether layers compute as in training
     * @param kept as above; empty for a walk forward only
     */
    BackwardWalk(ComputationGraph graph, String from, String logits, boolean training, List<String> kept) {
        this.graph = graph;
        this.from = from;
        this.logits = logits;
        this.training = training;
        this.kept = kept;
        this.lowest = kept.stream().mapToInt(this::position).min().orElse(Integer.MAX_VALUE);
        if (!kept.isEmpty()) {
            graph.initGradientsView();
        }
    }

    private int position(String name) {
        int index = graph.getVertex(name).getVertexIndex();
        int[] order = graph.topologicalSortOrder();
        for (int i = 0; i < order.length; i++) {
            if (order[i] == index) {
                return i;
            }
        }
        throw new IllegalStateException(name + " is not in the graph's order");
    }

    /**
     * @param input the output of the first vertex
     * @param scoreWeights [n, classes]: the gradient at the logits; absent for a walk forward only
     */
    void run(INDArray input, @Nullable INDArray scoreWeights) {
        activations.clear();
        gradients.clear();
        forward(input);
        if (scoreWeights != null) {
            backward(scoreWeights);
        }
        for (GraphVertex vertex : graph.getVertices()) {
            vertex.clear();
        }
    }

    INDArray activations(String vertex) {
        return Objects.requireNonNull(activations.get(vertex), vertex);
    }

    INDArray gradient(String vertex) {
        return Objects.requireNonNull(gradients.get(vertex), vertex);
    }

    private void forward(INDArray input) {
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex vertex = graph.getVertices()[index];
            boolean first = vertex.getVertexName().equals(from);
            if (!first && !isBehind(vertex)) {
                continue;
            }
            INDArray output = first ? input : vertex.doForward(training, workspaces);
            activations.put(vertex.getVertexName(), output);
            if (vertex.getOutputVertices() != null) {
                for (VertexIndices next : vertex.getOutputVertices()) {
                    graph.getVertices()[next.getVertexIndex()].setInput(next.getVertexEdgeNumber(), output, workspaces);
                }
            }
        }
    }

    private boolean isBehind(GraphVertex vertex) {
        for (int i = 0; i < vertex.getNumInputArrays(); i++) {
            int source = vertex.getInputVertices()[i].getVertexIndex();
            if (!activations.containsKey(graph.getVertices()[source].getVertexName())) {
                return false;
            }
        }
        return vertex.getNumInputArrays() > 0;
    }

    private void backward(INDArray scoreWeights) {
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        gradients.put(logits, scoreWeights);
        int[] order = graph.topologicalSortOrder();
        for (int i = order.length - 1; i > lowest; i--) {
            GraphVertex vertex = graph.getVertices()[order[i]];
            INDArray gradient = gradients.get(vertex.getVertexName());
            if (gradient == null) {
                continue;
            }
            vertex.setEpsilon(gradient.dup());
            INDArray[] below = vertex.doBackward(false, workspaces).getSecond();
            for (int edge = 0; edge < below.length; edge++) {
                int source = vertex.getInputVertices()[edge].getVertexIndex();
                String name = graph.getVertices()[source].getVertexName();
                gradients.merge(name, below[edge], INDArray::add);
            }
            if (!kept.contains(vertex.getVertexName())) {
                gradients.remove(vertex.getVertexName());
            }
        }
    }

    @Override
    public void close() {
        if (!kept.isEmpty()) {
            graph.getGradientsViewArray().close();
        }
    }
}
