package org.gazecheck.data;

import static org.gazecheck.data.DrawnFlower.between;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** What drawn flowers stand before. */
enum DrawnBackground {
    GRASS {
        @Override
        void draw(Graphics2D graphics, int size, SplittableRandom random) {
            fill(graphics, size, 0.3f, 0.6f, 0.35f);
            for (int i = 0; i < size * 6; i++) {
                double x = random.nextDouble() * size;
                double y = random.nextDouble() * size * 1.1;
                graphics.setColor(shade(0.24, 0.36, 0.6, 0.3, 0.75, random));
                Path2D.Double blade = new Path2D.Double();
                blade.moveTo(x, y);
                blade.quadTo(x + 1, y - size * 0.06, x + between(-0.06, 0.06, random) * size, y - size * 0.12);
                graphics.draw(blade);
            }
        }
    },
    SOIL {
        @Override
        void draw(Graphics2D graphics, int size, SplittableRandom random) {
            fill(graphics, size, 0.07f, 0.5f, 0.3f);
            scatter(graphics, size, size * 8, 0.01, 0.03, 0.07, 0.2, 0.5, random);
        }
    },
    PLANKS {
        @Override
        void draw(Graphics2D graphics, int size, SplittableRandom random) {
            double width = size * between(0.14, 0.22, random);
            for (double x = -width * random.nextDouble(); x < size; x += width) {
                graphics.setColor(shade(0.08, 0.1, 0.35, 0.5, 0.65, random));
                graphics.fill(new Rectangle2D.Double(x, 0, width, size));
                for (int i = 0; i < 6; i++) {
                    graphics.setColor(shade(0.08, 0.1, 0.4, 0.4, 0.55, random));
                    double line = x + width * random.nextDouble();
                    graphics.fill(new Rectangle2D.Double(line, 0, 1, size));
                }
                graphics.setColor(new Color(40, 26, 16));
                graphics.fill(new Rectangle2D.Double(x, 0, 1.5, size));
            }
        }
    },
    PEBBLES {
        @Override
        void draw(Graphics2D graphics, int size, SplittableRandom random) {
            fill(graphics, size, 0.1f, 0.05f, 0.3f);
            scatter(graphics, size, size * 3, 0.04, 0.1, 0.1, 0.45, 0.85, random);
        }
    },
    BRICK {
        @Override
        void draw(Graphics2D graphics, int size, SplittableRandom random) {
            fill(graphics, size, 0.1f, 0.1f, 0.75f);
            double height = size * between(0.08, 0.12, random);
            double width = 2.4 * height;
            int row = 0;
            for (double y = -height * random.nextDouble(); y < size; y += height, row++) {
                for (double x = -width * (row % 2 == 0 ? 1 : 0.5); x < size; x += width) {
                    graphics.setColor(shade(0.01, 0.04, 0.65, 0.5, 0.7, random));
                    graphics.fill(new Rectangle2D.Double(x, y, width - 2, height - 2));
                }
            }
        }
    },
    WATER {
        @Override
        void draw(Graphics2D graphics, int size, SplittableRandom random) {
            fill(graphics, size, 0.53f, 0.55f, 0.6f);
            graphics.setStroke(new BasicStroke(1.5f));
            for (int i = 0; i < size; i++) {
                double x = random.nextDouble() * size;
                double y = random.nextDouble() * size;
                double length = size * between(0.08, 0.25, random);
                graphics.setColor(shade(0.5, 0.56, 0.5, 0.5, 0.85, random));
                Path2D.Double wave = new Path2D.Double();
                wave.moveTo(x, y);
                wave.curveTo(x + length / 3, y - 4, x + 2 * length / 3, y + 4, x + length, y);
                graphics.draw(wave);
            }
            graphics.setStroke(new BasicStroke(1));
        }
    };

    /** Fills the whole image. */
    abstract void draw(Graphics2D graphics, int size, SplittableRandom random);

    private static void fill(Graphics2D graphics, int size, float hue, float saturation, float brightness) {
        graphics.setColor(Color.getHSBColor(hue, saturation, brightness));
        graphics.fill(new Rectangle2D.Double(0, 0, size, size));
    }

    /** Ellipses everywhere. */
    private static void scatter(
            Graphics2D graphics,
            int size,
            int count,
            double smallest,
            double largest,
            double hue,
            double darkest,
            double brightest,
            SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            double width = size * between(smallest, largest, random);
            double height = width * between(0.6, 1, random);
            double saturation = hue < 0.1 ? 0.5 : 0.08;
            graphics.setColor(shade(hue, hue + 0.03, saturation, darkest, brightest, random));
            graphics.fill(new Ellipse2D.Double(
                    random.nextDouble() * size - width / 2, random.nextDouble() * size - height / 2, width, height));
        }
    }

    private static Color shade(
            double low, double high, double saturation, double darkest, double brightest, SplittableRandom random) {
        return Color.getHSBColor(
                (float) between(low, high, random), (float) saturation, (float) between(darkest, brightest, random));
    }
}
