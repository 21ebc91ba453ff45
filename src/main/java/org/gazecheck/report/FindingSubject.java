package org.gazecheck.report;

import java.util.Map;
import org.gazecheck.results.Finding;

/** What a finding is about, in words: files have measures and properties by the names of their columns. */
final class FindingSubject {
    private static final Map<String, String> LOCALISATION = Map.of(
            "mass_lift", "lift over the object's area",
            "mass_accuracy", "energy on the object",
            "rank_accuracy", "hottest area on the object (rank accuracy)",
            "distance", "distance from the object's centre",
            "border_mass", "energy near the border",
            "entropy", "spread of the heatmap (entropy)");

    private static final Map<String, String> PROPERTIES = Map.of(
            "object_hue", "hue of the object",
            "background_hue", "hue of the background",
            "aspect", "width by height",
            "pixels", "resolution",
            "object_area", "size of the object",
            "off_centre", "object off the centre");

    private FindingSubject() {}

    /** A class, group or split as it is; so is a subject that this program does not know. */
    static String title(String kind, String subject) {
        return switch (kind) {
            case Finding.LocalisationOfErrors.KIND -> LOCALISATION.getOrDefault(subject, subject);
            case Finding.PropertyOfErrors.KIND -> PROPERTIES.getOrDefault(subject, subject);
            default -> subject;
        };
    }
}
