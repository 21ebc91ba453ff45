package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.runtime.OnnxPart;

/** An external ONNX network: the forward pass in ONNX Runtime, the gradients back to a layer by {@link ExternalBackward}. */
final class ExternalOnnxSession implements InferenceSession {
    private final ExternalGraph graph;
    private final ExternalNetwork network;
    private final InferencePlan plan;
    private final boolean fromImage;
    private final String from;
    private final List<OnnxPart> forward;
    private final Map<String, ExternalBackward> backward;

    private ExternalOnnxSession(
            ExternalGraph graph,
            ExternalNetwork network,
            InferencePlan plan,
            String from,
            List<OnnxPart> forward,
            Map<String, ExternalBackward> backward) {
        this.graph = graph;
        this.network = network;
        this.plan = plan;
        this.fromImage = plan.from().equals(InferencePlan.IMAGE);
        this.from = from;
        this.forward = forward;
        this.backward = backward;
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
        Set<String> differentiated = new LinkedHashSet<>();
        for (Tap tap : plan.taps()) {
            if (tap instanceof Tap.Gradients gradients) {
                network.whyNoGradients(gradients.layer()).ifPresent(reason -> {
                    throw new IllegalArgumentException("no gradients at " + gradients.layer() + ": " + reason);
                });
                if (!fromImage) {
                    throw new IllegalArgumentException("gradients are computed from the image");
                }
                differentiated.add(value(graph, network, tap));
            } else {
                outputs.add(value(graph, network, tap));
            }
        }
        outputs.remove(from);
        Map<String, ExternalBackward> backward = new LinkedHashMap<>();
        differentiated.forEach(value -> backward.put(value, ExternalBackward.open(graph, probed, value, threads)));
        return new ExternalOnnxSession(
                graph, network, plan, from, parts(graph, from, new ArrayList<>(outputs), threads), backward);
    }

    /** Scores of a graph that rounds its values come from a pass of their own, as the plain file gives them. */
    private static List<OnnxPart> parts(ExternalGraph graph, String from, List<String> outputs, int threads) {
        if (outputs.isEmpty()) {
            return List.of();
        }
        if (!graph.isRounded()) {
            return List.of(OnnxPart.open(graph.cut(from, outputs), graph.rows(), threads));
        }
        List<OnnxPart> parts = new ArrayList<>();
        if (outputs.remove(graph.logits())) {
            parts.add(OnnxPart.open(graph.cut(from, List.of(graph.logits())), graph.rows(), threads));
        }
        if (!outputs.isEmpty()) {
            parts.add(OnnxPart.openAsWritten(graph.cut(from, outputs), graph.rows(), threads));
        }
        return parts;
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
        if (!backward.isEmpty()) {
            throw new IllegalStateException("gradients need score weights: call run(input, scoreWeights)");
        }
        return taps(values(input), Map.of());
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input, Tensor scoreWeights) {
        if (backward.isEmpty()) {
            throw new IllegalStateException("no gradients in the plan: call run(input)");
        }
        Map<String, Tensor> values = values(input);
        Map<String, Tensor> gradients = new HashMap<>();
        backward.forEach((value, part) -> gradients.put(value, part.run(given(input), scoreWeights)));
        return taps(values, gradients);
    }

    private Map<String, Tensor> values(Tensor input) {
        Map<String, Tensor> values = new HashMap<>();
        forward.forEach(part -> values.putAll(part.run(given(input))));
        values.put(from, given(input));
        return values;
    }

    private Tensor given(Tensor input) {
        return fromImage ? network.input().arrange(input) : layout(plan.from()).value(input);
    }

    private Map<Tap, Tensor> taps(Map<String, Tensor> values, Map<String, Tensor> gradients) {
        Map<Tap, Tensor> taps = new HashMap<>();
        for (Tap tap : plan.taps()) {
            String value = value(graph, network, tap);
            Tensor found =
                    Objects.requireNonNull((tap instanceof Tap.Gradients ? gradients : values).get(value), value);
            taps.put(tap, tap instanceof Tap.Logits ? rows(found) : maps(tap, found));
        }
        return taps;
    }

    private Tensor maps(Tap tap, Tensor value) {
        if (tap instanceof Tap.Activations activations) {
            return layout(activations.layer()).maps(value);
        }
        if (tap instanceof Tap.Gradients gradients) {
            return layout(gradients.layer()).maps(value);
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
        forward.forEach(OnnxPart::close);
        backward.values().forEach(ExternalBackward::close);
    }
}
