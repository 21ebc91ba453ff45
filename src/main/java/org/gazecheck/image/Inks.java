package org.gazecheck.image;

import java.util.Optional;
import java.util.Set;

/** From cyan, magenta, yellow and black to 8-bit sRGB. */
final class Inks {
    private static final int CMYK = 4;

    private Inks() {}

    /**
     * By their profile; without one that can be used, by PIL's {@code convert("RGB")}: {@code (1 - c)(1 - k)} and so on.
     *
     * @param inks [n, 4], unsigned, 255 full ink
     * @param notes to which is added what was done
     * @return [n, 3]
     */
    static byte[] toRgb(byte[] inks, Optional<byte[]> icc, Set<DecodingNote> notes) {
        Optional<ColourProfile> profile = icc.flatMap(bytes -> ColourProfile.of(bytes, CMYK));
        if (profile.isPresent()) {
            notes.add(DecodingNote.PROFILE);
            return profile.get().convert(inks);
        }
        if (icc.isPresent()) {
            notes.add(DecodingNote.BROKEN_PROFILE);
        }
        notes.add(DecodingNote.INKS);
        byte[] rgb = new byte[inks.length / CMYK * 3];
        for (int i = 0, o = 0; i < inks.length; i += CMYK, o += 3) {
            int white = 255 - (inks[i + 3] & 0xff);
            for (int c = 0; c < 3; c++) {
                int product = (inks[i + c] & 0xff) * white + 128;
                rgb[o + c] = (byte) (white - ((product >> 8) + product >> 8));
            }
        }
        return rgb;
    }
}
