package org.gazecheck.audit.association;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.gazecheck.audit.association.Measure.Alarm;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.stats.Purpose.Subject;

/**
 * The properties of images that may go with errors. A hue has no order; what is compared is how far it lies from
 * the circular mean of its class, 0 to 180 degrees.
 */
final class PropertyColumns {
    private final AuditedImages images;
    private final Map<String, ImageProperties> byPath = new HashMap<>();

    private PropertyColumns(AuditedImages images, List<ImageProperties> properties) {
        this.images = images;
        properties.forEach(p -> byPath.put(p.path(), p));
    }

    /** Those that exist for any image. */
    static List<Measure> of(AuditedImages images, List<ImageProperties> properties) {
        PropertyColumns columns = new PropertyColumns(images, properties);
        List<Measure> all = List.of(
                columns.plain("brightness", Subject.BRIGHTNESS, "brightness", "%", 100, ImageProperties::brightness),
                columns.plain("contrast", Subject.CONTRAST, "contrast", "%", 100, ImageProperties::contrast),
                columns.plain(
                        "sharpness", Subject.SHARPNESS, "sharpness", "squared steps", 1, ImageProperties::sharpness),
                columns.plain("saturation", Subject.SATURATION, "saturation", "%", 100, ImageProperties::saturation),
                columns.hue(
                        "object_hue",
                        Subject.OBJECT_HUE,
                        "the distance of the flower's hue from its class's",
                        ImageProperties::objectHue),
                columns.hue(
                        "background_hue",
                        Subject.BACKGROUND_HUE,
                        "the distance of the background's hue from its class's",
                        ImageProperties::backgroundHue),
                columns.plain("aspect", Subject.ASPECT, "width by height", "", 1, ImageProperties::aspect),
                columns.plain("pixels", Subject.PIXELS, "resolution", "thousand pixels", 1e-3, ImageProperties::pixels),
                columns.plain(
                        "object_area",
                        Subject.OBJECT_AREA,
                        "the size of the flower",
                        "% of the area",
                        100,
                        ImageProperties::objectArea),
                columns.plain(
                        "off_centre",
                        Subject.OFF_CENTRE,
                        "the distance of the flower from the centre",
                        "% of the image",
                        100,
                        ImageProperties::offCentre));
        return all.stream().filter(PropertyColumns::varies).toList();
    }

    private Measure plain(
            String id,
            Subject subject,
            String what,
            String unit,
            double scale,
            ToDoubleFunction<ImageProperties> property) {
        return new Measure(id, subject, what, unit, scale, Alarm.EITHER, values(property));
    }

    private Measure hue(String id, Subject subject, String what, ToDoubleFunction<ImageProperties> property) {
        double[] hues = values(property);
        double[] distances = new double[hues.length];
        for (int label = 0; label < images.classes().size(); label++) {
            List<Integer> members = images.of(label);
            double east = 0;
            double north = 0;
            for (int i : members) {
                if (!Double.isNaN(hues[i])) {
                    east += Math.cos(Math.toRadians(hues[i]));
                    north += Math.sin(Math.toRadians(hues[i]));
                }
            }
            double mean = Math.toDegrees(Math.atan2(north, east));
            for (int i : members) {
                distances[i] = Math.abs(Math.IEEEremainder(hues[i] - mean, 360));
            }
        }
        return new Measure(id, subject, what, "degrees", 1, Alarm.EITHER, distances);
    }

    private double[] values(ToDoubleFunction<ImageProperties> property) {
        double[] values = new double[images.size()];
        for (int i = 0; i < values.length; i++) {
            ImageProperties row = byPath.get(images.path(i));
            values[i] = row == null ? Double.NaN : property.applyAsDouble(row);
        }
        return values;
    }

    private static boolean varies(Measure measure) {
        return Arrays.stream(measure.values())
                        .filter(v -> !Double.isNaN(v))
                        .distinct()
                        .count()
                > 1;
    }
}
