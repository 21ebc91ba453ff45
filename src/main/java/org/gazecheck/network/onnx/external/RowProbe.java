package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.SpatialLayer;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.runtime.KeptPass;
import org.gazecheck.network.onnx.runtime.OnnxForward;
import org.gazecheck.network.onnx.runtime.OnnxPart;

/**
 * Whether an image has the same numbers to the last bit alone and at any place of a batch, forward and on the way back: an engine
 * may take other kernels for other sizes, and sum in another order. Where it has not, images are passed one by one.
 */
final class RowProbe {
    static final int IMAGES = 3;

    private static final int[][] BATCHES = {{0, 1}, {2, 0, 1, 1}};
    private static final String GRADIENT = "the gradient at '";

    private final ExternalGraph graph;
    private final ProbedGraph probed;
    private final SpatialLayer layer;
    private final Tensor images;

    private RowProbe(ExternalGraph graph, ProbedGraph probed, SpatialLayer layer, Tensor images) {
        this.graph = graph;
        this.probed = probed;
        this.layer = layer;
        this.images = images;
    }

    /**
     * What was found.
     *
     * @param rows images in a pass; 0: any number
     * @param assumed where they are passed one by one for the sake of bits
     */
    record Found(int rows, Optional<Assumed> assumed) {}

    /**
     * @param layer that maps are of
     * @param images as the model takes them, {@link #IMAGES} of them
     */
    static Found of(ExternalGraph graph, ProbedGraph probed, SpatialLayer layer, Tensor images) {
        if (graph.rows() != 0) {
            return new Found(graph.rows(), Optional.empty());
        }
        return new RowProbe(graph, probed, layer, images)
                .differing()
                .map(what -> new Found(
                        1,
                        Optional.of(new Assumed(
                                "external.rows",
                                "images are passed one by one: beside others in a pass, an image has other last digits in "
                                        + what + " than alone"))))
                .orElse(new Found(0, Optional.empty()));
    }

    /** What is not the same; empty: all is. */
    private Optional<String> differing() {
        Set<String> values = new LinkedHashSet<>(List.of(graph.logits(), layer.value()));
        Optional<String> differing;
        if (graph.isRounded()) {
            try (OnnxPart part = OnnxPart.open(graph.cut(List.of(graph.logits())), 0, 0)) {
                differing = compare(some -> part.run(some(some)));
            }
        } else {
            differing = compare(values, Optional.empty());
        }
        if (differing.isPresent() || layer.whyNoGradients().isPresent()) {
            return differing;
        }
        try (LayerGradient gradient = LayerGradient.open(probed, layer.value(), 0)) {
            values.addAll(gradient.values());
            return compare(values, Optional.of(gradient));
        }
    }

    private Optional<String> compare(Set<String> values, Optional<LayerGradient> gradient) {
        try (OnnxForward forward = ExternalBackward.forward(graph, graph.image(), values, 0, 0)) {
            return compare(some -> {
                try (KeptPass kept = forward.run(some(some))) {
                    Map<String, Tensor> found = new LinkedHashMap<>();
                    for (String value : List.of(graph.logits(), layer.value())) {
                        found.put("'" + value + "'", kept.value(value));
                    }
                    gradient.ifPresent(
                            back -> found.put(GRADIENT + layer.value() + "'", back.run(kept, scores(some, found))));
                    return found;
                }
            });
        }
    }

    /** Different ones for each image. */
    private static Tensor scores(int[] some, Map<String, Tensor> found) {
        int classes = found.values().iterator().next().size() / some.length;
        float[] scores = new float[some.length * classes];
        for (int i = 0; i < some.length; i++) {
            for (int c = 0; c < classes; c++) {
                scores[i * classes + c] = (c + some[i]) % IMAGES - 0.5f;
            }
        }
        return Tensor.of(scores, some.length, classes);
    }

    /** Gives the values of some images in one pass, by what they are. */
    @FunctionalInterface
    private interface Pass {
        Map<String, Tensor> of(int... some);
    }

    private static Optional<String> compare(Pass pass) {
        List<Map<String, Tensor>> alone = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            alone.add(pass.of(i));
        }
        for (int[] batch : BATCHES) {
            for (Map.Entry<String, Tensor> found : pass.of(batch).entrySet()) {
                for (int i = 0; i < batch.length; i++) {
                    Tensor one = alone.get(batch[i]).get(found.getKey());
                    int length = found.getValue().size() / batch.length;
                    if (one == null
                            || !Arrays.equals(
                                    one.data(), 0, length, found.getValue().data(), i * length, (i + 1) * length)) {
                        return Optional.of(found.getKey());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Tensor some(int... some) {
        int[] shape = images.shape().clone();
        int length = images.size() / shape[0];
        shape[0] = some.length;
        float[] numbers = new float[some.length * length];
        for (int i = 0; i < some.length; i++) {
            System.arraycopy(images.data(), some[i] * length, numbers, i * length, length);
        }
        return Tensor.of(numbers, shape);
    }
}
