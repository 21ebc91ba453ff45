package org.gazecheck.network.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Section;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The part of a network that is trained, as a DL4J graph: from the activations before the first trained stage (or from
 * the image) to softmax cross-entropy. What lies before is frozen and not in the graph; its activations are the input.
 * Batch norm stays folded into the weights, each kernel's scale at hand in its {@link ParameterGroup}.
 */
public final class TrainableNetwork {
    /** Trains every stage, and the stem. */
    public static final String ALL = "all";

    private final BuiltInNetwork network;
    private final String input;
    private final ComputationGraph graph;
    private final List<ParameterGroup> groups;

    private TrainableNetwork(
            BuiltInNetwork network, String input, ComputationGraph graph, List<ParameterGroup> groups) {
        this.network = network;
        this.input = input;
        this.graph = graph;
        this.groups = groups;
    }

    /**
     * @param network with a head
     * @param from the first trained stage ("layer4"), or "all", which trains the stem too; with "layer1" the graph
     *     starts from the image as well, but the stem is in none of the {@link #groups}
     */
    public static TrainableNetwork from(BuiltInNetwork network, String from) {
        Architecture architecture = network.architecture();
        String input = before(architecture, from);
        Section section = Section.from(architecture, input, Section.End.LOSS);
        ComputationGraph graph = new ComputationGraph(
                GraphConfiguration.of(architecture, section, Parameters.head(network), WorkspaceMode.ENABLED));
        Parameters.initialise(graph, network, section);
        graph.initGradientsView();
        List<ParameterGroup> groups = Parameters.groups(graph, network, section);
        if (section.stem() && !from.equals(ALL)) {
            String stem = architecture.stem().name();
            groups = groups.stream().filter(group -> !group.name().equals(stem)).toList();
        }
        return new TrainableNetwork(network, input, graph, groups);
    }

    private static String before(Architecture architecture, String from) {
        if (from.equals(ALL)) {
            return InferencePlan.IMAGE;
        }
        int stage = architecture.stageNames().indexOf(from);
        if (stage < 0) {
            throw new IllegalArgumentException(
                    "no stage '" + from + "': train from one of " + architecture.stageNames() + " or 'all'");
        }
        return stage == 0 ? InferencePlan.IMAGE : architecture.stageNames().get(stage - 1);
    }

    /** "image", or the stage whose activations the graph starts from ("layer3"). */
    public String input() {
        return input;
    }

    /** For DL4J's own tools; its parameters and gradients are {@link #parameters} and {@link #gradients}. */
    public ComputationGraph graph() {
        return graph;
    }

    /** What is trained; together they need not cover the whole parameter vector. */
    public List<ParameterGroup> groups() {
        return groups;
    }

    /** The live flat parameter vector [p]: writing to it changes the network. */
    public INDArray parameters() {
        return graph.params().reshape(graph.numParams());
    }

    /** The live flat gradient [p] of the last {@link #computeGradients}: summed over the batch, not divided. */
    public INDArray gradients() {
        return graph.getGradientsViewArray().reshape(graph.numParams());
    }

    /**
     * One forward and backward pass.
     *
     * @param inputs [n, c, h, w], activations of {@link #input}
     * @param labels [n, classes], distributions: each row sums to 1
     * @return cross-entropy, mean over the batch
     */
    public double computeGradients(INDArray inputs, INDArray labels) {
        graph.setInputs(inputs);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
        return graph.score();
    }

    /**
     * Logits [n, classes], without a trace in the graph.
     *
     * @param inputs [n, c, h, w], activations of {@link #input}
     */
    public INDArray outputs(INDArray inputs) {
        return graph.output(List.of(GraphConfiguration.LOGITS), false, new INDArray[] {inputs}, null)[0];
    }

    /** The whole network with the trained weights as they are now; what is frozen is as it was. */
    public BuiltInNetwork toBuiltIn() {
        return Parameters.read(graph, network, groups);
    }
}
