package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gazecheck.compare.ComparisonJson;
import org.gazecheck.compare.IncomparableException;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.results.NightFile;

/**
 * What is compared in a night.
 *
 * @param watched results of the watched model
 * @param model beside the baseline's
 * @param newImages beside those that the model was tested on; empty where none are new
 */
record NightComparisons(
        RunResults watched, Optional<RecordedRun> baseline, OfModel model, Optional<RunComparison> newImages) {
    /** Tonight's model beside the baseline's. */
    sealed interface OfModel {
        record Compared(RunComparison run) implements OfModel {}

        /**
         * @param reason why it is not compared
         * @param incomparable whether there is a baseline all the same
         */
        record None(String reason, boolean incomparable) implements OfModel {}

        default Optional<RunComparison> comparison() {
            return this instanceof Compared compared ? Optional.of(compared.run) : Optional.empty();
        }
    }

    /** @param kept folder with the results of the watched model */
    static NightComparisons of(Tonight tonight, EarlierNights earlier, Path kept, EvaluatedArrivals arrivals)
            throws IOException {
        RunResults watched = RunResults.read(kept);
        NightFolder night = tonight.folder();
        Optional<RecordedRun> baseline = earlier.baseline();
        OfModel model = baseline.isEmpty() || baseline.get().folder().isEmpty()
                ? new OfModel.None(earlier.withoutBaseline(), false)
                : withBaseline(tonight, baseline.get(), watched);
        Optional<RunComparison> newImages = arrivals.run().isEmpty()
                ? Optional.empty()
                : Optional.of(tonight.timed(
                        "comparison", () -> RunComparison.of(watched, RunResults.read(night.root()), seed(tonight))));
        NightComparisons all = new NightComparisons(watched, baseline, model, newImages);
        if (all.otherModel().isPresent()) {
            AtomicFile.write(night.models(), ComparisonJson.of(all.otherModel().get()));
        }
        if (newImages.isPresent()) {
            AtomicFile.write(night.newComparison(), ComparisonJson.of(newImages.get()));
        }
        return all;
    }

    private static OfModel withBaseline(Tonight tonight, RecordedRun baseline, RunResults watched) throws IOException {
        NightsFolder nights = tonight.nights();
        NightFolder night =
                new NightFolder(nights.root().resolve(baseline.folder().get()));
        Path results = Files.isRegularFile(night.record())
                ? nights.model(NightFile.read(night.record()).model())
                : night.root();
        if (!Files.isDirectory(results)) {
            throw new GazecheckException("the baseline " + baseline.id() + " has lost its results (" + results
                    + "): bring them back, or choose another (gazecheck baseline set RUN, or clear)");
        }
        try {
            return new OfModel.Compared(tonight.timed(
                    "comparison", () -> RunComparison.of(RunResults.read(results), watched, seed(tonight))));
        } catch (IncomparableException e) {
            return new OfModel.None(
                    "the model cannot be compared with the baseline's, because " + e.getMessage()
                            + ", or choose another baseline (gazecheck baseline set NIGHT)",
                    true);
        }
    }

    private static long seed(Tonight tonight) {
        return tonight.configuration().nightly().seed();
    }

    /** The baseline's model beside tonight's, where it is another one. */
    Optional<RunComparison> otherModel() {
        return model.comparison().filter(comparison -> !comparison.sameModel());
    }
}
