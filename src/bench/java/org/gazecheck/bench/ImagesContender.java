package org.gazecheck.bench;

import java.util.List;
import java.util.Map;
import org.gazecheck.explain.LayerMaps;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Engines;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;

/** Gazecheck's forward pass and Grad-CAM: from pixels to logits and raw maps of the predicted and the true class. */
final class ImagesContender extends JavaContender {
    private final Material material;
    private final Workload workload;
    private final LayerMaps maps;
    private final InferenceSession plain;

    ImagesContender(Material material, Workload workload, int threads) {
        this.material = material;
        this.workload = workload;
        boolean forward = workload.task() == Task.FORWARD;
        String layer = workload.task() == Task.GRADCAM_LAYER3 ? "layer3" : "layer4";
        this.maps = forward ? null : LayerMaps.open(material.network(), layer, Engine.ONNX, threads);
        this.plain = forward
                ? Engines.open(material.network(), InferencePlan.fromImage(Tap.LOGITS), Engine.ONNX, threads)
                : null;
    }

    @Override
    protected Map<String, Tensor> pass() {
        Tensor input = input();
        if (plain != null) {
            return Map.of("logits", plain.run(input).get(Tap.LOGITS));
        }
        LayerMaps.Forward forward = maps.forward(input);
        Tensor predicted = maps.maps(forward, best(forward.logits()));
        Tensor truth = maps.maps(forward, material.labels(workload.batch()));
        return Map.of("logits", forward.logits(), "predicted", predicted, "true", truth);
    }

    private Tensor input() {
        List<RgbImage> images = material.images(workload.size(), workload.batch());
        int size = workload.size();
        int length = 3 * size * size;
        float[] data = new float[images.size() * length];
        for (int i = 0; i < images.size(); i++) {
            material.network().normalisation().write(images.get(i), data, i * length);
        }
        return Tensor.of(data, images.size(), 3, size, size);
    }

    private static int[] best(Tensor logits) {
        int classes = logits.shape()[1];
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
        if (maps != null) {
            maps.close();
        }
        if (plain != null) {
            plain.close();
        }
    }
}
