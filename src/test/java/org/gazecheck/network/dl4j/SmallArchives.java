package org.gazecheck.network.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Archives of a graph with one convolution, as others may write them. */
public final class SmallArchives {
    private SmallArchives() {}

    public static Path write(Path file, int side, int classes) throws IOException {
        return ZooFiles.write(graph(side, classes, Activation.SOFTMAX, LossFunctions.LossFunction.MCXENT), file);
    }

    /** Of one or several numbers that do not exclude each other. */
    static ComputationGraph sigmoids(int side, int numbers) {
        return graph(side, numbers, Activation.SIGMOID, LossFunctions.LossFunction.XENT);
    }

    private static ComputationGraph graph(int side, int classes, Activation end, LossFunctions.LossFunction loss) {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(4)
                .graphBuilder()
                .addInputs("photograph")
                .setInputTypes(InputType.convolutional(side, side, 3))
                .addLayer(
                        "convolution",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(6)
                                .dropOut(0.5)
                                .activation(Activation.RELU)
                                .build(),
                        "photograph")
                .addLayer("pooling", new GlobalPoolingLayer(PoolingType.AVG), "convolution")
                .addLayer(
                        "classes",
                        new OutputLayer.Builder(loss)
                                .nOut(classes)
                                .activation(end)
                                .build(),
                        "pooling")
                .setOutputs("classes")
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }
}
