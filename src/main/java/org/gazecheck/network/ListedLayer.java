package org.gazecheck.network;

import java.util.List;
import java.util.Optional;

/**
 * A value of an ONNX graph that could hold maps.
 *
 * @param index in the graph's order, from 0
 * @param name the shortest by which it can be asked for
 * @param operator that gives it
 * @param shape for one image, the images' dimension first
 * @param certain whether the graph says how it holds its maps; otherwise its sizes look so
 * @param whyNoGradients why there are no gradients at it; empty: there are
 * @param onward whether the network can be run on from it alone
 */
public record ListedLayer(
        int index,
        String value,
        String name,
        String operator,
        List<Integer> shape,
        MapLayout layout,
        boolean certain,
        Optional<String> whyNoGradients,
        boolean onward) {
    public ListedLayer {
        shape = List.copyOf(shape);
    }
}
