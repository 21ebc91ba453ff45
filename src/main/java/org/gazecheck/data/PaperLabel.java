package org.gazecheck.data;

import static org.gazecheck.data.DrawnFlower.between;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** A yellow paper label with lines of writing in the lower left of an image, as plant collections have them. */
final class PaperLabel {
    private static final int LINES = 3;

    private PaperLabel() {}

    static void draw(Graphics2D graphics, int size, SplittableRandom random) {
        double width = size * between(0.3, 0.34, random);
        double height = 0.6 * width;
        double x = size * between(0.06, 0.1, random);
        double y = size * (1 - between(0.06, 0.1, random)) - height;
        graphics.setColor(Color.getHSBColor(0.16f, 0.6f, (float) between(0.92, 1, random)));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
        graphics.setColor(new Color(40, 36, 60));
        for (int line = 1; line <= LINES; line++) {
            double length = width * between(0.55, 0.8, random);
            graphics.fill(new Rectangle2D.Double(
                    x + 0.1 * width, y + height * line / (LINES + 1) - 0.03 * height, length, 0.09 * height));
        }
    }
}
