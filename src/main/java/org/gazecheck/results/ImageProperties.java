package org.gazecheck.results;

/**
 * What an image is like, a line of {@code properties.csv}. All but width and height are of the
 * part that the network sees, at a short side of 256 pixels; NaN where a property does not exist.
 *
 * @param width of the upright image in pixels, at least 1
 * @param height of the upright image in pixels, at least 1
 * @param brightness mean luma, 0 (black) to 1 (white)
 * @param contrast standard deviation of luma, 0 (uniform) to 0.5 (half black, half white): RMS contrast (Peli 1990)
 * @param sharpness variance of the Laplacian of luma, in squared steps of 8 bits, from 0 (Pech-Pacheco et al. 2000)
 * @param saturation mean saturation (HSV), 0 (grey) to 1
 * @param objectHue circular mean of the hue inside the mask, in degrees from 0 to less than 360 (red 0, green 120); NaN
 *     without mask or colour
 * @param backgroundHue the same outside the mask
 * @param objectArea share of the area that the mask covers, 0..1; NaN without mask
 * @param objectX horizontal centre of the mask, 0 (left edge) to 1; NaN without foreground
 * @param objectY vertical centre of the mask, 0 (upper edge) to 1; NaN without foreground
 */
public record ImageProperties(
        String path,
        String sha256,
        Split split,
        int width,
        int height,
        double brightness,
        double contrast,
        double sharpness,
        double saturation,
        double objectHue,
        double backgroundHue,
        double objectArea,
        double objectX,
        double objectY,
        Capture capture) {

    /**
     * What camera, light and file make of an image; NaN where it cannot be told. What only the file shows is measured on the
     * whole image at its own size: falloff, noise, blockiness, quantiser.
     *
     * @param blur over which length luma turns, as a share of the side that the network sees, above 0: the root of the energy of
     *     its gradient over that of its Laplacian
     * @param falloff how far light falls off towards the corners, about s where they are darker by {@code 1 - s r^2}
     *     (median slope along rays, Zheng et al. 2008); negative where corners are lighter
     * @param castTemperature of the least colourful twentieth outside the object, {@code log R - log B}: above 0 warm
     * @param castTint of the same, {@code log G - (log R + log B) / 2}: above 0 green, below 0 magenta
     * @param noise standard deviation of noise in the smoothest parts, in steps of 8 bits, from 0 (Immerkær 1996)
     * @param blockiness logarithm of how far blocks of 8x8 pixels stand out, from 0 (after Wang, Sheikh and Bovik 2002)
     * @param quantiser mean of the quantisation table of lightness, from 1; NaN where the file is no JPEG
     */
    public record Capture(
            double blur,
            double falloff,
            double castTemperature,
            double castTint,
            double noise,
            double blockiness,
            double quantiser) {
        /** Of images of which nothing of it is known. */
        public static final Capture UNKNOWN =
                new Capture(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** Width by height. */
    public double aspect() {
        return (double) width / height;
    }

    public double pixels() {
        return (double) width * height;
    }

    /** Distance of the mask's centre from the centre, as a share of the side: 0 to 0.71. */
    public double offCentre() {
        return Math.hypot(objectX - 0.5, objectY - 0.5);
    }
}
