package org.gazecheck.network.engine;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.weights.ResNets;

/** How fast a machine is: forward passes of a ResNet-50 with random weights, 224 by 224 pixels, 8 images at a time. */
public final class Calibration {
    private static final int BATCH = 8;
    private static final int SIDE = 224;
    private static final int CLASSES = 1000;
    private static final int WARM_UP = 2;
    private static final int MEASURED = 5;

    private Calibration() {}

    /** Median speed in images a second. */
    public static double imagesPerSecond(Engine engine, int threads) {
        BuiltInNetwork network =
                ResNets.random(ResNets.architecture("resnet50", false), CLASSES, new SplittableRandom(1));
        Tensor images = Tensor.of(new float[BATCH * 3 * SIDE * SIDE], BATCH, 3, SIDE, SIDE);
        Arrays.fill(images.data(), 0.5f);
        double[] seconds = new double[MEASURED];
        try (InferenceSession session = Engines.open(network, InferencePlan.fromImage(Tap.LOGITS), engine, threads)) {
            for (int i = -WARM_UP; i < MEASURED; i++) {
                long began = System.nanoTime();
                session.run(images);
                if (i >= 0) {
                    seconds[i] = (System.nanoTime() - began) * 1e-9;
                }
            }
        }
        Arrays.sort(seconds);
        return BATCH / seconds[MEASURED / 2];
    }
}
