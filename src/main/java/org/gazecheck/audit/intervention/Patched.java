package org.gazecheck.audit.intervention;

import java.io.IOException;
import org.gazecheck.image.RgbImage;

/**
 * An image with a window of another: pasted with an edge over which both mix, none at the border of the image.
 *
 * @param into the image that it is pasted into
 * @param donor whose window it is
 * @param from in the donor
 * @param to in the image, of the same size
 */
record Patched(Composite into, SegmentedImage donor, Window from, Window to) implements Composite {
    /** Width of the edge as a share of the side: 3 of 224 pixels. */
    private static final double EDGE = 1 / 75.0;

    Patched(SegmentedImage into, SegmentedImage donor, Window from, Window to) {
        this(new Composite.Framed(into), donor, from, to);
    }

    @Override
    public String key() {
        return into.key() + " with " + to.width() + "x" + to.height() + " pixels of "
                + donor.item().sha256() + " from " + from.x() + "," + from.y() + " at " + to.x() + "," + to.y();
    }

    @Override
    public RgbImage image() throws IOException {
        RgbImage frame = into.image();
        byte[] rgb = frame.rgb().clone();
        byte[] other = donor.frame().rgb();
        for (int row = 0; row < to.height(); row++) {
            for (int column = 0; column < to.width(); column++) {
                double weight = weight(to.x(), column, to.width(), frame.width())
                        * weight(to.y(), row, to.height(), frame.height());
                int at = 3 * ((to.y() + row) * frame.width() + to.x() + column);
                int source = 3 * ((from.y() + row) * donor.frame().width() + from.x() + column);
                for (int c = 0; c < 3; c++) {
                    double mixed = weight * (other[source + c] & 0xff) + (1 - weight) * (rgb[at + c] & 0xff);
                    rgb[at + c] = (byte) Math.round(mixed);
                }
            }
        }
        return new RgbImage(frame.width(), frame.height(), rgb);
    }

    /**
     * How much of the donor is seen along one axis, 0..1.
     *
     * @param from where the window begins in the image
     * @param at in the window
     * @param length of the window
     * @param size of the image
     */
    private static double weight(int from, int at, int length, int size) {
        int edge = (int) Math.ceil(EDGE * size);
        int before = from == 0 ? edge : at;
        int after = from + length == size ? edge : length - 1 - at;
        return Math.min(1, (1.0 + Math.min(before, after)) / (1 + edge));
    }
}
