package org.gazecheck.audit.part;

import java.nio.file.Path;
import java.util.List;
import org.gazecheck.results.Findings;

/**
 * What a part of the audit left.
 *
 * @param files that it wrote, of those that it owns
 */
public record PartResult(Findings findings, List<Path> files) {
    /** Nothing could be asked: no image, no mask, or a setting that says so. */
    public static final PartResult NOTHING = new PartResult(Findings.NONE, List.of());

    public PartResult {
        files = List.copyOf(files);
    }
}
