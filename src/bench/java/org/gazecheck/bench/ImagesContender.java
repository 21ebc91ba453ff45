package org.gazecheck.bench;

import java.util.Map;
import org.gazecheck.explain.ClassMaps;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Frames;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.engine.Engines;

/** Gazecheck's forward pass and Grad-CAM: from pixels to logits and raw maps of the predicted and the true class. */
final class ImagesContender extends JavaContender {
    private final Material material;
    private final Workload workload;
    private final ClassMaps maps;
    private final InferenceSession plain;

    ImagesContender(Material material, Workload workload, int threads) {
        this.material = material;
        this.workload = workload;
        boolean forward = workload.task() == Task.FORWARD;
        String layer = workload.task() == Task.GRADCAM_LAYER3 ? "layer3" : "layer4";
        this.maps = forward ? null : ClassMaps.open(material.network(), layer, Engine.ONNX, threads);
        this.plain = forward
                ? Engines.open(material.network(), InferencePlan.fromImage(Tap.LOGITS), Engine.ONNX, threads)
                : null;
    }

    @Override
    protected Map<String, Tensor> pass() {
        Frames frames = new Frames(
                material.images(workload.size(), workload.batch()),
                material.network().normalisation());
        if (plain != null) {
            return Map.of("logits", plain.run(frames).get(Tap.LOGITS));
        }
        ClassMaps.Found found = maps.run(frames, material.labels(workload.batch()));
        return Map.of("logits", found.logits(), "predicted", half(found.maps(), 0), "true", half(found.maps(), 1));
    }

    /** Of maps [n, 2, h, w] those of one score. */
    private static Tensor half(Tensor maps, int score) {
        int[] shape = maps.shape();
        int area = shape[2] * shape[3];
        float[] half = new float[shape[0] * area];
        for (int i = 0; i < shape[0]; i++) {
            System.arraycopy(maps.data(), (2 * i + score) * area, half, i * area, area);
        }
        return Tensor.of(half, shape[0], shape[2], shape[3]);
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
