package org.gazecheck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Grad-CAM of networks of others beside PyTorch, at one layer of each: forward and backward together, then backward alone. */
final class ExternalComparison {
    /** torchvision's names; {@code vit_s_16} is built of its classes. */
    private static final Map<String, String> LATE = layers(
            "resnet18", "layer3", "efficientnet_b0", "features.5", "convnext_tiny", "features.5", "vit_s_16", vit(10));

    private static final Map<String, String> EARLY = layers(
            "resnet18", "layer1", "efficientnet_b0", "features.2", "convnext_tiny", "features.1", "vit_s_16", vit(1));

    private ExternalComparison() {}

    /** @param index of the block, from 0 */
    private static String vit(int index) {
        return "encoder.layers.encoder_layer_" + index;
    }

    private static Map<String, String> layers(String... pairs) {
        Map<String, String> layers = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            layers.put(pairs[i], pairs[i + 1]);
        }
        return layers;
    }

    /** Of one network. */
    @FunctionalInterface
    interface Comparison {
        double ratio(String name, Map<String, Contender> contenders) throws Exception;
    }

    /** @return the ratios of forward and backward together, one a network; those of backward alone are told only */
    static List<Double> ratios(Task task, Path folder, String python, Path script, int threads, Comparison comparison)
            throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (Map.Entry<String, String> each : (task == Task.GRADCAM_EXTERNAL ? LATE : EARLY).entrySet()) {
            for (boolean backwardOnly : new boolean[] {false, true}) {
                Map<String, Contender> contenders = new LinkedHashMap<>();
                try {
                    open(each.getKey(), each.getValue(), backwardOnly, folder, python, script, threads, contenders);
                    String name = task.text() + " " + each.getKey() + (backwardOnly ? " backward alone" : "");
                    double ratio = comparison.ratio(name, contenders);
                    if (!backwardOnly) {
                        ratios.add(ratio);
                    }
                } finally {
                    contenders.values().forEach(Contender::close);
                }
            }
        }
        return ratios;
    }

    private static void open(
            String network,
            String layer,
            boolean backwardOnly,
            Path folder,
            String python,
            Path script,
            int threads,
            Map<String, Contender> contenders)
            throws IOException {
        for (String layout : TorchWorker.layouts()) {
            TorchWorker worker = TorchWorker.start(python, script, threads);
            contenders.put("torch " + layout, worker);
            worker.open(Map.of(
                    "task", "gradcam-external",
                    "network", network,
                    "layer", layer,
                    "backward", backwardOnly,
                    "batch", ExternalContender.BATCH,
                    "layout", layout,
                    "folder", folder.toString()));
        }
        contenders.put("gazecheck", ExternalContender.open(network, folder, backwardOnly, threads));
    }
}
