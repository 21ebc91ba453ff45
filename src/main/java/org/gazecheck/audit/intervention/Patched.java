package org.gazecheck.audit.intervention;

import org.gazecheck.image.RgbImage;

/**
 * An image with a window of another: pasted with an edge of a few pixels over which both mix, none at the border of the image.
 *
 * @param into the image that it is pasted into
 * @param donor whose window it is
 * @param from in the donor
 * @param to in the image, of the same side
 */
record Patched(SegmentedImage into, SegmentedImage donor, Window from, Window to) implements Composite {
    private static final int EDGE = 3;

    @Override
    public String key() {
        return into.item().sha256() + " with " + to.side() + " pixels of " + donor.item().sha256() + " from " + from.x() + ","
                + from.y() + " at " + to.x() + "," + to.y();
    }

    @Override
    public RgbImage image() {
        RgbImage frame = into.frame();
        byte[] rgb = frame.rgb().clone();
        byte[] other = donor.frame().rgb();
        for (int row = 0; row < to.side(); row++) {
            for (int column = 0; column < to.side(); column++) {
                double weight = weight(to.x() + column, column, frame.width())
                        * weight(to.y() + row, row, frame.height());
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
     * @param at in the image
     * @param in the window
     */
    private double weight(int at, int in, int size) {
        int before = at - in == 0 ? EDGE : in;
        int after = at - in + to.side() == size ? EDGE : to.side() - 1 - in;
        return Math.min(1, (1.0 + Math.min(before, after)) / (1 + EDGE));
    }
}
