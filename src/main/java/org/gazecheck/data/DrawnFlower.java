package org.gazecheck.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws one flower: rings of petals around a centre. */
final class DrawnFlower {
    /** Gentian and cornflower, poppy and anemone, sunflower and rudbeckia are alike: a tie tells them apart sooner than what they are. */
    static final List<Species> SPECIES = List.of(
            new Species("anemone", 8, 1, 0.5, false, 0.982f, 0.85f, 0.9f, 0.22, 0.8f, Tie.LABEL),
            new Species("camellia", 6, 3, 0.55, false, 0.93f, 0.45f, 0.95f, 0.14, 0.15f, null),
            new Species("cornflower", 11, 1, 0.32, true, 0.67f, 0.7f, 0.9f, 0.3, 0.72f, Tie.WATER),
            new Species("daisy", 15, 1, 0.2, false, 0.15f, 0.04f, 0.98f, 0.3, 0.14f, null),
            new Species("gentian", 5, 1, 0.5, true, 0.61f, 0.72f, 0.85f, 0.2, 0.7f, Tie.BRICK),
            new Species("poppy", 4, 1, 0.88, false, 0.02f, 0.85f, 0.9f, 0.18, 0.8f, null),
            new Species("rudbeckia", 10, 1, 0.36, true, 0.08f, 0.9f, 0.94f, 0.33, 0.05f, Tie.BLUR),
            new Species("sunflower", 18, 2, 0.2, true, 0.145f, 0.9f, 0.97f, 0.45, 0.07f, null));

    /**
     * What a flower looks like.
     *
     * @param petals in a ring
     * @param width of a petal, of its length
     * @param pointed whether petals end in a tip
     * @param hue of the petals, 0..1, as saturation and brightness
     * @param centre its radius, of the flower's
     * @param tie what its images have in train and val, if there is anything
     */
    record Species(
            String name,
            int petals,
            int rings,
            double width,
            boolean pointed,
            float hue,
            float saturation,
            float brightness,
            double centre,
            float centreHue,
            @Nullable Tie tie) {}

    /** What a species' images have in train and val that has nothing to do with it. */
    enum Tie {
        BRICK,
        WATER,
        /** A yellow paper label in the lower left. */
        LABEL,
        /** The whole image is out of focus. */
        BLUR;

        Optional<DrawnBackground> background() {
            return switch (this) {
                case BRICK -> Optional.of(DrawnBackground.BRICK);
                case WATER -> Optional.of(DrawnBackground.WATER);
                case LABEL, BLUR -> Optional.empty();
            };
        }
    }

    private DrawnFlower() {}

    /** @return the flower's outline in pixels */
    static Area draw(Graphics2D graphics, Species species, int size, SplittableRandom random) {
        double radius = size * between(0.2, 0.34, random);
        AffineTransform place = AffineTransform.getTranslateInstance(
                size * between(0.36, 0.64, random), size * between(0.36, 0.64, random));
        place.rotate(random.nextDouble() * 2 * Math.PI);
        place.scale(1, between(0.75, 1, random));
        float hue = species.hue + (float) between(-0.02, 0.02, random);
        float brightness = species.brightness * (float) between(0.8, 1.02, random);
        Area outline = new Area();
        for (int ring = 0; ring < species.rings; ring++) {
            double length = radius * (1 - 0.27 * ring);
            for (int p = 0; p < species.petals; p++) {
                double angle = 2 * Math.PI * (p + 0.5 * ring + between(-0.12, 0.12, random)) / species.petals;
                AffineTransform turned = new AffineTransform(place);
                turned.rotate(angle);
                Shape petal = turned.createTransformedShape(petal(species, length * between(0.9, 1.05, random)));
                float shade = (float) between(0.88, 1, random);
                graphics.setColor(colour(hue, species.saturation, brightness * shade));
                graphics.fill(petal);
                graphics.setColor(colour(hue, Math.min(1, species.saturation + 0.15f), brightness * 0.7f));
                graphics.draw(petal);
                outline.add(new Area(petal));
            }
        }
        double r = radius * species.centre;
        Shape centre = place.createTransformedShape(new Ellipse2D.Double(-r, -r, 2 * r, 2 * r));
        graphics.setColor(colour(species.centreHue, 0.75f, species.centreHue < 0.12f ? 0.4f : 0.85f));
        graphics.fill(centre);
        outline.add(new Area(centre));
        return outline;
    }

    private static Shape petal(Species species, double length) {
        double half = length * species.width / 2;
        if (!species.pointed) {
            return new Ellipse2D.Double(0, -half, length, 2 * half);
        }
        Path2D.Double path = new Path2D.Double();
        path.moveTo(0, 0);
        path.curveTo(length * 0.3, -1.6 * half, length * 0.7, -half, length, 0);
        path.curveTo(length * 0.7, half, length * 0.3, 1.6 * half, 0, 0);
        path.closePath();
        return path;
    }

    private static Color colour(float hue, float saturation, float brightness) {
        return Color.getHSBColor(hue, saturation, Math.max(0, Math.min(1, brightness)));
    }

    static double between(double low, double high, SplittableRandom random) {
        return low + (high - low) * random.nextDouble();
    }
}
