package org.gazecheck.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Outlines of the masks of some images, as the page draws them. One text holds them all: a page with thousands of texts
 * takes many times their memory.
 *
 * @param lengths of each image how many bytes {@link MaskOutline#bytes} gives; 0 where it has no mask
 * @param rings these bytes one after the other, in Base64
 * @param missing why, by position among these images
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Outlines(List<Integer> lengths, String rings, Map<Integer, String> missing) {
    private record Drawn(byte[] rings, @Nullable String missing) {}

    static Outlines of(MaskSource masks, List<Integer> rows) {
        List<Drawn> drawn =
                rows.parallelStream().map(row -> drawn(masks.mask(row))).toList();
        List<Integer> lengths = new ArrayList<>();
        ByteArrayOutputStream rings = new ByteArrayOutputStream();
        Map<Integer, String> missing = new TreeMap<>();
        for (Drawn each : drawn) {
            if (each.missing != null) {
                missing.put(lengths.size(), each.missing);
            }
            lengths.add(each.rings.length);
            rings.writeBytes(each.rings);
        }
        return new Outlines(lengths, Base64.getEncoder().encodeToString(rings.toByteArray()), missing);
    }

    private static Drawn drawn(MaskSource.Sight sight) {
        if (sight instanceof MaskSource.Unseen unseen) {
            return new Drawn(new byte[0], unseen.why());
        }
        MaskOutline outline = MaskOutline.of(((MaskSource.Seen) sight).mask());
        return outline.rings().isEmpty()
                ? new Drawn(new byte[0], "it marks nothing of what the network sees")
                : new Drawn(outline.bytes(), null);
    }
}
