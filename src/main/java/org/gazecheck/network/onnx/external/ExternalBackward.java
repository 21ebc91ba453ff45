package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.runtime.KeptPass;
import org.gazecheck.network.onnx.runtime.OnnxForward;

/** The gradients at a layer of an external ONNX graph and nothing else: a pass as far as they need it, and the way back. */
final class ExternalBackward implements AutoCloseable {
    private final OnnxForward forward;
    private final LayerGradient gradient;

    private ExternalBackward(OnnxForward forward, LayerGradient gradient) {
        this.forward = forward;
        this.gradient = gradient;
    }

    /** @throws IllegalArgumentException if there are none */
    static ExternalBackward open(ExternalGraph graph, ProbedGraph probed, String layer, int threads) {
        LayerGradient gradient = LayerGradient.open(probed, layer, threads);
        return new ExternalBackward(forward(graph, graph.image(), gradient.values(), graph.rows(), threads), gradient);
    }

    /**
     * A pass from a value to others.
     *
     * @param values may hold the one that it begins at
     * @param rows images in a pass; 0: any number
     */
    static OnnxForward forward(ExternalGraph graph, String from, Collection<String> values, int rows, int threads) {
        List<String> outputs = new ArrayList<>(values);
        outputs.remove(from);
        return outputs.isEmpty()
                ? OnnxForward.ofInput(from, rows, threads)
                : OnnxForward.open(graph.cut(from, outputs), from, rows, threads);
    }

    /**
     * Whether the logits depend on any cell of the grid at a layer, and not only on tokens beside it: behind the last attention
     * a class token alone may be read.
     *
     * @param row as the model takes it, [1, ...]
     */
    static boolean reaches(ExternalGraph graph, ProbedGraph probed, String layer, MapLayout layout, Tensor row) {
        long numbers = probed.value(graph.logits()).orElseThrow().shape().sizes().stream()
                .reduce(1L, (a, b) -> a * b);
        int classes = (int) (numbers / Math.max(1, graph.rows()));
        float[] scores = new float[classes];
        for (int c = 0; c < classes; c++) {
            scores[c] = c + 1;
        }
        try (ExternalBackward backward = open(graph, probed, layer, 0)) {
            Tensor maps = layout.maps(backward.run(row, Tensor.of(scores, 1, classes)));
            for (int i = 0; i < maps.size(); i++) {
                if (maps.data()[i] != 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * @param images as the model takes them, [n, ...]
     * @param scoreWeights [n, classes]
     * @return the gradient of the weighted logits, as large as the layer
     */
    Tensor run(Tensor images, Tensor scoreWeights) {
        try (KeptPass kept = forward.run(images)) {
            return gradient.run(kept, scoreWeights);
        }
    }

    @Override
    public void close() {
        forward.close();
        gradient.close();
    }
}
