package org.gazecheck.report;

import java.util.Map;
import org.gazecheck.results.Finding;

/** What a finding is about, in words: files have measures and properties by the names of their columns. */
final class FindingSubject {
    private static final Map<String, String> ATTENTION = Map.of(
            "lift", "lift over the object's area",
            "inside", "energy on the object",
            "rank-accuracy", "hottest area on the object (rank accuracy)",
            "distance", "distance from the object's centre",
            "border", "energy near the border",
            "entropy", "spread of the heatmap (entropy)");

    private static final Map<String, String> PROPERTIES = Map.of(
            "flower_hue", "hue of the object",
            "background_hue", "hue of the background",
            "aspect", "width by height",
            "pixels", "resolution",
            "flower_area", "size of the object",
            "off_centre", "object off the centre");

    private FindingSubject() {}

    /** A class, group or split as it is; so is a subject that this program does not know. */
    static String title(String kind, String subject) {
        return switch (kind) {
            case Finding.AttentionOfErrors.KIND -> ATTENTION.getOrDefault(subject, subject);
            case Finding.PropertyOfErrors.KIND -> PROPERTIES.getOrDefault(subject, subject);
            default -> subject;
        };
    }
}
