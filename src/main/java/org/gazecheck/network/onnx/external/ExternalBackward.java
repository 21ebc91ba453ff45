package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.backward.BackwardModel;
import org.gazecheck.network.onnx.runtime.OnnxChain;

/**
 * The gradients at a layer of an external ONNX graph: a pass through the plain graph as far as the logits, and a
 * {@link BackwardModel} that takes from it what it needs.
 */
final class ExternalBackward implements AutoCloseable {
    private final OnnxChain chain;

    private ExternalBackward(OnnxChain chain) {
        this.chain = chain;
    }

    /** @throws IllegalArgumentException if there are none */
    static ExternalBackward open(ExternalGraph graph, ProbedGraph probed, String layer, int threads) {
        BackwardModel model = BackwardModel.of(probed, layer);
        List<String> saved = new ArrayList<>(model.inputs().keySet());
        saved.remove(graph.image());
        return new ExternalBackward(
                OnnxChain.open(graph.cut(saved), graph.image(), model.model(), model.inputs(), graph.rows(), threads));
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
        return chain.run(images, BackwardModel.SCORE_WEIGHTS, scoreWeights, BackwardModel.GRADIENT);
    }

    @Override
    public void close() {
        chain.close();
    }
}
