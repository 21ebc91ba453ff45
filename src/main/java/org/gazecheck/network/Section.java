package org.gazecheck.network;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.network.Architecture.Residual;

/**
 * A consecutive part of a network: from the image, or from the activations of a layer, as far as something asks.
 *
 * @param stem whether the first convolution and the max pooling belong to it
 * @param from "image", or the name of the block whose output is the input
 * @param residuals the blocks, in order
 * @param end how far it goes after them
 */
public record Section(boolean stem, String from, List<Residual> residuals, End end) {
    /** What comes after the last block. */
    public enum End {
        BLOCKS,
        FEATURES,
        LOGITS,
        /** Softmax with DL4J's own layers throughout. */
        PROBABILITIES,
        /** Softmax cross-entropy, to be trained. */
        LOSS
    }

    public static Section whole(Architecture architecture, End end) {
        return from(architecture, InferencePlan.IMAGE, end);
    }

    /** Everything after a layer. */
    public static Section from(Architecture architecture, String layer, End end) {
        List<Residual> all = architecture.residuals();
        if (layer.equals(InferencePlan.IMAGE)) {
            return new Section(true, layer, all, end);
        }
        int index = index(architecture, layer);
        return new Section(false, all.get(index).name(), all.subList(index + 1, all.size()), end);
    }

    /** From the plan's input to the last of its taps. */
    public static Section of(Architecture architecture, InferencePlan plan) {
        int last = -1;
        End end = End.BLOCKS;
        for (Tap tap : plan.taps()) {
            if (tap instanceof Tap.Activations activations) {
                last = Math.max(last, index(architecture, activations.layer()));
            } else if (tap instanceof Tap.Features) {
                end = end == End.LOGITS ? end : End.FEATURES;
            } else {
                end = End.LOGITS;
            }
        }
        Section section = from(architecture, plan.from(), end);
        if (end != End.BLOCKS) {
            return section;
        }
        int first = architecture.residuals().size() - section.residuals.size();
        if (last < first - 1) {
            throw new IllegalArgumentException("no tap lies after " + plan.from() + ": " + plan.taps());
        }
        return new Section(
                section.stem, section.from, section.residuals.subList(0, Math.max(0, last + 1 - first)), end);
    }

    /** The block's name of a layer: "layer4" is its last block's output. */
    public static String block(Architecture architecture, String layer) {
        return architecture.residuals().get(index(architecture, layer)).name();
    }

    private static int index(Architecture architecture, String layer) {
        List<Residual> all = architecture.residuals();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).name().equals(layer) || ("layer" + all.get(i).stage()).equals(layer)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no layer '" + layer + "' in " + architecture.name() + ": it has "
                + architecture.stageNames() + " and their blocks, such as "
                + all.get(0).name());
    }

    public List<Convolution> convolutions(Architecture architecture) {
        List<Convolution> all = new ArrayList<>();
        if (stem) {
            all.add(architecture.stem());
        }
        residuals.forEach(residual -> all.addAll(residual.convolutions()));
        return all;
    }

    public boolean head() {
        return end.compareTo(End.LOGITS) >= 0;
    }

    public boolean softmax() {
        return end.compareTo(End.PROBABILITIES) >= 0;
    }
}
