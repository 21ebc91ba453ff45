package org.gazecheck.knownanswers;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.image.BufferedImages;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Resizer;
import org.gazecheck.image.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * Draws pictures. What a property looks like in an image depends on the set's seed, the photograph and the property alone, so
 * that an image with it and one without differ in nothing else.
 */
final class Renderer {
    private static final ImageDecoder DECODER = new ImageDecoder(10_000_000);
    private static final int COMPOSITE = 256;
    private static final int NATURAL = 288;
    private static final int TRIES = 60;
    private static final List<Artefact> WHOLE_IMAGE =
            List.of(Artefact.CAST, Artefact.VIGNETTE, Artefact.BLUR, Artefact.NOISE, Artefact.COMPRESSION);
    private static final List<Artefact> THINGS =
            List.of(Artefact.REAL_OBJECT, Artefact.OBJECT, Artefact.STICKER, Artefact.STAMP);

    private final Stock stock;
    private final Lot lot;

    Renderer(Stock stock, long seed) {
        this.stock = stock;
        this.lot = new Lot(seed);
    }

    /**
     * An image.
     *
     * @param mask [height, width], what given masks show; null for photographs
     */
    record Drawn(RgbImage image, boolean @Nullable [] mask) {}

    Drawn draw(Picture picture) throws IOException {
        RgbImage image;
        boolean[] object;
        boolean[] mask = null;
        if (picture.background().isEmpty()) {
            image = photograph(picture);
            object = middle(image.width());
        } else {
            image = background(picture);
            boolean[] own = new boolean[image.width() * image.height()];
            object = new boolean[own.length];
            flowers(picture, image, own, object);
            mask = own;
        }
        for (Artefact artefact : THINGS) {
            Optional<Property> thing = picture.carried(artefact);
            if (thing.isPresent()) {
                image = beside(image, thing.get(), object, random(picture, thing.get()));
            }
        }
        for (Artefact artefact : WHOLE_IMAGE) {
            Optional<Property> change = picture.carried(artefact);
            if (change.isPresent()) {
                image = Degradation.of(image, change.get(), random(picture, change.get()));
            }
        }
        return new Drawn(image, mask);
    }

    private SplittableRandom random(Picture picture, Property property) {
        return lot.of("look of " + property.artefact().text(), stock.name(picture.source()));
    }

    private SplittableRandom random(Picture picture, String purpose) {
        return lot.of(purpose, stock.name(picture.source()));
    }

    private RgbImage photograph(Picture picture) throws IOException {
        RgbImage image = Pixels.square(DECODER.decode(picture.source()), NATURAL);
        Optional<Property> small = picture.carried(Artefact.SMALL);
        if (small.isPresent()) {
            SplittableRandom random = random(picture, small.get());
            int inner = (int) (NATURAL * (1 - small.get().strength() * Lot.between(random, 0.45, 0.6)));
            int left = random.nextInt(NATURAL - inner + 1);
            return Pixels.reflected(image, inner, left, random.nextInt(NATURAL - inner + 1));
        }
        Optional<Property> large = picture.carried(Artefact.LARGE);
        if (large.isPresent()) {
            SplittableRandom random = random(picture, large.get());
            double inner = NATURAL * (1 - large.get().strength() * Lot.between(random, 0.45, 0.6));
            double left = (NATURAL - inner) * Lot.between(random, 0.35, 0.65);
            double top = (NATURAL - inner) * Lot.between(random, 0.35, 0.65);
            return Resizer.resize(image, left, top, inner, inner, NATURAL, NATURAL);
        }
        return image;
    }

    /** Where a photograph's flower may be: not within a quarter of the border. */
    private static boolean[] middle(int side) {
        boolean[] middle = new boolean[side * side];
        for (int i = 0; i < middle.length; i++) {
            int x = i % side;
            int y = i / side;
            middle[i] = Math.min(Math.min(x, side - 1 - x), Math.min(y, side - 1 - y)) >= side / 4;
        }
        return middle;
    }

    private RgbImage background(Picture picture) throws IOException {
        List<Path> kinds = stock.backgrounds(picture.background());
        SplittableRandom random = random(picture, "background");
        RgbImage image = DECODER.decode(kinds.get(random.nextInt(kinds.size())));
        RgbImage resized = Resizer.resize(image, COMPOSITE, COMPOSITE);
        return random.nextBoolean() ? Pixels.mirrored(resized) : resized;
    }

    /**
     * @param own in place: what the mask shows
     * @param all in place: the second flower too
     */
    private void flowers(Picture picture, RgbImage image, boolean[] own, boolean[] all) throws IOException {
        SplittableRandom random = random(picture, "flower");
        double side = Lot.between(random, 0.48, 0.72);
        double near = Lot.between(random, 0.92, 1.12);
        double far = Lot.between(random, 0.22, 0.34);
        Optional<Property> small = picture.carried(Artefact.SMALL);
        Optional<Property> large = picture.carried(Artefact.LARGE);
        if (small.isPresent()) {
            side += small.get().strength() * (far - side);
        } else if (large.isPresent()) {
            side += large.get().strength() * (near - side);
        }
        Path second = picture.second();
        if (second != null) {
            SplittableRandom other = random(picture, "second flower");
            CutOut flower =
                    CutOut.read(second, stock.mask(second)).scaled(COMPOSITE * side * Lot.between(other, 0.55, 0.8));
            place(flower, image, all, other.nextBoolean() ? 0 : 1, other.nextDouble());
        }
        CutOut flower =
                CutOut.read(picture.source(), stock.mask(picture.source())).scaled(COMPOSITE * side);
        double across = random.nextDouble();
        double down = random.nextDouble();
        place(flower, image, own, across, down);
        for (int i = 0; i < own.length; i++) {
            all[i] |= own[i];
        }
    }

    private static void place(CutOut flower, RgbImage image, boolean[] covered, double across, double down) {
        int left = (int) Math.round((image.width() - flower.width()) * across);
        int top = (int) Math.round((image.height() - flower.height()) * down);
        flower.onto(image, left, top, covered);
    }

    private RgbImage beside(RgbImage image, Property thing, boolean[] object, SplittableRandom random)
            throws IOException {
        int side = image.width();
        Artefact artefact = thing.artefact();
        boolean fixed = artefact == Artefact.STAMP;
        double share =
                switch (artefact) {
                    case STAMP -> 0.2;
                    case STICKER -> 0.11;
                    case OBJECT -> 0.15;
                    default -> 0.22;
                };
        double width = side * share * Math.sqrt(thing.strength()) * Lot.between(random, 0.88, 1.14);
        int[] middle = fixed ? corner(thing.variant(), side, width, random) : free(side, width, object, thing, random);
        if (artefact == Artefact.REAL_OBJECT) {
            List<Path> flowers = stock.beside();
            Path flower = flowers.get(random.nextInt(flowers.size()));
            CutOut cutOut = CutOut.read(flower, stock.mask(flower)).scaled(width);
            RgbImage copy = new RgbImage(side, side, image.rgb().clone());
            cutOut.onto(
                    copy, middle[0] - cutOut.width() / 2, middle[1] - cutOut.height() / 2, new boolean[side * side]);
            return copy;
        }
        BufferedImage canvas = BufferedImages.of(image);
        Graphics2D g = canvas.createGraphics();
        g.translate(middle[0], middle[1]);
        g.rotate(turn(thing, random));
        g.scale(width, width);
        Marks.draw(g, thing, random);
        g.dispose();
        return BufferedImages.toRgb(canvas);
    }

    private static double turn(Property thing, SplittableRandom random) {
        return switch (thing.artefact()) {
            case STAMP -> 0;
            case STICKER -> Lot.between(random, -0.3, 0.3);
            default -> Lot.between(random, 0, 2 * Math.PI);
        };
    }

    private static int[] corner(String corner, int side, double width, SplittableRandom random) {
        int x = (int) (width * 0.62 + random.nextInt(4));
        int y = (int) (width * 0.4 + random.nextInt(4));
        return new int[] {corner.endsWith("w") ? x : side - x, corner.startsWith("n") ? y : side - y};
    }

    /** Of some places that where it hides least of the object; stickers stay near the border. */
    private static int[] free(int side, double width, boolean[] object, Property thing, SplittableRandom random) {
        int half = (int) Math.ceil(width * (thing.variant().equals("ruler") ? 0.95 : 0.6));
        int[] best = {half, half};
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < TRIES && least > 0; i++) {
            int x = half + random.nextInt(Math.max(1, side - 2 * half));
            int y = half + random.nextInt(Math.max(1, side - 2 * half));
            if (thing.artefact() == Artefact.STICKER) {
                int edge = random.nextInt(4);
                x = edge == 0 ? half : edge == 1 ? side - half : x;
                y = edge == 2 ? half : edge == 3 ? side - half : y;
            }
            int hidden = hidden(object, side, x, y, half);
            if (hidden < least) {
                least = hidden;
                best = new int[] {x, y};
            }
        }
        return best;
    }

    private static int hidden(boolean[] object, int side, int x, int y, int half) {
        int hidden = 0;
        for (int v = Math.max(0, y - half); v < Math.min(side, y + half); v++) {
            for (int u = Math.max(0, x - half); u < Math.min(side, x + half); u++) {
                hidden += object[v * side + u] ? 1 : 0;
            }
        }
        return hidden;
    }
}
