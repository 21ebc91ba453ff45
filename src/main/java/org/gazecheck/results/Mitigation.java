package org.gazecheck.results;

import java.util.List;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Interventions.PairedEffect;
import org.jspecify.annotations.Nullable;

/**
 * {@code mitigation.json}: a mended run beside the run that it mends, on the same images.
 *
 * @param schemaVersion of the file
 * @param training how it was mended
 * @param split that the figures are of: test, or val where nothing is in test
 * @param accuracy over all images of the split, over the classes that no mended shortcut is of, and over images that carry none of them
 * @param classes accuracy of each class of the split
 * @param worstBefore the class with the lowest accuracy before
 * @param worstAfter the class with the lowest accuracy after
 * @param calibration of the split
 * @param shortcuts what became of each; none where groups were balanced
 * @param groups what became of the groups; null where none were balanced, or no image of the split is of one
 * @param findings of the two audits that are in one of them only, or graver in the second
 * @param recommended whether the mended run is better where it should be and nowhere clearly worse
 * @param reasons for that, a sentence each
 */
public record Mitigation(
        int schemaVersion,
        MitigationTraining training,
        Split split,
        List<Change> accuracy,
        List<Change> classes,
        Extreme worstBefore,
        Extreme worstAfter,
        CalibrationChange calibration,
        List<ShortcutChange> shortcuts,
        @Nullable GroupsChange groups,
        List<FindingChange> findings,
        boolean recommended,
        List<String> reasons) {
    /** Of the files that this program writes. */
    public static final int SCHEMA_VERSION = 1;

    public Mitigation {
        accuracy = List.copyOf(accuracy);
        classes = List.copyOf(classes);
        shortcuts = List.copyOf(shortcuts);
        findings = List.copyOf(findings);
        reasons = List.copyOf(reasons);
    }

    /**
     * Accuracy of both networks on the same images.
     *
     * @param name of the images
     * @param difference after less before
     * @param lost images that only the network before is right on
     * @param won images that only the mended one is right on
     * @param p two-sided, McNemar
     */
    public record Change(String name, Figure before, Figure after, Figure difference, int lost, int won, double p) {}

    /**
     * Accuracy by class and group, of those images of the split that are of a group.
     *
     * @param cells each class in each group that has images
     * @param worstBefore the one of them with the lowest accuracy before
     * @param worstAfter the one of them with the lowest accuracy after
     * @param unnamed images of the split without a group
     */
    public record GroupsChange(List<Change> cells, Change worstBefore, Change worstAfter, int unnamed) {
        public GroupsChange {
            cells = List.copyOf(cells);
        }
    }

    /** A class and its accuracy. */
    public record Extreme(String name, Figure accuracy) {}

    /**
     * How far probabilities can be believed.
     *
     * @param before expected calibration error
     * @param after the same
     * @param logLoss after less before, paired by image
     * @param p two-sided, of the log loss: Wilcoxon's signed ranks
     */
    public record CalibrationChange(Figure before, Figure after, Figure logLoss, double p) {}

    /**
     * A shortcut before and after.
     *
     * @param name the class
     * @param attracts put on other classes' images: called the class; null where there were too few images
     * @param needs taken off the class's own: called it no longer; null where there were too few images
     */
    public record ShortcutChange(
            String name,
            Reason reason,
            String detail,
            @Nullable ChangedEffect attracts,
            @Nullable ChangedEffect needs) {}

    /**
     * An effect of the same contrasts before and after.
     *
     * @param change after less before, paired
     * @param p two-sided
     */
    public record ChangedEffect(PairedEffect before, PairedEffect after, Figure change, double p) {}

    /**
     * A finding that came, went or changed.
     *
     * @param id its kind and subject
     * @param before severity; null where it was not there
     * @param after severity; null where it is gone
     * @param text of the later one, or of the earlier where it is gone
     */
    public record FindingChange(String id, @Nullable Severity before, @Nullable Severity after, String text) {
        /** Whether the mended run has it, and the other not or less gravely. */
        public boolean worse() {
            return after != null && (before == null || after.compareTo(before) > 0);
        }
    }
}
