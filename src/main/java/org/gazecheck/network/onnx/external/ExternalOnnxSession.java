package org.gazecheck.network.onnx.external;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.runtime.KeptPass;
import org.gazecheck.network.onnx.runtime.OnnxForward;

/**
 * An external ONNX network in ONNX Runtime: one forward pass, whose values the ways back to its layers take. Scores of a graph that
 * rounds its values come from a pass of their own, as the plain file gives them.
 */
final class ExternalOnnxSession implements InferenceSession {
    private final ExternalGraph graph;
    private final ExternalNetwork network;
    private final InferencePlan plan;
    private final boolean fromImage;
    private final Optional<OnnxForward> scores;
    private final OnnxForward forward;
    private final Map<String, LayerGradient> gradients;

    private ExternalOnnxSession(
            ExternalGraph graph,
            ExternalNetwork network,
            InferencePlan plan,
            Optional<OnnxForward> scores,
            OnnxForward forward,
            Map<String, LayerGradient> gradients) {
        this.graph = graph;
        this.network = network;
        this.plan = plan;
        this.fromImage = plan.from().equals(InferencePlan.IMAGE);
        this.scores = scores;
        this.forward = forward;
        this.gradients = gradients;
    }

    /**
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or asks for gradients that cannot
     *     be had
     */
    static ExternalOnnxSession open(
            ExternalGraph graph, ProbedGraph probed, ExternalNetwork network, InferencePlan plan, int threads) {
        boolean fromImage = plan.from().equals(InferencePlan.IMAGE);
        String from =
                fromImage ? graph.image() : network.layers().known(plan.from()).value();
        Set<String> outputs = new LinkedHashSet<>();
        Map<String, LayerGradient> gradients = new LinkedHashMap<>();
        for (Tap tap : plan.taps()) {
            if (tap instanceof Tap.Gradients of) {
                network.whyNoGradients(of.layer()).ifPresent(reason -> {
                    throw new IllegalArgumentException("no gradients at " + of.layer() + ": " + reason);
                });
                if (!fromImage) {
                    throw new IllegalArgumentException("gradients are computed from the image");
                }
                gradients.computeIfAbsent(
                        value(graph, network, tap), value -> LayerGradient.open(probed, value, threads));
            } else {
                outputs.add(value(graph, network, tap));
            }
        }
        boolean apart = graph.isRounded() && outputs.remove(graph.logits());
        int rows = graph.rows();
        Optional<OnnxForward> scores = apart
                ? Optional.of(OnnxForward.plain(graph.cut(from, List.of(graph.logits())), from, rows, threads))
                : Optional.empty();
        gradients.values().forEach(gradient -> outputs.addAll(gradient.values()));
        OnnxForward forward = ExternalBackward.forward(graph, from, outputs, rows, threads);
        return new ExternalOnnxSession(graph, network, plan, scores, forward, gradients);
    }

    /** What a tap reads; of gradients the activations that they are of. */
    private static String value(ExternalGraph graph, ExternalNetwork network, Tap tap) {
        if (tap instanceof Tap.Activations activations) {
            return network.layers().known(activations.layer()).value();
        }
        if (tap instanceof Tap.Gradients gradients) {
            return network.layers().known(gradients.layer()).value();
        }
        return tap instanceof Tap.Logits
                ? graph.logits()
                : network.layers().known(network.lastLayer()).value();
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input) {
        if (!gradients.isEmpty()) {
            throw new IllegalStateException("gradients need score weights: call run(input, scoreWeights)");
        }
        try (Pass pass = pass(input)) {
            return pass.found();
        }
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input, Tensor scoreWeights) {
        if (gradients.isEmpty()) {
            throw new IllegalStateException("no gradients in the plan: call run(input)");
        }
        try (Pass pass = pass(input)) {
            Map<Tap, Tensor> found = new HashMap<>(pass.found());
            found.putAll(pass.gradients(scoreWeights));
            return found;
        }
    }

    @Override
    public Pass pass(Tensor input) {
        Tensor given =
                fromImage ? network.input().arrange(input) : layout(plan.from()).value(input);
        KeptPass kept = forward.run(given);
        return new ExternalPass(kept, found(kept, given));
    }

    private Map<Tap, Tensor> found(KeptPass kept, Tensor given) {
        Map<Tap, Tensor> found = new HashMap<>();
        for (Tap tap : plan.taps()) {
            if (tap instanceof Tap.Gradients) {
                continue;
            }
            String value = value(graph, network, tap);
            if (tap instanceof Tap.Logits) {
                found.put(
                        tap,
                        rows(scores.map(plain -> value(plain, given, value)).orElseGet(() -> kept.value(value))));
            } else {
                found.put(tap, maps(tap, kept.value(value)));
            }
        }
        return found;
    }

    private static Tensor value(OnnxForward forward, Tensor given, String value) {
        try (KeptPass kept = forward.run(given)) {
            return kept.value(value);
        }
    }

    /** What came forth, and the way back from it. */
    private final class ExternalPass implements Pass {
        private final KeptPass kept;
        private final Map<Tap, Tensor> found;

        ExternalPass(KeptPass kept, Map<Tap, Tensor> found) {
            this.kept = kept;
            this.found = found;
        }

        @Override
        public Map<Tap, Tensor> found() {
            return found;
        }

        @Override
        public Map<Tap, Tensor> gradients(Tensor scoreWeights) {
            Map<Tap, Tensor> all = new HashMap<>();
            for (Tap tap : plan.taps()) {
                if (tap instanceof Tap.Gradients) {
                    String value = value(graph, network, tap);
                    LayerGradient gradient = Objects.requireNonNull(gradients.get(value), value);
                    all.put(tap, maps(tap, gradient.run(kept, scoreWeights)));
                }
            }
            return all;
        }

        @Override
        public void close() {
            kept.close();
        }
    }

    private Tensor maps(Tap tap, Tensor value) {
        if (tap instanceof Tap.Activations activations) {
            return layout(activations.layer()).maps(value);
        }
        if (tap instanceof Tap.Gradients of) {
            return layout(of.layer()).maps(value);
        }
        return layout(network.lastLayer()).maps(value).mapMeans();
    }

    private MapLayout layout(String layer) {
        return network.layers().known(layer).layout();
    }

    /** [n, classes, 1, 1] as [n, classes]. */
    private static Tensor rows(Tensor logits) {
        int n = logits.shape()[0];
        return Tensor.of(logits.data(), n, logits.size() / n);
    }

    @Override
    public void close() {
        scores.ifPresent(OnnxForward::close);
        forward.close();
        gradients.values().forEach(LayerGradient::close);
    }
}
