package org.gazecheck.config;

import java.util.Map;
import java.util.Optional;

/** Keys and sections under the names that they had once, so that a message can say the present one. */
final class RenamedKeys {
    private static final Map<String, String> PRESENT = Map.of(
            "foreign", "external",
            "audit.suspicion", "audit.dataQuality",
            "report.photograph", "report.thumbnail",
            "report.images", "report.galleryImages");

    private RenamedKeys() {}

    /** What a whole key is called now, where it or a section that it stands in was renamed. */
    static Optional<String> present(String key) {
        return PRESENT.keySet().stream()
                .filter(old -> key.equals(old) || key.startsWith(old + "."))
                .findFirst()
                .map(old -> PRESENT.get(old) + key.substring(old.length()));
    }
}
