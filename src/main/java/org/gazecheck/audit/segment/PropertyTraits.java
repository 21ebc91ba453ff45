package org.gazecheck.audit.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.gazecheck.results.ImageProperties;
import org.jspecify.annotations.Nullable;

/**
 * Properties of images as traits: the lowest and the highest tenth, fifth and third of a number, and the six sectors of a hue.
 * Thresholds are quantiles of all images that have the property, right or wrong.
 */
final class PropertyTraits {
    private static final List<Share> SHARES =
            List.of(new Share("tenth", 0.1), new Share("fifth", 0.2), new Share("third", 1.0 / 3));

    /** Where ties make a share larger than so many times what it should be, it is left out. */
    private static final double TIED = 1.5;

    private static final List<String> HUES = List.of("red", "yellow", "green", "cyan", "blue", "magenta");
    private static final double SECTOR = 60;

    private static final List<Column> COLUMNS = List.of(
            new Column("brightness", "brightness", " %", 100, ImageProperties::brightness),
            new Column("contrast", "contrast", " %", 100, ImageProperties::contrast),
            new Column("sharpness", "sharpness", "", 1, ImageProperties::sharpness),
            new Column("saturation", "saturation", " %", 100, ImageProperties::saturation),
            new Column("aspect", "width by height", "", 1, ImageProperties::aspect),
            new Column("pixels", "resolution", " thousand pixels", 1e-3, ImageProperties::pixels),
            new Column("object_area", "the size of the object", " % of the area", 100, ImageProperties::objectArea),
            new Column("object_x", "the object's place from the left", " %", 100, ImageProperties::objectX),
            new Column("object_y", "the object's place from above", " %", 100, ImageProperties::objectY),
            new Column("off_centre", "the object's distance from the centre", " %", 100, ImageProperties::offCentre),
            new Column("blur", "blur", " % of the side", 100, p -> p.capture().blur()),
            new Column("falloff", "the fall of light to the corners", "", 1, p -> p.capture()
                    .falloff()),
            new Column("cast_temperature", "warmth of the colour cast", "", 1, p -> p.capture()
                    .castTemperature()),
            new Column("cast_tint", "green of the colour cast", "", 1, p -> p.capture()
                    .castTint()),
            new Column("noise", "noise", " steps", 1, p -> p.capture().noise()),
            new Column("blockiness", "blockiness", "", 1, p -> p.capture().blockiness()),
            new Column("quantiser", "coarseness of the JPEG", "", 1, p -> p.capture()
                    .quantiser()));

    private record Share(String name, double share) {}

    /**
     * A property that has an order.
     *
     * @param id its column in {@code properties.csv}
     * @param unit of values times {@code scale}, with a blank before it
     */
    private record Column(String id, String what, String unit, double scale, ToDoubleFunction<ImageProperties> value) {}

    private PropertyTraits() {}

    /** @param images [n], null where nothing is known of an image */
    static List<Trait> of(List<@Nullable ImageProperties> images) {
        List<Trait> traits = new ArrayList<>();
        for (Column column : COLUMNS) {
            addRanges(traits, column, values(images, column.value));
        }
        addHues(traits, "object_hue", "the hue of the object", values(images, ImageProperties::objectHue));
        addHues(traits, "background_hue", "the hue of the background", values(images, ImageProperties::backgroundHue));
        return traits;
    }

    private static double[] values(List<@Nullable ImageProperties> images, ToDoubleFunction<ImageProperties> of) {
        return images.stream()
                .mapToDouble(image -> image == null ? Double.NaN : of.applyAsDouble(image))
                .toArray();
    }

    private static void addRanges(List<Trait> traits, Column column, double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        for (boolean low : new boolean[] {true, false}) {
            for (Share share : SHARES) {
                int wanted = (int) (share.share * sorted.length);
                if (wanted > 0) {
                    double bound = low ? sorted[wanted - 1] : sorted[sorted.length - wanted];
                    BitSet members = new BitSet();
                    for (int i = 0; i < values.length; i++) {
                        members.set(i, low ? values[i] <= bound : values[i] >= bound);
                    }
                    if (members.cardinality() <= TIED * wanted) {
                        traits.add(range(column, (low ? "lowest " : "highest ") + share.name, low, bound, members));
                    }
                }
            }
        }
    }

    private static Trait range(Column column, String range, boolean low, double bound, BitSet members) {
        return new Trait(
                column.id,
                column.id + ": " + range,
                String.format(
                        Locale.ROOT,
                        "%s is in the %s (%s %.3g%s)",
                        column.what,
                        range,
                        low ? "at most" : "at least",
                        column.scale * bound,
                        column.unit),
                members);
    }

    private static void addHues(List<Trait> traits, String id, String what, double[] hues) {
        for (int sector = 0; sector < HUES.size(); sector++) {
            BitSet members = new BitSet();
            for (int i = 0; i < hues.length; i++) {
                members.set(i, Math.abs(Math.IEEEremainder(hues[i] - SECTOR * sector, 360)) <= SECTOR / 2);
            }
            String hue = HUES.get(sector);
            traits.add(new Trait(id, id + ": " + hue, what + " is " + hue, members));
        }
    }
}
