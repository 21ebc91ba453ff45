package org.gazecheck.network;

import java.nio.file.Path;
import java.util.Optional;
import org.gazecheck.config.ExternalSettings;

/**
 * What is asked of an external classifier that is given tensors, and no images.
 *
 * @param layer that maps are to be of, by any name; empty: the last with spatial extent
 * @param output that holds the logits; empty: the one that is reached through the most operators
 * @param layout how the layer holds its maps; empty: as graph and sizes say
 */
public record TensorRequest(Path file, Optional<String> layer, Optional<String> output, Optional<Reading> layout) {
    /**
     * An order of dimensions that somebody states.
     *
     * @param height of the maps; 0: as the value's sizes say
     * @param width of the maps; 0: as the value's sizes say
     */
    public record Reading(MapLayout.Kind kind, int height, int width) {
        /** Empty where {@code external.layout} and {@code external.grid} leave it to be found out. */
        public static Optional<Reading> stated(ExternalSettings external) {
            if (external.layout() == ExternalSettings.Layout.AUTO && external.grid() == null) {
                return Optional.empty();
            }
            MapLayout.Kind kind =
                    switch (external.layout()) {
                        case NCHW -> MapLayout.Kind.CHANNELS_FIRST;
                        case NHWC -> MapLayout.Kind.CHANNELS_LAST;
                        case AUTO, TOKENS -> MapLayout.Kind.TOKENS;
                    };
            String[] sizes = external.grid() == null
                    ? new String[] {"0", "0"}
                    : external.grid().split("x");
            return Optional.of(new Reading(kind, Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1])));
        }
    }
}
