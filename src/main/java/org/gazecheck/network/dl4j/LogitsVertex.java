package org.gazecheck.network.dl4j;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.gazecheck.network.Scores;
import org.gazecheck.network.WeightsException;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * Turns the end of a graph into its logits: losses become plain layers with the same parameters, and the softmax or sigmoid at
 * the end the identity.
 *
 * @param vertex that then gives logits
 * @param scores what they are of
 */
record LogitsVertex(String vertex, Scores scores) {
    private static final String FIRST = "gazecheck-first";
    private static final String SECOND = "gazecheck-second";
    private static final String BOTH = "gazecheck-both";

    /**
     * Changes the configuration.
     *
     * @param independent whether several sigmoids are taken
     * @throws IOException if the graph does not end in one classification
     */
    static LogitsVertex expose(ComputationGraphConfiguration configuration, boolean independent) throws IOException {
        List<String> outputs = configuration.getNetworkOutputs();
        if (outputs.size() != 1 || configuration.getNetworkInputs().size() != 1) {
            throw new WeightsException(
                    "it has " + configuration.getNetworkInputs().size() + " inputs and " + outputs.size()
                            + " outputs, where an image classifier has one of each");
        }
        String output = outputs.get(0);
        String vertex = output;
        while (true) {
            LayerVertex layer = layer(configuration, vertex);
            plain(layer);
            IActivation activation = activation(layer);
            if (activation instanceof ActivationSoftmax) {
                setIdentity(layer);
                return new LogitsVertex(output, Scores.EXCLUSIVE);
            }
            if (activation instanceof ActivationSigmoid) {
                setIdentity(layer);
                return ofSigmoids(configuration, output, vertex, independent);
            }
            if (!(activation instanceof ActivationIdentity)) {
                throw new WeightsException("'" + vertex + "' ends it with the activation " + activation
                        + ", where softmax, sigmoid or none is expected");
            }
            boolean passes = layer.getLayerConf().getLayer() instanceof ActivationLayer;
            String before = configuration
                    .getVertexInputs()
                    .getOrDefault(vertex, List.of())
                    .get(0);
            if (!passes || !(configuration.getVertices().get(before) instanceof LayerVertex)) {
                return new LogitsVertex(output, Scores.EXCLUSIVE);
            }
            IActivation earlier = activation(layer(configuration, before));
            if (earlier instanceof ActivationSoftmax || earlier instanceof ActivationSigmoid) {
                vertex = before;
            } else {
                return new LogitsVertex(output, Scores.EXCLUSIVE);
            }
        }
    }

    private static LogitsVertex ofSigmoids(
            ComputationGraphConfiguration configuration, String output, String last, boolean independent)
            throws IOException {
        if (numbers(configuration, last) == 1) {
            return new LogitsVertex(both(configuration, output), Scores.BINARY);
        }
        if (!independent) {
            throw new WeightsException(
                    "it ends in a sigmoid: its classes do not exclude each other, which the audit's figures assume");
        }
        return new LogitsVertex(output, Scores.INDEPENDENT);
    }

    /** That a layer gives, or the last one before it that has weights. */
    private static long numbers(ComputationGraphConfiguration configuration, String vertex) throws IOException {
        String name = vertex;
        while (layer(configuration, name).getLayerConf().getLayer() instanceof ActivationLayer) {
            name = configuration.getVertexInputs().getOrDefault(name, List.of()).get(0);
        }
        return layer(configuration, name).getLayerConf().getLayer() instanceof FeedForwardLayer layer
                ? layer.getNOut()
                : 0;
    }

    /** Of one number z the logits -z/2 and z/2 of two classes, whose softmax is the sigmoid of z. */
    private static String both(ComputationGraphConfiguration configuration, String single) {
        add(configuration, FIRST, new ScaleVertex(-0.5), single);
        add(configuration, SECOND, new ScaleVertex(0.5), single);
        add(configuration, BOTH, new MergeVertex(), FIRST, SECOND);
        configuration.setNetworkOutputs(new ArrayList<>(List.of(BOTH)));
        configuration.setTopologicalOrder(null);
        configuration.setTopologicalOrderStr(null);
        return BOTH;
    }

    private static void add(
            ComputationGraphConfiguration configuration, String name, GraphVertex vertex, String... inputs) {
        configuration.getVertices().put(name, vertex);
        configuration.getVertexInputs().put(name, new ArrayList<>(List.of(inputs)));
    }

    private static LayerVertex layer(ComputationGraphConfiguration configuration, String name) throws IOException {
        GraphVertex vertex = configuration.getVertices().get(name);
        if (vertex instanceof LayerVertex layer) {
            return layer;
        }
        throw new WeightsException("'" + name + "' ends it, which is no layer");
    }

    private static void plain(LayerVertex vertex) throws IOException {
        Layer layer = vertex.getLayerConf().getLayer();
        if (layer instanceof OutputLayer output) {
            DenseLayer dense = new DenseLayer.Builder()
                    .name(output.getLayerName())
                    .nIn(output.getNIn())
                    .nOut(output.getNOut())
                    .hasBias(output.hasBias())
                    .activation(output.getActivationFn())
                    .build();
            dense.setWeightInitFn(output.getWeightInitFn());
            dense.setIUpdater(output.getIUpdater());
            dense.setBiasUpdater(output.getBiasUpdater());
            vertex.getLayerConf().setLayer(dense);
        } else if (layer instanceof LossLayer loss) {
            ActivationLayer activation = new ActivationLayer(loss.getActivationFn());
            activation.setLayerName(loss.getLayerName());
            vertex.getLayerConf().setLayer(activation);
        } else if (!(layer instanceof ActivationLayer) && !layer.getClass().equals(DenseLayer.class)) {
            throw new WeightsException("it ends in a layer of the kind "
                    + layer.getClass().getSimpleName() + ", which is not known as the end of a classifier");
        }
        vertex.setOutputVertex(false);
    }

    private static IActivation activation(LayerVertex vertex) {
        Layer layer = vertex.getLayerConf().getLayer();
        if (layer instanceof ActivationLayer activation) {
            return activation.getActivationFn();
        }
        return layer instanceof BaseLayer base ? base.getActivationFn() : new ActivationIdentity();
    }

    private static void setIdentity(LayerVertex vertex) {
        Layer layer = vertex.getLayerConf().getLayer();
        if (layer instanceof ActivationLayer activation) {
            activation.setActivationFn(new ActivationIdentity());
        } else {
            ((BaseLayer) layer).setActivationFn(new ActivationIdentity());
        }
    }
}
