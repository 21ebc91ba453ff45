package org.gazecheck.audit.quality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.LinearHead;

/**
 * Cascading weight randomisation from the head down (Adebayo et al. 2018, section 3.1): first the head, then in addition
 * the last stage, and so on to the first convolution. Kernels are drawn as before training (He et al. 2015: normal, with a
 * variance of 2 over the number of inputs; biases zero), the head from a normal distribution as wide as its weights.
 */
final class WeightRandomisation {
    private final Architecture architecture;
    private final SplittableRandom random;
    private final Map<String, FoldedConvolution> convolutions;
    private BuiltInNetwork network;

    private WeightRandomisation(BuiltInNetwork network, SplittableRandom random) {
        this.architecture = network.architecture();
        this.random = random;
        this.network = network;
        this.convolutions = new HashMap<>(network.convolutions());
    }

    /** The names of the steps: "head", then the stages from the last, then "stem". */
    static List<String> steps(Architecture architecture) {
        List<String> steps = new ArrayList<>(architecture.stageNames());
        Collections.reverse(steps);
        steps.add(0, "head");
        steps.add("stem");
        return steps;
    }

    /** Receives each network of the cascade. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {
        /** @param step up to which weights are random */
        void visit(String step, BuiltInNetwork network) throws E;
    }

    /** One network at a time, so that one at most is held. */
    static <E extends Exception> void cascade(BuiltInNetwork network, SplittableRandom random, Visitor<E> visitor)
            throws E {
        WeightRandomisation randomisation = new WeightRandomisation(network, random);
        for (String step : steps(network.architecture())) {
            visitor.visit(step, randomisation.next(step));
        }
    }

    private BuiltInNetwork next(String step) {
        Head head = network.head().orElseThrow();
        if (step.equals("head")) {
            head = redrawn(head);
        } else if (step.equals("stem")) {
            redraw(architecture.stem());
        } else {
            int stage = architecture.stageNames().indexOf(step) + 1;
            architecture.residuals().stream()
                    .filter(residual -> residual.stage() == stage)
                    .forEach(residual -> residual.convolutions().forEach(this::redraw));
        }
        network = BuiltInNetwork.of(architecture, convolutions, Optional.of(head), network.normalisation());
        return network;
    }

    private void redraw(Convolution convolution) {
        int inputs = convolution.in() * convolution.kernel() * convolution.kernel();
        convolutions.computeIfPresent(convolution.name(), (name, old) -> {
            float[] kernel = normal(old.kernel().length, Math.sqrt(2.0 / inputs));
            return new FoldedConvolution(kernel, new float[old.bias().length], old.scale());
        });
    }

    private Head redrawn(Head head) {
        double squares = 0;
        for (float weight : head.weight()) {
            squares += (double) weight * weight;
        }
        float[] weight = normal(head.weight().length, Math.sqrt(squares / head.weight().length));
        float[] bias = new float[head.bias().length];
        return head instanceof HellingerHead hellinger
                ? new HellingerHead(weight, bias, hellinger.epsilon())
                : new LinearHead(weight, bias);
    }

    private float[] normal(int length, double deviation) {
        float[] drawn = new float[length];
        for (int i = 0; i < length; i++) {
            drawn[i] = (float) (deviation * random.nextGaussian());
        }
        return drawn;
    }
}
