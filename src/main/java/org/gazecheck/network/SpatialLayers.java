package org.gazecheck.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.io.Printable;

/**
 * The layers of an external network that maps can be of, in its own order, at one image size.
 *
 * @param side of the square images, in pixels
 * @param last name of the layer that is used where none is asked for
 */
public record SpatialLayers(List<SpatialLayer> layers, int side, String last) {
    private static final int SHOWN = 12;

    public SpatialLayers {
        layers = List.copyOf(layers);
    }

    /** @throws UnknownLayerException if no layer is called so, with those that there are, the last first */
    public SpatialLayer find(String wanted) throws UnknownLayerException {
        return named(wanted)
                .orElseThrow(() -> new UnknownLayerException("no layer '" + Printable.of(wanted)
                        + "' with spatial extent in the network: choose one of " + candidates()));
    }

    private Optional<SpatialLayer> named(String wanted) {
        return layers.stream().filter(layer -> layer.isCalled(wanted)).findFirst();
    }

    /** One that was found before. */
    public SpatialLayer known(String layer) {
        return named(layer).orElseThrow();
    }

    /** Name of the last layer before {@link #last} that has at least twice its height and width; else of that one. */
    String finer() {
        SpatialLayer coarse = known(last);
        return layers.subList(0, layers.indexOf(coarse)).stream()
                .filter(layer -> layer.shape().get(1) >= 2 * coarse.shape().get(1)
                        && layer.shape().get(2) >= 2 * coarse.shape().get(2))
                .reduce((before, after) -> after)
                .orElse(coarse)
                .name();
    }

    int[] shape(String layer, int size) {
        if (size != side) {
            throw new IllegalArgumentException("the network was opened for images of " + side + ", not " + size);
        }
        return known(layer).shape().stream().mapToInt(Integer::intValue).toArray();
    }

    private String candidates() {
        List<SpatialLayer> backwards = new ArrayList<>(layers);
        Collections.reverse(backwards);
        String shown = backwards.stream()
                .limit(SHOWN)
                .map(layer -> layer.name()
                        + layer.shape().stream().map(String::valueOf).collect(Collectors.joining("x", " (", ")")))
                .collect(Collectors.joining(", "));
        return layers.size() > SHOWN ? shown + " and " + (layers.size() - SHOWN) + " before them" : shown;
    }
}
