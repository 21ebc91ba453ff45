package org.gazecheck.explain;

import java.util.Arrays;
import java.util.Optional;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Head;
import org.gazecheck.network.Network;
import org.gazecheck.network.Section;
import org.gazecheck.network.Tensor;

/**
 * The closed form at the last block: the head sees the image only through {@code f_k}, the mean of {@code A^k} over the
 * map, so that {@code dy/dA^k_ij = dy/df_k / (h w)}, constant over the map. Models for ONNX Runtime hold it as nodes.
 */
public record LastBlock(Head head) {
    /** Empty where the head sees the layer otherwise, or how it does is not known. */
    static Optional<LastBlock> of(Network network, String layer) {
        return network instanceof BuiltInNetwork builtIn
                        && Section.block(builtIn.architecture(), layer)
                                .equals(Section.block(builtIn.architecture(), builtIn.lastLayer()))
                ? builtIn.head().map(LastBlock::new)
                : Optional.empty();
    }

    /**
     * @param features [n, d]
     * @param shape of the activations, [n, d, h, w]
     * @param scoreWeights [n, classes]
     * @return gradients with respect to the activations, [n, d, h, w]
     */
    Tensor gradients(Tensor features, int[] shape, Tensor scoreWeights) {
        int channels = shape[1];
        int area = shape[2] * shape[3];
        float[] gradients = new float[shape[0] * channels * area];
        for (int i = 0; i < shape[0]; i++) {
            double[] cell = ofEachCell(features, i, area, scoreWeights);
            for (int k = 0; k < channels; k++) {
                int from = (i * channels + k) * area;
                Arrays.fill(gradients, from, from + area, (float) cell[k]);
            }
        }
        return new Tensor(gradients, shape.clone());
    }

    /**
     * {@link GradCam} of gradients that are never written out: their mean over a map is that of each cell.
     *
     * @param activations [n, d, h, w]
     * @param features their global averages [n, d]
     * @param scoreWeights [n, classes]
     * @return raw maps [n, h, w]
     */
    public Tensor gradCam(Tensor activations, Tensor features, Tensor scoreWeights) {
        int[] shape = activations.shape();
        int area = shape[2] * shape[3];
        float[] maps = new float[shape[0] * area];
        for (int i = 0; i < shape[0]; i++) {
            ChannelSum.write(activations, i, ofEachCell(features, i, area, scoreWeights), maps);
        }
        return Tensor.of(maps, shape[0], shape[2], shape[3]);
    }

    /** {@code sum_c w_c dy^c/df_k / (h w)} of one image, [d]. */
    private double[] ofEachCell(Tensor features, int image, int area, Tensor scoreWeights) {
        int channels = features.shape()[1];
        float[] feature = Arrays.copyOfRange(features.data(), image * channels, (image + 1) * channels);
        double[] cell = new double[channels];
        for (int c = 0; c < head.classes(); c++) {
            float weight = scoreWeights.data()[image * head.classes() + c];
            if (weight != 0) {
                float[] ofLogit = head.featureGradient(feature, c);
                for (int k = 0; k < channels; k++) {
                    cell[k] += (double) weight * ofLogit[k];
                }
            }
        }
        for (int k = 0; k < channels; k++) {
            cell[k] /= area;
        }
        return cell;
    }
}
