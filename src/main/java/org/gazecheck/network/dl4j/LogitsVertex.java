package org.gazecheck.network.dl4j;

import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.gazecheck.network.WeightsException;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * Turns the end of a graph into its logits: losses become plain layers with the same parameters, and the softmax at the
 * end the identity.
 */
final class LogitsVertex {
    private LogitsVertex() {}

    /**
     * Changes the configuration.
     *
     * @return the vertex that then gives logits
     * @throws IOException if the graph does not end in one classification
     */
    static String expose(ComputationGraphConfiguration configuration) throws IOException {
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
                return output;
            }
            if (!(activation instanceof ActivationIdentity)) {
                throw new WeightsException("'" + vertex + "' ends it with the activation " + activation
                        + ", where softmax or none is expected");
            }
            boolean passes = layer.getLayerConf().getLayer() instanceof ActivationLayer;
            String before = configuration
                    .getVertexInputs()
                    .getOrDefault(vertex, List.of())
                    .get(0);
            if (!passes || !(configuration.getVertices().get(before) instanceof LayerVertex)) {
                return output;
            }
            if (activation(layer(configuration, before)) instanceof ActivationSoftmax) {
                vertex = before;
            } else {
                return output;
            }
        }
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
