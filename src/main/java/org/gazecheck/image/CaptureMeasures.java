package org.gazecheck.image;

import java.util.Optional;

/**
 * What camera, light and file make of an image. The measures are defined at {@code org.gazecheck.results.ImageProperties.Capture}.
 */
public record CaptureMeasures(
        double blur,
        double falloff,
        double castTemperature,
        double castTint,
        double noise,
        double blockiness,
        double quantiser) {

    /**
     * Of a file.
     *
     * @param mask of the frame
     */
    public static CaptureMeasures of(OriginalMeasures original, RgbImage frame, Optional<Mask> mask) {
        ColourCast cast = ColourCast.of(frame, mask);
        return new CaptureMeasures(
                BlurLength.of(frame),
                original.falloff(),
                cast.temperature(),
                cast.tint(),
                original.noise(),
                original.blockiness(),
                original.quantiser());
    }
}
