package org.gazecheck.network.dl4j;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Architecture.Residual;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.Section;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Writes a {@link Section} as a DL4J configuration, in NCHW. Vertices are named as the network's activations are
 * ({@code layer1.0} after the block's ReLU), convolutions as torchvision names them.
 */
final class GraphConfiguration {
    static final String INPUT = "input";
    static final String FEATURES = "avgpool";
    static final String HELLINGER = "hellinger";
    static final String LOGITS = "fc";
    static final String LOSS = "softmax";

    private final Architecture architecture;
    private final boolean training;
    private final GraphBuilder graph;

    private GraphConfiguration(Architecture architecture, boolean training, WorkspaceMode workspaces) {
        this.architecture = architecture;
        this.training = training;
        this.graph = new NeuralNetConfiguration.Builder()
                .seed(0)
                .dataType(DataType.FLOAT)
                .updater(new NoOp())
                .weightInit(WeightInit.RELU)
                .convolutionMode(ConvolutionMode.Truncate)
                .trainingWorkspaceMode(workspaces)
                .inferenceWorkspaceMode(workspaces)
                .graphBuilder()
                .addInputs(INPUT);
    }

    /**
     * @param head whose kind and number of classes count, not its weights; absent where the section ends before it
     */
    static ComputationGraphConfiguration of(
            Architecture architecture, Section section, @Nullable Head head, WorkspaceMode workspaces) {
        boolean training = section.end() == Section.End.LOSS;
        return new GraphConfiguration(architecture, training, workspaces).write(section, head);
    }

    private ComputationGraphConfiguration write(Section section, @Nullable Head head) {
        String last = section.stem() ? stem() : INPUT;
        for (Residual residual : section.residuals()) {
            last = residual(residual, last);
        }
        if (section.end() != Section.End.BLOCKS) {
            graph.addLayer(FEATURES, new GlobalPoolingLayer(PoolingType.AVG), last);
            last = FEATURES;
        }
        if (head != null) {
            last = head(head, last);
        }
        if (section.softmax()) {
            graph.addLayer(
                    LOSS,
                    new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .build(),
                    last);
            last = LOSS;
        }
        return graph.setOutputs(last).build();
    }

    private String stem() {
        Convolution stem = architecture.stem();
        convolution(stem, INPUT, Activation.RELU);
        int padding = architecture.layout().poolPadding();
        SubsamplingLayer pooling = new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(3, 3)
                .stride(2, 2)
                .padding(padding, padding)
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
        graph.addLayer("maxpool", pooling, stem.name());
        return "maxpool";
    }

    private String residual(Residual residual, String input) {
        String path = input;
        int convolutions = residual.path().size();
        for (int i = 0; i < convolutions; i++) {
            Convolution convolution = residual.path().get(i);
            path = convolution(convolution, path, i < convolutions - 1 ? Activation.RELU : Activation.IDENTITY);
        }
        String shortcut =
                residual.shortcut() == null ? input : convolution(residual.shortcut(), input, Activation.IDENTITY);
        String sum = residual.name() + ".add";
        graph.addVertex(sum, new ElementWiseVertex(ElementWiseVertex.Op.Add), path, shortcut);
        graph.addLayer(
                residual.name(),
                new ActivationLayer.Builder().activation(Activation.RELU).build(),
                sum);
        return residual.name();
    }

    private String convolution(Convolution convolution, String input, Activation activation) {
        ConvolutionLayer.Builder builder = new ConvolutionLayer.Builder(convolution.kernel(), convolution.kernel())
                .stride(convolution.stride(), convolution.stride())
                .padding(convolution.padding(), convolution.padding())
                .nIn(convolution.in())
                .nOut(convolution.out())
                .activation(activation);
        graph.addLayer(convolution.name(), training ? new TrainedConvolution(builder) : builder.build(), input);
        return convolution.name();
    }

    private String head(Head head, String input) {
        String features = input;
        if (head instanceof HellingerHead hellinger) {
            graph.addVertex(HELLINGER, new HellingerVertex(hellinger.epsilon()), input);
            features = HELLINGER;
        }
        DenseLayer dense = new DenseLayer.Builder()
                .nIn(head.features())
                .nOut(head.classes())
                .activation(Activation.IDENTITY)
                .build();
        graph.addLayer(LOGITS, dense, features);
        return LOGITS;
    }
}
