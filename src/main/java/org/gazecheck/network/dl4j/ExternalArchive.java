package org.gazecheck.network.dl4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Inflation;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ExternalRequest.Order;
import org.gazecheck.network.ImageInput;
import org.gazecheck.network.WeightsException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Archives of Deeplearning4j that others wrote: a {@code ComputationGraph}, or a {@code MultiLayerNetwork}, which becomes
 * one whose vertices are numbered from 0. Read as carefully as our own: layers of DL4J's own packages only, numbers only, no serialised objects (a
 * normaliser that was saved along is not applied).
 */
public final class ExternalArchive {
    private static final long LARGEST = 1L << 30;

    private final ExternalRequest request;

    private ExternalArchive(ExternalRequest request) {
        this.request = request;
    }

    /**
     * @throws WeightsException if the file is damaged, no classifier of so many classes, or refused
     * @throws org.gazecheck.network.UnknownLayerException if it has no such layer
     */
    public static ExternalNetwork read(ExternalRequest request) throws IOException {
        if (!Files.isRegularFile(request.file())) {
            throw new WeightsException("no model at " + request.file());
        }
        return new ExternalArchive(request).network();
    }

    private ExternalNetwork network() throws IOException {
        ComputationGraph graph;
        LogitsVertex exposed;
        try {
            ComputationGraph whole = graph(request.file());
            ComputationGraphConfiguration configuration = whole.getConfiguration();
            withoutChance(configuration);
            withoutWorkspaces(configuration);
            exposed = LogitsVertex.expose(configuration, request.independent());
            graph = new ComputationGraph(configuration);
            graph.init(whole.params(), false);
        } catch (IOException | RuntimeException e) {
            throw refused(e);
        }
        String logits = exposed.vertex();
        boolean channelsLast = channelsLast(graph.getConfiguration());
        if (request.order() != Order.AUTO && channelsLast != (request.order() == Order.NHWC)) {
            throw new WeightsException(request.file() + " is made of " + (channelsLast ? "NHWC" : "NCHW")
                    + " layers: leave external.order (--order) at auto");
        }
        ImageInput input = new ImageInput(channelsLast, request.blueFirst(), isGrey(graph.getConfiguration()));
        VertexSearch.Found found = VertexSearch.find(request, graph, logits, input, request.side(0));
        String hash = Hashes.sha256(Hashes.sha256(request.file()) + " " + input + " " + logits);
        return new ExternalNetwork(
                Engine.DL4J,
                (network, plan, threads) -> ExternalGraphSession.open(graph, logits, network, plan, threads),
                input,
                found.layers(),
                found.classes(),
                exposed.scores(),
                Optional.empty(),
                hash,
                List.of(),
                List.of());
    }

    private WeightsException refused(Exception e) {
        String reason = e.getMessage() == null
                ? e.toString()
                : e.getMessage().lines().findFirst().orElse("");
        return new WeightsException(
                request.file() + " is not an archive of Deeplearning4j that can be audited: " + Printable.of(reason),
                e);
    }

    private static ComputationGraph graph(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ArchiveConfiguration configuration = ArchiveConfiguration.read(zip);
            long limit = Math.min(LARGEST, Inflation.limit(Files.size(file)));
            float[] numbers = Coefficients.read(ModelArchive.entry(zip, ZooArchive.COEFFICIENTS, limit));
            INDArray parameters = Nd4j.createFromArray(numbers).reshape(1, numbers.length);
            if (configuration.isLayers()) {
                MultiLayerNetwork layers = new MultiLayerNetwork(configuration.multiLayer());
                layers.init(parameters, false);
                return layers.toComputationGraph();
            }
            ComputationGraph graph = new ComputationGraph(configuration.graph());
            graph.init(parameters, false);
            return graph;
        }
    }

    /** Without dropout and weight noise, which belong to training, but whose backward pass would not do without. */
    private static void withoutChance(ComputationGraphConfiguration configuration) {
        for (GraphVertex vertex : configuration.getVertices().values()) {
            if (vertex instanceof LayerVertex each) {
                Layer layer = each.getLayerConf().getLayer();
                layer.setIDropout(null);
                if (layer instanceof BaseLayer base) {
                    base.setWeightNoise(null);
                }
            }
        }
    }

    /** Whose bookkeeping fails in some graphs when inner activations are asked for beside the logits. */
    private static void withoutWorkspaces(ComputationGraphConfiguration configuration) {
        configuration.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        configuration.setTrainingWorkspaceMode(WorkspaceMode.NONE);
    }

    /** Whether the first convolution takes one channel. */
    private static boolean isGrey(ComputationGraphConfiguration configuration) {
        Deque<String> values = new ArrayDeque<>(configuration.getNetworkInputs());
        Set<String> seen = new HashSet<>();
        while (!values.isEmpty()) {
            String value = values.poll();
            for (Map.Entry<String, List<String>> vertex :
                    configuration.getVertexInputs().entrySet()) {
                if (vertex.getValue().contains(value) && seen.add(vertex.getKey())) {
                    if (configuration.getVertices().get(vertex.getKey()) instanceof LayerVertex layer
                            && layer.getLayerConf().getLayer() instanceof ConvolutionLayer convolution) {
                        return convolution.getNIn() == 1;
                    }
                    values.add(vertex.getKey());
                }
            }
        }
        return false;
    }

    private static boolean channelsLast(ComputationGraphConfiguration configuration) {
        return configuration.getVertices().values().stream()
                .anyMatch(vertex -> vertex instanceof LayerVertex layer
                        && layer.getLayerConf().getLayer() instanceof ConvolutionLayer convolution
                        && convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC);
    }
}
