package org.gazecheck.network.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A DL4J convolution with the same parameters and the same results, which does not compute its forward pass a second
 * time during the backward pass. Public because DL4J makes it again from a saved graph's configuration.
 */
public final class TrainedConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1L;

    /** For DL4J's reader of configurations. */
    public TrainedConvolution() {}

    TrainedConvolution(ConvolutionLayer.Builder builder) {
        super(builder);
        initializeConstraints(builder);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        LayerValidation.assertNInNOutSet("TrainedConvolution", getLayerName(), index, getNIn(), getNOut());
        TrainedConvolutionLayer layer = new TrainedConvolutionLayer(configuration, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        ParamInitializer initializer = initializer();
        layer.setParamTable(initializer.init(configuration, parameters, initialise));
        layer.setConf(configuration);
        return layer;
    }
}
