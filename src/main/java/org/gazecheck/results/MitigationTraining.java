package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.gazecheck.results.Finding.Grade;

/**
 * {@code mitigation-training.json}: how a network was trained again against shortcuts, and how that was chosen.
 *
 * @param schemaVersion of the file
 * @param run folder of the run that is mended, as it was given
 * @param model SHA-256 of that run's archive
 * @param method what was trained
 * @param shortcuts that it was trained against
 * @param images of train that counterfactual images were made of
 * @param dropped images of train that nothing was taken from, because they show more of their object than its mask covers
 * @param counterfactuals how many were made of an image
 * @param weight of all counterfactual images together, as a multiple of that of all views of images as they are
 * @param l2 strength of the regularisation
 * @param choices all that were tried, in the order in which they were
 * @param cells of val: each class as it is, with the shortcuts put on, and with them taken off
 */
public record MitigationTraining(
        int schemaVersion,
        String run,
        String model,
        Method method,
        List<Target> shortcuts,
        int images,
        int dropped,
        int counterfactuals,
        double weight,
        double l2,
        List<Choice> choices,
        List<Cell> cells) {
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
        NETWORK;

        /** As it is written in files: lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
     * @param state "as is", "put on" or "taken off"
     * @param n images in it
     * @param before accuracy of the network as it was
     * @param after accuracy of the mended one
     */
    public record Cell(String name, String state, int n, double before, double after) {}
}
