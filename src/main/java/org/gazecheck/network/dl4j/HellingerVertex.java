package org.gazecheck.network.dl4j;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@code u = s / |s|} with {@code s_k = sqrt(f_k + epsilon)}, from features [n, d] to [n, d]: what
 * {@link org.gazecheck.network.HellingerHead} does before its dense layer. Public because DL4J makes it again from an
 * archive's configuration.
 */
public final class HellingerVertex extends GraphVertex {
    private static final long serialVersionUID = 1L;

    private final float epsilon;

    public HellingerVertex(@JsonProperty("epsilon") float epsilon) {
        this.epsilon = epsilon;
    }

    /** Added to every feature before the root. */
    @JsonProperty("epsilon")
    public float getEpsilon() {
        return epsilon;
    }

    @Override
    public GraphVertex clone() {
        return new HellingerVertex(epsilon);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HellingerVertex vertex && vertex.epsilon == epsilon;
    }

    @Override
    public int hashCode() {
        return Float.hashCode(epsilon);
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 1;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        return new HellingerVertexComputation(graph, name, index, epsilon, dataType);
    }

    @Override
    public InputType getOutputType(int index, InputType... inputs) {
        return inputs[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder(null, HellingerVertex.class, inputs[0], inputs[0])
                .standardMemory(0, 0)
                .workingMemory(0, inputs[0].arrayElementsPerExample(), 0, 3 * inputs[0].arrayElementsPerExample())
                .cacheMemory(0, 0)
                .build();
    }
}
