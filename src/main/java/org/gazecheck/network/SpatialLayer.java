package org.gazecheck.network;

import java.util.List;
import java.util.Optional;

/**
 * A layer of an external network whose activations are maps.
 *
 * @param name fit for file names
 * @param value what the network itself calls its output
 * @param aliases other names that people may know it by
 * @param shape [c, h, w] at the network's image size
 * @param layout how the value holds its maps
 * @param whyNoGradients why there are no gradients at it; empty: there are
 */
public record SpatialLayer(
        String name,
        String value,
        List<String> aliases,
        List<Integer> shape,
        MapLayout layout,
        Optional<String> whyNoGradients) {
    private static final int LONGEST = 80;

    public SpatialLayer {
        aliases = List.copyOf(aliases);
        shape = List.copyOf(shape);
    }

    /** A name as it can stand in a file's name: separators become full stops, of a long one the end is kept. */
    public static String plain(String name) {
        String plain = name.replaceAll("[^\\p{Alnum}_-]+", ".").replaceAll("^\\.|\\.$", "");
        String kept = plain.substring(Math.max(0, plain.length() - LONGEST));
        return kept.isEmpty() ? "layer" : kept;
    }

    boolean isCalled(String wanted) {
        return name.equals(wanted) || value.equals(wanted) || aliases.contains(wanted);
    }
}
