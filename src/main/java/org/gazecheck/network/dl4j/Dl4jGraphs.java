package org.gazecheck.network.dl4j;

import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Head;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Section;

/**
 * Built-in networks as DL4J graphs, in NCHW: with oneDNN, DL4J's backward pass in NHWC is silently wrong. Vertices are
 * named as the activations are: {@code layer1.0} is a block's output after its ReLU, {@code avgpool} the features,
 * {@code fc} the logits.
 */
public final class Dl4jGraphs {
    private Dl4jGraphs() {}

    /**
     * From the plan's input (the vertex "input") to its last tap; no loss, so that the outputs are plain activations.
     *
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static ComputationGraph inference(BuiltInNetwork network, InferencePlan plan) {
        return graph(network, Section.of(network.architecture(), plan), WorkspaceMode.ENABLED);
    }

    /** From image to softmax, of DL4J's own layers (and a {@link HellingerVertex} where the head asks for it). */
    public static ComputationGraph classifier(BuiltInNetwork network) {
        Section section = Section.whole(network.architecture(), Section.End.PROBABILITIES);
        return graph(network, section, WorkspaceMode.ENABLED);
    }

    static ComputationGraph graph(BuiltInNetwork network, Section section, WorkspaceMode workspaces) {
        Head head = section.head() ? Parameters.head(network) : null;
        ComputationGraph graph =
                new ComputationGraph(GraphConfiguration.of(network.architecture(), section, head, workspaces));
        Parameters.initialise(graph, network, section);
        return graph;
    }
}
