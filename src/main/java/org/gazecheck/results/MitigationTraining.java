package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.gazecheck.results.Finding.Grade;
import org.jspecify.annotations.Nullable;

/**
 * {@code mitigation-training.json}: how a network was trained again against shortcuts, or balanced over groups, and how that
 * was chosen.
 *
 * @param schemaVersion of the file
 * @param run folder of the run that is mended, as it was given
 * @param model SHA-256 of that run's archive
 * @param method what was trained
 * @param shortcuts that it was trained against; none where groups were balanced
 * @param groups that it was balanced over; null where it was trained against shortcuts
 * @param images of train that counterfactual images were made of, or that are of a group
 * @param dropped images of train that nothing was taken from, because they show more of their object than its mask covers
 * @param counterfactuals how many were made of an image; 0 where groups were balanced
 * @param weight of all counterfactual images together, as a multiple of that of all views of images as they are
 * @param l2 strength of the regularisation
 * @param choices all that were tried, in the order in which they were
 * @param cells of val: each class as it is, with the shortcuts put on, and with them taken off; or each class in each group
 * @param calibration on the cells, all alike; null where that was not done
 */
public record MitigationTraining(
        int schemaVersion,
        String run,
        String model,
        Method method,
        List<Target> shortcuts,
        @Nullable Balance groups,
        int images,
        int dropped,
        int counterfactuals,
        double weight,
        double l2,
        List<Choice> choices,
        List<Cell> cells,
        @Nullable Calibration calibration) {
    /** Of the files that this program writes. */
    public static final int SCHEMA_VERSION = 1;

    public MitigationTraining {
        shortcuts = List.copyOf(shortcuts);
        choices = List.copyOf(choices);
        cells = List.copyOf(cells);
    }

    /** What was trained again. */
    public enum Method {
        /** The head, on features of a network that stays as it is. */
        HEAD,
        /** All that the run's own recipe trains. */
        NETWORK,
        /** The head, balanced over groups. */
        GROUPS;

        /** As it is written in files: lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Over which groups it was balanced.
     *
     * @param file as it was given
     * @param sha256 of its bytes
     * @param cells classes by group, those with images of train or val
     * @param drawn images of a cell in a balanced sample; a cell with fewer gives all that it has
     * @param samples how many balanced samples were drawn, whose heads are averaged
     * @param unnamedTrain images of train without a group, which were not trained on
     * @param unnamedVal images of val without a group, which nothing was chosen by
     * @param notes on cells and images that balancing could not do right by, a sentence each
     */
    public record Balance(
            String file,
            String sha256,
            List<BalancedCell> cells,
            int drawn,
            int samples,
            int unnamedTrain,
            int unnamedVal,
            List<String> notes) {
        public Balance {
            cells = List.copyOf(cells);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Images of one class in one group.
     *
     * @param name the class
     * @param train images of train
     * @param val images of val
     */
    public record BalancedCell(String name, String group, int train, int val) {}

    /** A shortcut of the run that is mended. */
    public record Target(String name, Reason reason, String detail, Grade grade) {}

    /**
     * What came of one choice on val.
     *
     * @param worst accuracy of the worst cell
     * @param mean accuracy over cells
     * @param logLoss mean over cells
     */
    public record Choice(int counterfactuals, double weight, double l2, double worst, double mean, double logLoss) {}

    /**
     * Images of one class of val in one state.
     *
     * @param name the class
     * @param state "as is", "put on" or "taken off"; of groups the group
     * @param n images in it
     * @param before accuracy of the network as it was
     * @param after accuracy of the mended one
     */
    public record Cell(String name, String state, int n, double before, double after) {}
}
