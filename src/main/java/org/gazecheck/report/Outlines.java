package org.gazecheck.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Outlines of the masks of some images, as the page draws them.
 *
 * @param rings of each image what {@link MaskOutline#bytes} gives, in Base64; null where it has no mask
 * @param missing why, by position among these images
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Outlines(List<String> rings, Map<Integer, String> missing) {
    private record Drawn(String rings, String missing) {}

    static Outlines of(MaskSource masks, List<Integer> rows) {
        List<Drawn> drawn = rows.parallelStream()
                .map(row -> drawn(masks.mask(row)))
                .toList();
        List<String> rings = new ArrayList<>();
        Map<Integer, String> missing = new TreeMap<>();
        for (Drawn each : drawn) {
            if (each.missing != null) {
                missing.put(rings.size(), each.missing);
            }
            rings.add(each.rings);
        }
        return new Outlines(rings, missing);
    }

    private static Drawn drawn(MaskSource.Sight sight) {
        if (sight instanceof MaskSource.Unseen unseen) {
            return new Drawn(null, unseen.why());
        }
        MaskOutline outline = MaskOutline.of(((MaskSource.Seen) sight).mask());
        return outline.rings().isEmpty()
                ? new Drawn(null, "it marks nothing of what the network sees")
                : new Drawn(Base64.getEncoder().encodeToString(outline.bytes()), null);
    }
}
