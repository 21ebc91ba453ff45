package org.gazecheck.report;

import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.report.page.Page.Missing;
import org.gazecheck.results.Split;

/** Why a run lacks parts of the page: the one reason that holds, never a list of guesses. */
final class MissingParts {
    private final ReportInput input;
    private final Configuration configuration;

    private MissingParts(ReportInput input) {
        this.input = input;
        this.configuration = input.configuration();
    }

    static Missing of(ReportInput input) {
        MissingParts parts = new MissingParts(input);
        return new Missing(
                parts.looks(),
                input.heatmapQuality().isPresent() ? null : parts.heatmaps(),
                input.interventions().isPresent() ? null : parts.shortcuts(),
                input.interventions().flatMap(BackgroundSection::of).isPresent() ? null : parts.backgrounds(),
                input.epochs().isEmpty() ? parts.curves() : null,
                input.dataQuality().isEmpty() ? parts.dataQuality() : null);
    }

    private boolean audited() {
        return !input.localisation().isEmpty();
    }

    private boolean external() {
        return configuration.external().model() != null;
    }

    /** Of images that are all new nothing is concluded about the network. */
    private boolean onlyNew() {
        return !input.predictions().isEmpty() && input.predictions().stream().allMatch(p -> p.split() == Split.NEW);
    }

    private String looks() {
        if (input.metrics().val() == null
                && input.metrics().test() == null
                && input.metrics().arrived() == null) {
            return "Nothing was evaluated against labels, so right and wrong predictions cannot be compared.";
        }
        return audited()
                ? "The audit measured no heatmap of the images that these figures are about."
                : "This run has no localisation measures: it was not audited.";
    }

    private String heatmaps() {
        if (!audited()) {
            return "The heatmaps were not tested: the run was not audited.";
        }
        if (onlyNew()) {
            return "The heatmaps were not tested here: that belongs to the run that trained the network.";
        }
        if (configuration.audit().trust().images() == 0) {
            return "The heatmaps were not tested: audit.trust.images is 0.";
        }
        return external()
                ? "The heatmaps were not tested: others trained this network, and its weights cannot be redrawn here."
                : "The heatmaps were not tested: there was no image of val or test to test them on.";
    }

    private String shortcuts() {
        return notIntervened("Nothing was tried")
                .orElse("Nothing was tried: there are too few images of val and test.");
    }

    private String backgrounds() {
        return notIntervened("Backgrounds were not swapped")
                .orElseGet(() -> input.localisation().stream().noneMatch(a -> Double.isFinite(a.massAccuracy()))
                        ? "Backgrounds were not swapped, since objects cannot be segmented. "
                                + LocalisationSummary.none(input.masks().origin()) + "."
                        : "Backgrounds were not swapped: too few objects of val and test could be segmented.");
    }

    /** Empty where interventions were to be made. */
    private Optional<String> notIntervened(String what) {
        if (!audited()) {
            return Optional.of(what + ": the run was not audited.");
        }
        if (onlyNew()) {
            return Optional.of(what + " here: that belongs to the run that trained the network.");
        }
        return configuration.audit().interventions() == 0
                ? Optional.of(what + ": audit.interventions is 0.")
                : Optional.empty();
    }

    private String curves() {
        if (external()) {
            return "There are no epochs to show: others trained this network.";
        }
        if (configuration.model().run() != null) {
            return "There are no epochs to show: the network is that of another run, "
                    + configuration.model().run() + ".";
        }
        return configuration.train().recipe() == TrainSettings.Recipe.PROBE
                ? "This run has no epochs: only a linear probe was fitted on frozen features (train.recipe is probe)."
                : "This run has no epochs: its train.csv is missing.";
    }

    private String dataQuality() {
        return audited()
                ? "the data set has more images than audit.dataQuality allows ("
                        + Numbers.count(configuration.audit().dataQuality()) + ")"
                : "the run was not audited";
    }
}
