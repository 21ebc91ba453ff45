package org.gazecheck.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.EnumSet;
import java.util.Set;

/** What decoded samples show that is lost as 8-bit RGB. */
final class StoredSamples {
    private static final int DEEP = 16;

    private StoredSamples() {}

    /** {@link DecodingNote#TRANSPARENT} and {@link DecodingNote#DIM} as far as they apply. */
    static Set<DecodingNote> notes(BufferedImage image) {
        EnumSet<DecodingNote> notes = EnumSet.noneOf(DecodingNote.class);
        ColorModel colours = image.getColorModel();
        if (transparent(image.getRaster(), colours)) {
            notes.add(DecodingNote.TRANSPARENT);
        }
        if (colours.getComponentSize(0) == DEEP && dim(image.getRaster(), colours.getNumColorComponents())) {
            notes.add(DecodingNote.DIM);
        }
        return notes;
    }

    private static boolean transparent(Raster raster, ColorModel colours) {
        if (!colours.hasAlpha()) {
            return false;
        }
        int[] row = new int[raster.getWidth()];
        boolean indexed = colours instanceof IndexColorModel;
        int band = indexed ? 0 : raster.getNumBands() - 1;
        int opaque = indexed ? 255 : (1 << colours.getComponentSize(band)) - 1;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, row.length, 1, band, row);
            for (int value : row) {
                if ((indexed ? colours.getAlpha(value) : value) != opaque) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean dim(Raster raster, int channels) {
        int[] row = new int[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int c = 0; c < channels; c++) {
                raster.getSamples(0, y, row.length, 1, c, row);
                for (int value : row) {
                    if (value >= 1 << DEEP - 2) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
