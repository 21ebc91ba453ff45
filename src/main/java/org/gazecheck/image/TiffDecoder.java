package org.gazecheck.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** TIFF files, of several pages the first, by the JDK's reader. */
final class TiffDecoder {
    private static final int INKS = 4;
    private static final int DEEP = 16;

    private final JdkReader reader;

    TiffDecoder(PixelLimit limit) {
        this.reader = new JdkReader(ImageFormat.TIFF, JdkReader.JDK, limit);
    }

    StoredImage decode(byte[] file) throws InvalidImageException {
        TiffStructure structure = TiffStructure.of(file);
        EnumSet<DecodingNote> notes = EnumSet.noneOf(DecodingNote.class);
        if (structure.pages() > 1) {
            notes.add(DecodingNote.FIRST_PAGE);
        }
        boolean inks = structure.photometric() == TiffStructure.CMYK;
        Optional<byte[]> profile = structure.profile();
        RgbImage image = reader.image(
                structure.withoutProfile(),
                structure.bits() == DEEP,
                warning -> false,
                buffered -> inks ? inks(buffered, profile, notes) : rgb(buffered, notes));
        boolean grey =
                structure.photometric() == TiffStructure.GREY || structure.photometric() == TiffStructure.GREY_INVERTED;
        return new StoredImage(image, grey, inks ? Optional.empty() : profile, structure.orientation(), notes);
    }

    private static RgbImage rgb(BufferedImage image, Set<DecodingNote> notes) {
        notes.addAll(StoredSamples.notes(image));
        return BufferedImages.toRgb(image);
    }

    private static RgbImage inks(BufferedImage image, Optional<byte[]> profile, Set<DecodingNote> notes)
            throws InvalidImageException {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        if (bands < INKS) {
            throw new InvalidImageException("damaged: the TIFF file has inks of " + bands + " channels");
        }
        int shift = image.getColorModel().getComponentSize(0) - 8;
        int width = raster.getWidth();
        byte[] inks = new byte[width * raster.getHeight() * INKS];
        int[] row = new int[width * bands];
        for (int y = 0, o = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i += bands, o += INKS) {
                for (int c = 0; c < INKS; c++) {
                    inks[o + c] = (byte) (row[i + c] >> shift);
                }
            }
        }
        return new RgbImage(width, raster.getHeight(), Inks.toRgb(inks, profile, notes));
    }
}
