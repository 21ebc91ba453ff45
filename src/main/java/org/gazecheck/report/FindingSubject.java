package org.gazecheck.report;

import java.util.Map;
import org.gazecheck.results.FindingKind;

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
    static String title(FindingKind kind, String subject) {
        return switch (kind.subject()) {
            case MEASURE -> LOCALISATION.getOrDefault(subject, subject);
            case PROPERTY -> PROPERTIES.getOrDefault(subject, subject);
            case CLASS, CLUSTER, SEGMENT, SPLITS, METHOD -> subject;
        };
    }

    /** Kind and subject together; as files have them where this program does not know the kind. */
    static String title(String kind, String subject) {
        return FindingKind.find(kind)
                .map(known -> known.title() + ": " + title(known, subject))
                .orElse(kind + ": " + subject);
    }
}
