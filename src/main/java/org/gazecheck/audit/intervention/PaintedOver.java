package org.gazecheck.audit.intervention;

import org.gazecheck.image.RgbImage;

/** An image with a window painted over, {@linkplain FilledRegion filled} from around. */
record PaintedOver(SegmentedImage of, Window hidden) implements Composite {
    @Override
    public String key() {
        return of.item().sha256() + " without " + hidden.width() + "x" + hidden.height() + " pixels at " + hidden.x()
                + "," + hidden.y();
    }

    @Override
    public RgbImage image() {
        RgbImage frame = of.frame();
        boolean[] region = new boolean[frame.width() * frame.height()];
        for (int i = 0; i < region.length; i++) {
            region[i] = hidden.contains(i % frame.width(), i / frame.width());
        }
        return FilledRegion.of(frame, region);
    }
}
