package org.gazecheck.network.dl4j;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Layout;
import org.gazecheck.network.Tap;
import org.gazecheck.network.WeightsException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The ResNet-50 of DL4J's zoo as a backbone: what {@code ResNet50.init()} builds, or {@code initPretrained()} loads (an
 * import from Keras), up to the activations before its last pooling. Its own head is left out: in {@code init()}'s graph
 * that is a 3x3 max pooling and a dense layer over what is left, which is not the published network. Batch norm and the
 * convolutions' biases are folded; that the result computes what the archive's own graph does is checked at each reading.
 */
public final class ZooArchive {
    /** For the report. */
    public static final String HEAD =
            "the archive's own head (in DL4J's zoo a 3x3 max pooling, then a dense layer over what"
                    + " is left) is not used: global average pooling and a newly trained head stand in its place, and the closed"
                    + " form of Grad-CAM holds";

    static final String NAME = "zoo-resnet50";
    private static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";
    private static final long LARGEST_COEFFICIENTS = 256 << 20;
    private static final int CHECKED_SIDE = 95;
    private static final double TOLERANCE = 1e-3;

    /** Keras's ResNet50 takes blue first, with these means subtracted from 0..255 and no division. */
    private static final Normalisation CAFFE = new Normalisation(
            new float[] {123.68f / 255, 116.779f / 255, 103.939f / 255}, new float[] {1 / 255f, 1 / 255f, 1 / 255f});

    private final ComputationGraph graph;
    private final boolean keras;

    private ZooArchive(ComputationGraph graph) {
        this.graph = graph;
        this.keras = graph.getVertex("conv1") != null;
    }

    /** Whether a zip file is an archive of DL4J that Gazecheck did not write. */
    public static boolean isExternal(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(CONFIGURATION) != null && zip.getEntry(ModelArchive.DESCRIPTION) == null;
        } catch (ZipException | EOFException e) {
            return false;
        }
    }

    /**
     * The backbone, without a head; red first, as all networks here.
     *
     * @throws WeightsException if the file is damaged, or holds another network
     */
    public static BuiltInNetwork read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ArchiveConfiguration configuration = ArchiveConfiguration.read(zip);
            float[] parameters = Coefficients.read(ModelArchive.entry(zip, COEFFICIENTS, LARGEST_COEFFICIENTS));
            ComputationGraph graph = new ComputationGraph(configuration.graph());
            graph.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), false);
            ZooArchive archive = new ZooArchive(graph);
            BuiltInNetwork network = archive.toBuiltIn();
            archive.requireSameActivations(network);
            return network;
        } catch (IOException | RuntimeException e) {
            throw new WeightsException(
                    file + " is not an intact ResNet-50 archive of DL4J's zoo: "
                            + (e.getMessage() == null
                                    ? e.toString()
                                    : e.getMessage().lines().findFirst().orElse(""))
                            + ". Delete it to have it downloaded again, or check model.weights",
                    e);
        }
    }

    private BuiltInNetwork toBuiltIn() throws IOException {
        int first = (int) convolution("res2a_branch2a").getStride()[0];
        Layout layout = first == 2 ? Layout.ZOO : Layout.KERAS;
        Architecture architecture =
                new Architecture(NAME, Block.BOTTLENECK, List.of(3, 4, 6, 3), List.of(64, 128, 256, 512), true, layout);
        Map<String, FoldedConvolution> convolutions = new LinkedHashMap<>();
        for (Convolution c : architecture.convolutions()) {
            convolutions.put(c.name(), folded(c));
        }
        return BuiltInNetwork.of(architecture, convolutions, Optional.empty(), CAFFE);
    }

    private FoldedConvolution folded(Convolution c) throws IOException {
        Map<String, INDArray> convolution = layer(vertex(c, "res")).paramTable();
        Layer norm = layer(vertex(c, "bn"));
        Map<String, INDArray> statistics = norm.paramTable();
        BatchNormalization settings = (BatchNormalization) norm.conf().getLayer();
        if (settings.isLockGammaBeta()) {
            throw new WeightsException(vertex(c, "bn") + " has fixed gamma and beta");
        }
        float[] gamma = floats(statistics, "gamma");
        float[] beta = floats(statistics, "beta");
        float[] mean = floats(statistics, "mean");
        boolean logarithm = !statistics.containsKey("var");
        float[] spread = floats(statistics, logarithm ? "log10stdev" : "var");
        float[] bias = convolution.containsKey("b") ? floats(convolution, "b") : new float[c.out()];
        float[] original = floats(convolution, "W");
        int area = c.kernel() * c.kernel();
        if (original.length != c.out() * c.in() * area) {
            throw new WeightsException(vertex(c, "res") + " has " + original.length + " weights");
        }
        float[] kernel = new float[original.length];
        float[] foldedBias = new float[c.out()];
        float[] scale = new float[c.out()];
        for (int o = 0; o < c.out(); o++) {
            double variance = logarithm ? Math.pow(10, 2.0 * spread[o]) : spread[o];
            double s = gamma[o] / Math.sqrt(variance + settings.getEps());
            scale[o] = (float) s;
            foldedBias[o] = (float) (beta[o] + (bias[o] - mean[o]) * s);
            for (int i = 0; i < c.in(); i++) {
                int from = c.in() == 3 ? 2 - i : i;
                for (int k = 0; k < area; k++) {
                    kernel[(o * c.in() + i) * area + k] = (float) (original[(o * c.in() + from) * area + k] * s);
                }
            }
        }
        return new FoldedConvolution(kernel, foldedBias, scale);
    }

    /** {@code layer1.0.conv1} is {@code res2a_branch2a} followed by {@code bn2a_branch2a} there. */
    private String vertex(Convolution c, String kind) {
        String[] parts = c.name().split("\\.");
        if (parts.length == 1) {
            boolean norm = kind.equals("bn");
            return keras ? (norm ? "bn_conv1" : "conv1") : (norm ? "stem-batch1" : "stem-cnn1");
        }
        int stage = Integer.parseInt(parts[0].substring("layer".length())) + 1;
        char block = (char) ('a' + Integer.parseInt(parts[1]));
        String branch = parts[2].equals("downsample")
                ? "1"
                : "2" + (char) ('a' + Integer.parseInt(parts[2].substring("conv".length())) - 1);
        return kind + stage + block + "_branch" + branch;
    }

    private Layer layer(String vertex) throws IOException {
        if (graph.getVertex(vertex) == null) {
            throw new WeightsException("it has no layer " + vertex);
        }
        return graph.getLayer(vertex);
    }

    private ConvolutionLayer convolution(String vertex) throws IOException {
        return (ConvolutionLayer) layer(vertex).conf().getLayer();
    }

    private static float[] floats(Map<String, INDArray> parameters, String name) throws IOException {
        return floats(Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> new WeightsException("a layer has no parameter " + name)));
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    /** On noise of an image's range, at a side that no stage halves evenly. */
    private void requireSameActivations(BuiltInNetwork network) throws IOException {
        int area = CHECKED_SIDE * CHECKED_SIDE;
        float[] red = new float[3 * area];
        float[] blue = new float[3 * area];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < red.length; i++) {
            red[i] = (float) (random.nextDouble() * 255 - 120);
            blue[(2 - i / area) * area + i % area] = red[i];
        }
        String pooling = keras ? "avg_pool" : "avgpool";
        layer(pooling);
        String last = graph.getConfiguration()
                .getVertexInputs()
                .getOrDefault(pooling, List.of())
                .get(0);
        InferencePlan plan = InferencePlan.fromImage(new Tap.Activations("layer4"));
        float[] expected = output(graph, last, blue);
        float[] found = output(Dl4jGraphs.inference(network, plan), "layer4.2", red);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length && expected.length == found.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - found[i]));
        }
        if (expected.length != found.length || !(difference <= TOLERANCE * largest)) {
            throw new WeightsException("its layers are not connected as those of the ResNet-50 that is known");
        }
    }

    private static float[] output(ComputationGraph graph, String vertex, float[] image) {
        INDArray input = Nd4j.create(image, new int[] {1, 3, CHECKED_SIDE, CHECKED_SIDE}, 'c');
        return floats(graph.output(List.of(vertex), false, new INDArray[] {input}, null)[0]);
    }
}
