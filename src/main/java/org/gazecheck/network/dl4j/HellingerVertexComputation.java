package org.gazecheck.network.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The arithmetic of a {@link HellingerVertex}. */
final class HellingerVertexComputation extends BaseGraphVertex {
    private static final long serialVersionUID = 1L;

    private final float smoothing;

    HellingerVertexComputation(ComputationGraph graph, String name, int index, float epsilon, DataType dataType) {
        super(graph, name, index, null, null, dataType);
        this.smoothing = epsilon;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray s = Transforms.sqrt(inputs[0].add(smoothing), false);
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, s.diviColumnVector(s.norm2(true, 1)));
    }

    /**
     * {@code dy/df_k = (g_k - u_k (g . u)) / (2 |s| s_k)} with {@code g = dy/du}, and 0 where {@code f_k = 0}, as in
     * {@link org.gazecheck.network.HellingerHead#featureGradient}.
     */
    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        INDArray s = Transforms.sqrt(inputs[0].add(smoothing), false);
        INDArray norm = s.norm2(true, 1);
        INDArray u = s.divColumnVector(norm);
        INDArray projection = epsilon.mul(u).sum(true, 1);
        INDArray gradient = epsilon.sub(u.muliColumnVector(projection));
        gradient.divi(s.muliColumnVector(norm).muli(2));
        gradient.muli(inputs[0].gt(0).castTo(gradient.dataType()));
        INDArray result = workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, gradient);
        return new Pair<>(null, new INDArray[] {result});
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public @Nullable Layer getLayer() {
        return null;
    }

    @Override
    public void setBackpropGradientsViewArray(@Nullable INDArray gradients) {
        if (gradients != null) {
            throw new IllegalStateException(vertexName + " has no parameters");
        }
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(
            INDArray @Nullable [] masks, MaskState state, int minibatch) {
        return new Pair<>(masks == null ? null : masks[0], state);
    }

    @Override
    public String toString() {
        return "HellingerVertex(" + vertexName + ", epsilon " + smoothing + ")";
    }
}
