package org.gazecheck.network.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of a {@link TrainedConvolution}. DL4J's own layer computes the forward pass again to find where the
 * activation's derivative is taken; identity does not need to know, and ReLU can tell from the output that it gave.
 */
final class TrainedConvolutionLayer extends ConvolutionLayer {
    private static final long serialVersionUID = 1L;

    private transient @Nullable INDArray output;

    TrainedConvolutionLayer(NeuralNetConfiguration configuration, DataType dataType) {
        super(configuration, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray activations = super.activate(training, workspaces);
        output = training ? activations : null;
        return activations;
    }

    /** Without native acceleration the library's own path. */
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (helper == null || output == null) {
            return super.backpropGradient(epsilon, workspaces);
        }
        var convolution = layerConf();
        IActivation activation = convolution.getActivationFn();
        INDArray delta = activation instanceof ActivationIdentity
                ? epsilon
                : activation.backprop(output, epsilon).getFirst();
        output = null;
        return helper.backpropGradient(
                input,
                getParam(ConvolutionParamInitializer.WEIGHT_KEY),
                getParam(ConvolutionParamInitializer.BIAS_KEY),
                delta,
                convolution.getKernelSize(),
                convolution.getStride(),
                convolution.getPadding(),
                gradientViews.get(ConvolutionParamInitializer.BIAS_KEY),
                gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY),
                activation,
                convolution.getCudnnAlgoMode(),
                convolution.getCudnnBwdFilterAlgo(),
                convolution.getCudnnBwdDataAlgo(),
                convolutionMode,
                convolution.getDilation(),
                convolution.getCnn2dDataFormat(),
                workspaces);
    }
}
