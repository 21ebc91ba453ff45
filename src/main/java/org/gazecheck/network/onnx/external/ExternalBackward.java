package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.List;
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
