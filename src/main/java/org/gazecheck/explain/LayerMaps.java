package org.gazecheck.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Engines;
import org.gazecheck.network.Head;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Network;
import org.gazecheck.network.Section;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;

/**
 * Grad-CAM at one layer of a network: in closed form at the last block, elsewhere by back-propagation, forward to logits
 * and then back to the layer from its activations on.
 */
public final class LayerMaps implements AutoCloseable {
    private final Tap activations;
    private final Tap gradients;
    private final int classes;
    private final Head head;
    private final InferenceSession whole;
    private final Optional<InferenceSession> tail;

    private LayerMaps(String layer, int classes, Head head, InferenceSession whole, Optional<InferenceSession> tail) {
        this.classes = classes;
        this.activations = new Tap.Activations(layer);
        this.gradients = new Tap.Gradients(layer);
        this.head = head;
        this.whole = whole;
        this.tail = tail;
    }

    /**
     * @param layer "layer4", "layer3.1"
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if the network has no such layer
     */
    public static LayerMaps open(Network network, String layer, Engine engine, int threads) {
        return network instanceof BuiltInNetwork builtIn
                ? ofBuiltIn(builtIn, layer, engine, threads)
                : ofExternal(network, layer, engine, threads);
    }

    private static LayerMaps ofBuiltIn(BuiltInNetwork network, String layer, Engine engine, int threads) {
        Head head = network.head().orElseThrow();
        InferencePlan forward = InferencePlan.fromImage(Tap.LOGITS, Tap.FEATURES, new Tap.Activations(layer));
        InferenceSession whole = Engines.open(network, forward, engine, threads);
        List<Architecture.Residual> blocks = network.architecture().residuals();
        String last = blocks.get(blocks.size() - 1).name();
        if (Section.block(network.architecture(), layer).equals(last)) {
            return new LayerMaps(layer, head.classes(), head, whole, Optional.empty());
        }
        return new LayerMaps(layer, head.classes(), head, whole, Optional.of(tail(network, layer, engine, threads)));
    }

    /** Name of the method of the maps: gradcam, or eigencam where there are no gradients. */
    public static String method(Network network, String layer) {
        CamMethod method = network.whyNoGradients(layer).isEmpty() ? CamMethod.GRADCAM : CamMethod.EIGENCAM;
        return method.text();
    }

    /** What its head sees is not known: gradients are back-propagated, where they can be had. */
    private static LayerMaps ofExternal(Network network, String layer, Engine engine, int threads) {
        InferencePlan forward = InferencePlan.fromImage(Tap.LOGITS, Tap.FEATURES, new Tap.Activations(layer));
        InferenceSession whole = Engines.open(network, forward, engine, threads);
        Optional<InferenceSession> tail = network.whyNoGradients(layer).isEmpty()
                ? Optional.of(tail(network, layer, engine, threads))
                : Optional.empty();
        return new LayerMaps(layer, network.classes(), null, whole, tail);
    }

    private static InferenceSession tail(Network network, String layer, Engine engine, int threads) {
        InferencePlan backward = new InferencePlan(layer, List.of(new Tap.Gradients(layer)));
        return Engines.open(network, backward, engine, threads);
    }

    /**
     * A forward pass.
     *
     * @param logits [n, classes]
     * @param features [n, d] as {@link Tap.Features}
     * @param activations [n, c, h, w]
     */
    public record Forward(Tensor logits, Tensor features, Tensor activations) {}

    /** @param images [n, 3, h, w], normalised */
    public Forward forward(Tensor images) {
        Map<Tap, Tensor> found = whole.run(images);
        return new Forward(found.get(Tap.LOGITS), found.get(Tap.FEATURES), found.get(activations));
    }

    /**
     * @param targets [n] the class whose logit each map explains; without gradients maps explain none
     * @return raw maps [n, h, w]
     */
    public Tensor maps(Forward forward, int[] targets) {
        if (tail.isEmpty()) {
            return head == null
                    ? EigenCam.of(forward.activations)
                    : GradCam.atLastBlock(forward.activations, forward.features, head, targets);
        }
        float[] weights = new float[targets.length * classes];
        for (int i = 0; i < targets.length; i++) {
            weights[i * classes + targets[i]] = 1;
        }
        Tensor scores = Tensor.of(weights, targets.length, classes);
        return GradCam.of(
                forward.activations, tail.get().run(forward.activations, scores).get(gradients));
    }

    @Override
    public void close() {
        whole.close();
        tail.ifPresent(InferenceSession::close);
    }
}
