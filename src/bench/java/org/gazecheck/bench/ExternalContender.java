package org.gazecheck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.explain.ScoreWeights;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TensorRequest;
import org.gazecheck.network.onnx.external.TensorModel;

/** Gazecheck's Grad-CAM of the predicted class at one layer of a network that PyTorch exported, from normalised images on. */
final class ExternalContender extends JavaContender {
    static final int BATCH = 8;

    private final LayerTap tap;
    private final Tensor images;
    private final int classes;
    private final LayerTap.Forward kept;
    private final boolean backwardOnly;

    private ExternalContender(LayerTap tap, Tensor images, int classes, boolean backwardOnly) {
        this.tap = tap;
        this.images = images;
        this.classes = classes;
        this.backwardOnly = backwardOnly;
        this.kept = tap.forward(images);
    }

    /** @param folder where PyTorch's process put NETWORK.onnx and NETWORK.npy */
    static ExternalContender open(String network, Path folder, boolean backwardOnly, int threads) throws IOException {
        NpyArray array = Npy.read(folder.resolve(network + ".npy"));
        Tensor images = Tensor.of(array.floats(), array.shape());
        TensorRequest request = new TensorRequest(
                folder.resolve(network + ".onnx"), Optional.of("layer0"), Optional.of("logits"), Optional.empty());
        ExternalNetwork external = TensorModel.read(request).network(images);
        external.assumed().forEach(each -> System.out.println(network + ": " + each.text()));
        LayerTap tap = LayerTap.open(external, external.lastLayer(), CamMethod.GRADCAM, Engine.ONNX, threads);
        return new ExternalContender(tap, images, external.classes(), backwardOnly);
    }

    @Override
    protected Map<String, Tensor> pass() {
        LayerTap.Forward forward = backwardOnly ? kept : tap.forward(images);
        Tensor weights = ScoreWeights.of(best(forward.logits()), classes);
        return Map.of("logits", forward.logits(), "maps", tap.maps(CamMethod.GRADCAM, forward, weights));
    }

    private int[] best(Tensor logits) {
        int[] best = new int[logits.shape()[0]];
        for (int i = 0; i < best.length; i++) {
            for (int c = 1; c < classes; c++) {
                if (logits.data()[i * classes + c] > logits.data()[i * classes + best[i]]) {
                    best[i] = c;
                }
            }
        }
        return best;
    }

    @Override
    public void close() {
        tap.close();
    }
}
