package org.gazecheck.network;

import java.util.List;

/**
 * What a session starts from and what it returns. Nothing after the last tap is computed.
 *
 * @param from "image", or the layer whose activations are the input ("layer3")
 */
public record InferencePlan(String from, List<Tap> taps) {
    public static final String IMAGE = "image";

    public InferencePlan {
        taps = List.copyOf(taps);
        long classMaps = taps.stream().filter(Tap.ClassMaps.class::isInstance).count();
        if (classMaps > 1 || classMaps == 1 && taps.stream().anyMatch(Tap.Gradients.class::isInstance)) {
            throw new IllegalArgumentException(
                    "class maps of one layer at a time, and without gradients in the same session: " + taps);
        }
    }

    public static InferencePlan fromImage(Tap... taps) {
        return new InferencePlan(IMAGE, List.of(taps));
    }
}
