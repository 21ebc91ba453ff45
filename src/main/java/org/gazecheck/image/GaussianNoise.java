package org.gazecheck.image;

import java.util.SplittableRandom;

/**
 * Independent normal noise on every stored value.
 *
 * @param sd standard deviation in steps of 8 bits, above 0
 */
public record GaussianNoise(double sd, long seed) implements Alteration {
    @Override
    public RgbImage of(RgbImage image) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] rgb = new byte[image.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = Alteration.clipped((image.rgb()[i] & 0xff) + sd * random.nextGaussian());
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    @Override
    public String identity() {
        return "noise " + sd + " seed " + seed;
    }
}
