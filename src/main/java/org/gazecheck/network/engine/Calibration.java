package org.gazecheck.network.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.Engine;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.weights.ResNets;

/**
 * How fast a machine is: forward passes of a ResNet-50, 224 by 224 pixels, 8 images at a time. Measured once in a process for
 * each engine and number of threads, however many runs ask: it takes some seconds of all cores.
 */
public final class Calibration {
    private static final int BATCH = 8;
    private static final int SIDE = 224;
    private static final int CLASSES = 1000;
    private static final int MOST = 5;
    private static final double ENOUGH_SECONDS = 1;

    /** 2^32 over the golden ratio. */
    private static final int MIXING = 0x9E3779B9;

    private static final Map<Asked, Double> KNOWN = new ConcurrentHashMap<>();

    private record Asked(Engine engine, int threads) {}

    private Calibration() {}

    /** Median speed in images a second, after a pass that warms up: of five passes, or as many as a second begins. */
    public static double imagesPerSecond(Engine engine, int threads) {
        return KNOWN.computeIfAbsent(new Asked(engine, threads), Calibration::measured);
    }

    private static double measured(Asked asked) {
        BuiltInNetwork network = network(ResNets.architecture("resnet50", false));
        Tensor images = Tensor.of(new float[BATCH * 3 * SIDE * SIDE], BATCH, 3, SIDE, SIDE);
        Arrays.fill(images.data(), 0.5f);
        List<Double> seconds = new ArrayList<>();
        double spent = 0;
        try (InferenceSession session =
                Engines.open(network, InferencePlan.fromImage(Tap.LOGITS), asked.engine(), asked.threads())) {
            session.run(images);
            while (seconds.size() < MOST && spent < ENOUGH_SECONDS) {
                long began = System.nanoTime();
                session.run(images);
                double its = (System.nanoTime() - began) * 1e-9;
                seconds.add(its);
                spent += its;
            }
        }
        Collections.sort(seconds);
        return BATCH / seconds.get(seconds.size() / 2);
    }

    /** Its weights are of the size that He's initialisation gives them and of mixed signs; drawing them would take longer. */
    private static BuiltInNetwork network(Architecture architecture) {
        Map<String, FoldedConvolution> convolutions = new HashMap<>();
        for (Convolution convolution : architecture.convolutions()) {
            int fanIn = convolution.in() * convolution.kernel() * convolution.kernel();
            float size = (float) Math.sqrt(2.0 / fanIn);
            float[] kernel = new float[convolution.out() * fanIn];
            for (int i = 0; i < kernel.length; i++) {
                kernel[i] = i * MIXING < 0 ? -size : size;
            }
            float[] scale = new float[convolution.out()];
            Arrays.fill(scale, 1);
            convolutions.put(convolution.name(), new FoldedConvolution(kernel, new float[scale.length], scale));
        }
        Head head = new LinearHead(new float[CLASSES * architecture.features()], new float[CLASSES]);
        return new BuiltInNetwork(
                architecture, convolutions, Optional.of(head), Normalisation.TORCHVISION, "calibration");
    }
}
