package org.gazecheck.explain;

import java.util.List;
import java.util.Map;
import org.gazecheck.network.DescribedNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Engines;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;

/** Grad-CAM by back-propagation at one layer of a network: forward to logits, then forward and back from the layer on. */
public final class LayerMaps implements AutoCloseable {
    private final Tap activations;
    private final Tap gradients;
    private final int classes;
    private final InferenceSession whole;
    private final InferenceSession tail;

    private LayerMaps(String layer, int classes, InferenceSession whole, InferenceSession tail) {
        this.activations = new Tap.Activations(layer);
        this.gradients = new Tap.Gradients(layer);
        this.classes = classes;
        this.whole = whole;
        this.tail = tail;
    }

    /**
     * @param layer "layer4", "layer3.1"
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if the network has no such layer
     */
    public static LayerMaps open(DescribedNetwork network, String layer, Engine engine, int threads) {
        InferencePlan forward = InferencePlan.fromImage(Tap.LOGITS, new Tap.Activations(layer));
        InferencePlan backward = new InferencePlan(layer, List.of(new Tap.Gradients(layer)));
        InferenceSession whole = Engines.open(network, forward, engine, threads);
        return new LayerMaps(
                layer, network.head().orElseThrow().classes(), whole, Engines.open(network, backward, engine, threads));
    }

    /**
     * A forward pass.
     *
     * @param logits [n, classes]
     * @param activations [n, c, h, w]
     */
    public record Forward(Tensor logits, Tensor activations) {}

    /** @param images [n, 3, h, w], normalised */
    public Forward forward(Tensor images) {
        Map<Tap, Tensor> found = whole.run(images);
        return new Forward(found.get(Tap.LOGITS), found.get(activations));
    }

    /**
     * @param targets [n] the class whose logit each map explains
     * @return raw maps [n, h, w]
     */
    public Tensor maps(Forward forward, int[] targets) {
        float[] weights = new float[targets.length * classes];
        for (int i = 0; i < targets.length; i++) {
            weights[i * classes + targets[i]] = 1;
        }
        Tensor scores = Tensor.of(weights, targets.length, classes);
        return GradCam.of(
                forward.activations, tail.run(forward.activations, scores).get(gradients));
    }

    @Override
    public void close() {
        whole.close();
        tail.close();
    }
}
