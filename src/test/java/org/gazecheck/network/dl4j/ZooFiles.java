package org.gazecheck.network.dl4j;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.deeplearning4j.zoo.model.ResNet50;
import org.gazecheck.network.TinyNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Archives of DL4J's own ResNet50 class with random weights, as {@link ModelSerializer} writes them. */
public final class ZooFiles {
    private ZooFiles() {}

    /** What {@code ResNet50.init()} builds. */
    public static ComputationGraph zoo() {
        ComputationGraph graph =
                ResNet50.builder().numClasses(10).seed(7).build().init();
        randomise(graph);
        return graph;
    }

    /** The strides and epsilon of the Keras network that {@code initPretrained()} loads. */
    static ComputationGraph keras() {
        ComputationGraphConfiguration configuration =
                ResNet50.builder().numClasses(10).seed(7).build().graphBuilder().build();
        configuration.getVertices().forEach((name, vertex) -> {
            if (vertex instanceof LayerVertex layer) {
                if (layer.getLayerConf().getLayer() instanceof BatchNormalization norm) {
                    norm.setEps(1e-3);
                }
                if (layer.getLayerConf().getLayer() instanceof ConvolutionLayer convolution
                        && (name.equals("res2a_branch2a") || name.equals("res2a_branch1"))) {
                    convolution.setStride(new int[] {1, 1});
                }
            }
        });
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        randomise(graph);
        return graph;
    }

    private static void randomise(ComputationGraph graph) {
        SplittableRandom random = new SplittableRandom(11);
        for (Layer layer : graph.getLayers()) {
            layer.paramTable().forEach((name, values) -> {
                switch (name) {
                    case "gamma" -> fill(values, random, 0.1f, 0.03f);
                    case "beta", "mean", "b" -> fill(values, random, 0, 0.3f);
                    case "var" -> fill(values, random, 1.2f, 0.4f);
                    case "log10stdev" -> fill(values, random, 0.05f, 0.1f);
                    default -> {}
                }
            });
        }
    }

    private static void fill(INDArray values, SplittableRandom random, float mean, float range) {
        float[] numbers = TinyNetworks.numbers(random, (int) values.length(), mean, range);
        values.assign(Nd4j.createFromArray(numbers).reshape(values.shape()));
    }

    public static Path write(ComputationGraph graph, Path file) throws IOException {
        ModelSerializer.writeModel(graph, file.toFile(), false);
        return file;
    }

    /** With texts of the configuration replaced. */
    static Path rewrite(Path file, String... replacements) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Path entry = zip.getPath("configuration.json");
            String json = Files.readString(entry);
            for (int i = 0; i < replacements.length; i += 2) {
                json = json.replace(replacements[i], replacements[i + 1]);
            }
            Files.writeString(entry, json);
        }
        return file;
    }
}
