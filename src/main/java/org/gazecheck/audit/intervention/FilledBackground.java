package org.gazecheck.audit.intervention;

import java.util.Arrays;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;

/** An image without its object: what is not background, and a band around it, are {@linkplain FilledRegion filled} from around. */
final class FilledBackground {
    /** Width of the band as a share of the side: masks are a pixel or two too tight, and petals cast shadows. */
    private static final double BAND = 0.02;

    private FilledBackground() {}

    /** [size, size, 3]; the image itself where everything would be hidden. */
    static RgbImage of(SegmentedImage image) {
        RgbImage frame = image.frame();
        return FilledRegion.of(frame, widened(image.mask(), (int) Math.ceil(BAND * frame.width())));
    }

    private static boolean[] widened(Mask mask, int by) {
        boolean[] rows = new boolean[mask.foreground().length];
        boolean[] both = new boolean[rows.length];
        int width = mask.width();
        for (int i = 0; i < rows.length; i++) {
            if (mask.foreground()[i] || mask.unknown()[i]) {
                int x = i % width;
                Arrays.fill(rows, i - Math.min(by, x), i + Math.min(by, width - 1 - x) + 1, true);
            }
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i]) {
                int y = i / width;
                for (int ny = Math.max(0, y - by); ny <= Math.min(mask.height() - 1, y + by); ny++) {
                    both[ny * width + i % width] = true;
                }
            }
        }
        return both;
    }
}
