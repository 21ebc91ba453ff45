package org.gazecheck.network.dl4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forward and backward over the vertices of a graph that ends in the logits. DL4J's own backward pass keeps no gradients
 * of activations, so the vertices are visited one by one: forward in topological order, backward in reverse, adding up
 * where a vertex feeds several others. Without workspaces, so that every array stays.
 */
final class BackwardWalk implements AutoCloseable {
    private final ComputationGraph graph;
    private final List<String> kept;
    private final int lowest;
    private final Map<String, INDArray> activations = new HashMap<>();
    private final Map<String, INDArray> gradients = new HashMap<>();

    /** @param kept the vertices whose gradients are asked for: none before the first of them is differentiated */
    BackwardWalk(ComputationGraph graph, List<String> kept) {
        this.graph = graph;
        this.kept = kept;
        this.lowest = kept.stream().mapToInt(this::position).min().orElseThrow();
        graph.initGradientsView();
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

    /** @param scoreWeights [n, classes]: the gradient at the logits */
    void run(INDArray input, INDArray scoreWeights) {
        activations.clear();
        gradients.clear();
        forward(input);
        backward(scoreWeights);
        for (GraphVertex vertex : graph.getVertices()) {
            vertex.clear();
        }
    }

    INDArray activations(String vertex) {
        return activations.get(vertex);
    }

    INDArray gradient(String vertex) {
        return gradients.get(vertex);
    }

    private void forward(INDArray input) {
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex vertex = graph.getVertices()[index];
            INDArray output = vertex.isInputVertex() ? input : vertex.doForward(true, workspaces);
            activations.put(vertex.getVertexName(), output);
            if (vertex.getOutputVertices() != null) {
                for (VertexIndices next : vertex.getOutputVertices()) {
                    graph.getVertices()[next.getVertexIndex()].setInput(next.getVertexEdgeNumber(), output, workspaces);
                }
            }
        }
    }

    private void backward(INDArray scoreWeights) {
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        gradients.put(GraphConfiguration.LOGITS, scoreWeights);
        int[] order = graph.topologicalSortOrder();
        for (int i = order.length - 1; i > lowest; i--) {
            GraphVertex vertex = graph.getVertices()[order[i]];
            INDArray gradient = gradients.get(vertex.getVertexName());
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
        graph.getGradientsViewArray().close();
    }
}
