package org.gazecheck.explain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.network.Engine;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Network;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.engine.Engines;
import org.jspecify.annotations.Nullable;

/**
 * A network opened at one layer, for every {@link CamMethod}: forward to logits and activations, from the activations
 * back to gradients or on to logits. Gradients have a closed form at the {@link LastBlock}; elsewhere they are
 * back-propagated, for networks that are differentiated from the image on out of the same pass. What a method does not need is
 * not opened.
 */
public final class LayerTap implements AutoCloseable {
    private static final int BATCH = 16;

    private final Network network;
    private final Engine engine;
    private final int threads;
    private final Optional<LastBlock> lastBlock;
    private final String layer;
    private final InferenceSession whole;
    private final boolean keeps;
    private @Nullable KeptPass latest;
    private @Nullable InferenceSession backward;
    private @Nullable InferenceSession onward;

    private LayerTap(Network network, String layer, Engine engine, int threads, boolean forGradients, List<Tap> more) {
        this.network = network;
        this.layer = layer;
        this.engine = engine;
        this.threads = threads;
        this.lastBlock = LastBlock.of(network, layer);
        Set<Tap> taps = new LinkedHashSet<>(List.of(Tap.LOGITS, Tap.FEATURES, new Tap.Activations(layer)));
        taps.addAll(more);
        this.keeps = forGradients
                && lastBlock.isEmpty()
                && network.gradientsFrom(layer).equals(InferencePlan.IMAGE)
                && network.whyNoGradients(layer).isEmpty();
        if (keeps) {
            taps.add(new Tap.Gradients(layer));
        }
        InferencePlan forward = new InferencePlan(InferencePlan.IMAGE, List.copyOf(taps));
        this.whole = Engines.open(network, forward, engine, threads);
    }

    /**
     * @param network with a head, or external
     * @param layer "layer4", "layer3.1"
     * @param threads 0: as many as there are cores
     * @param more taps of the forward pass, for {@link Forward#more}
     * @throws IllegalArgumentException if the network has no such layer
     */
    public static LayerTap open(Network network, String layer, Engine engine, int threads, Tap... more) {
        return new LayerTap(network, layer, engine, threads, true, List.of(more));
    }

    /** As {@link #open(Network, String, Engine, int, Tap...)}, for one method. */
    public static LayerTap open(Network network, String layer, CamMethod method, Engine engine, int threads) {
        boolean gradients = method.need() == CamMethod.Need.GRADIENTS;
        return new LayerTap(network, layer, engine, threads, gradients, List.of());
    }

    /** Name of the method of maps that nobody chose one for: gradcam, or eigencam where there are no gradients. */
    public static String method(Network network, String layer) {
        CamMethod method = network.whyNoGradients(layer).isEmpty() ? CamMethod.GRADCAM : CamMethod.EIGENCAM;
        return method.text();
    }

    /**
     * A forward pass.
     *
     * @param images [n, 3, H, W], normalised
     * @param logits [n, classes]
     * @param features [n, d] as {@link Tap.Features}
     * @param activations [n, c, h, w]
     * @param more what was found at every tap
     * @param kept what gradients need of it, until the next pass; empty: nothing
     */
    public record Forward(
            Tensor images,
            Tensor logits,
            Tensor features,
            Tensor activations,
            Map<Tap, Tensor> more,
            Optional<KeptPass> kept) {}

    /** @param images [n, 3, H, W], normalised */
    public Forward forward(Tensor images) {
        if (!keeps) {
            return forward(images, whole.run(images), Optional.empty());
        }
        KeptPass pass = new KeptPass(whole.pass(images));
        replace(pass);
        return forward(images, pass.found(), Optional.of(pass));
    }

    private Forward forward(Tensor images, Map<Tap, Tensor> found, Optional<KeptPass> kept) {
        return new Forward(
                images,
                Tap.LOGITS.of(found),
                Tap.FEATURES.of(found),
                new Tap.Activations(layer).of(found),
                found,
                kept);
    }

    /** One at a time is kept, since it may be large. */
    private synchronized void replace(@Nullable KeptPass pass) {
        if (latest != null) {
            latest.close();
        }
        latest = pass;
    }

    /**
     * By {@link #method}.
     *
     * @param targets [n] the class whose logit each map explains; without gradients maps explain none
     * @return raw maps [n, h, w]
     */
    public Tensor maps(Forward forward, int[] targets) {
        if (network.whyNoGradients(layer).isPresent()) {
            return EigenCam.of(forward.activations);
        }
        Tensor scores = ScoreWeights.of(targets, network.classes());
        return lastBlock
                .map(closed -> closed.gradCam(forward.activations, forward.features, scores))
                .orElseGet(() -> GradCam.of(forward.activations, gradients(forward, scores)));
    }

    /**
     * @param scoreWeights [n, classes], see {@link ScoreWeights}
     * @return raw maps [n, h, w]: weighted sums, before any ReLU
     */
    public Tensor maps(CamMethod method, Forward forward, Tensor scoreWeights) {
        Tensor activations = forward.activations;
        return switch (method) {
            case GRADCAM -> GradCam.of(activations, gradients(forward, scoreWeights));
            case GRADCAM_PLUS_PLUS -> GradCamPlusPlus.of(activations, gradients(forward, scoreWeights));
            case HIRESCAM -> HiResCam.of(activations, gradients(forward, scoreWeights));
            case LAYERCAM -> LayerCam.of(activations, gradients(forward, scoreWeights));
            case XGRADCAM -> XGradCam.of(activations, gradients(forward, scoreWeights));
            case EIGENCAM -> EigenCam.of(activations);
            case SCORECAM -> ScoreCam.of(forward.images, activations, scoreWeights, this::logitsOfImages, BATCH);
            case ABLATIONCAM ->
                AblationCam.of(activations, forward.logits, scoreWeights, this::logitsOfActivations, BATCH);
        };
    }

    /** Of the scores with respect to the layer's activations, [n, c, h, w]. */
    Tensor gradients(Forward forward, Tensor scoreWeights) {
        if (lastBlock.isPresent()) {
            return lastBlock.get().gradients(forward.features, forward.activations.shape(), scoreWeights);
        }
        Tap tap = new Tap.Gradients(layer);
        if (keeps) {
            return forward.kept
                    .flatMap(pass -> pass.gradients(tap, scoreWeights))
                    .orElseGet(() -> {
                        try (InferenceSession.Pass pass = whole.pass(forward.images)) {
                            return tap.of(pass.gradients(scoreWeights));
                        }
                    });
        }
        Tensor from = network.gradientsFrom(layer).equals(InferencePlan.IMAGE) ? forward.images : forward.activations;
        return tap.of(backward().run(from, scoreWeights));
    }

    private Tensor logitsOfImages(Tensor images) {
        if (!keeps) {
            return Tap.LOGITS.of(whole.run(images));
        }
        try (InferenceSession.Pass pass = whole.pass(images)) {
            return Tap.LOGITS.of(pass.found());
        }
    }

    private Tensor logitsOfActivations(Tensor activations) {
        return Tap.LOGITS.of(onward().run(activations));
    }

    private synchronized InferenceSession backward() {
        if (backward == null) {
            backward = Engines.open(
                    network,
                    new InferencePlan(network.gradientsFrom(layer), List.of(new Tap.Gradients(layer))),
                    engine,
                    threads);
        }
        return backward;
    }

    private synchronized InferenceSession onward() {
        if (onward == null) {
            onward = Engines.open(network, new InferencePlan(layer, List.of(Tap.LOGITS)), engine, threads);
        }
        return onward;
    }

    @Override
    public synchronized void close() {
        replace(null);
        whole.close();
        if (backward != null) {
            backward.close();
        }
        if (onward != null) {
            onward.close();
        }
    }
}
