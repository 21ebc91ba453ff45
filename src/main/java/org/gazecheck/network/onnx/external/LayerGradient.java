package org.gazecheck.network.onnx.external;

import java.util.Set;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.backward.BackwardModel;
import org.gazecheck.network.onnx.runtime.KeptPass;
import org.gazecheck.network.onnx.runtime.OnnxBackward;

/** The way back from the logits to a layer of an external ONNX graph: a {@link BackwardModel} that takes values of a forward pass. */
final class LayerGradient implements AutoCloseable {
    private final Set<String> values;
    private final OnnxBackward backward;

    private LayerGradient(Set<String> values, OnnxBackward backward) {
        this.values = values;
        this.backward = backward;
    }

    /**
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if there are no gradients
     */
    static LayerGradient open(ProbedGraph probed, String layer, int threads) {
        BackwardModel model = BackwardModel.of(probed, layer);
        return new LayerGradient(
                Set.copyOf(model.inputs().keySet()), OnnxBackward.open(model.model(), model.inputs(), threads));
    }

    /** Values that a forward pass must give, the image perhaps among them. */
    Set<String> values() {
        return values;
    }

    /**
     * @param scoreWeights [n, classes]
     * @return the gradient of the weighted logits, as large as the layer
     */
    Tensor run(KeptPass kept, Tensor scoreWeights) {
        return backward.run(kept, BackwardModel.SCORE_WEIGHTS, scoreWeights, BackwardModel.GRADIENT);
    }

    @Override
    public void close() {
        backward.close();
    }
}
