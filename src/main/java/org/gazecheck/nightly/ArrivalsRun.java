package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.DataSettings;
import org.gazecheck.config.MitigationSettings;
import org.gazecheck.data.Arrivals.Arrival;
import org.gazecheck.data.DataException;
import org.gazecheck.io.Folders;
import org.gazecheck.pipeline.Pipeline;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.LabelsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.jspecify.annotations.Nullable;

/** The run of a night's new images: the watched model's network looks at them, nothing is trained. */
record ArrivalsRun(Tonight tonight, WatchedModel model) {
    private static final int AT_ONCE = 256;

    EvaluatedArrivals evaluated(NightArrivals found) throws IOException {
        NightArrivals inTime = tonight.timed("evaluation", () -> inTime(found));
        RunFolder run = tonight.folder().run();
        boolean usable = !inTime.arrivals().isEmpty()
                && tonight.timed("audit", () -> run(found.folder(), inTime.arrivals(), run.root(), Stage.REPORT));
        return new EvaluatedArrivals(
                found,
                inTime,
                Files.isRegularFile(run.dataset()) ? DatasetFile.read(run.dataset()) : List.of(),
                usable ? Optional.of(run) : Optional.empty());
    }

    /**
     * Puts them through the network in parts, while there is time, one part in any case; what was computed is kept in the
     * store. Their order is random, so that those for which there was time are like all.
     *
     * @return those for which there was time
     */
    private NightArrivals inTime(NightArrivals found) throws IOException {
        int all = found.arrivals().size();
        double minutes = tonight.configuration().nightly().minutes();
        if (minutes == 0 || all <= AT_ONCE) {
            return found;
        }
        NightArrivals arrivals = found.shuffled(
                new Randomness(tonight.configuration().nightly().seed()).of(Purpose.ARRIVALS_ORDER.stream(), 0));
        Instant until = tonight.started()
                .plusMillis(Math.round(minutes * Duration.ofMinutes(1).toMillis()));
        Path part = tonight.folder().root().resolve("part");
        int done = 0;
        while (done < all && (done == 0 || tonight.clock().instant().isBefore(until))) {
            int next = Math.min(all, done + AT_ONCE);
            run(arrivals.folder(), arrivals.arrivals().subList(done, next), part, Stage.EVALUATE);
            done = next;
        }
        Folders.delete(part);
        return arrivals.first(done);
    }

    /** @return whether any of them is a usable image */
    private boolean run(@Nullable Path folder, List<Arrival> arrivals, Path output, Stage last) throws IOException {
        Files.createDirectories(output);
        Path table = new NightFolder(output).arrivals();
        LabelsFile.write(
                table,
                arrivals.stream()
                        .map(a -> new LabelsFile.Line(a.path(), a.label().orElse(""), Split.NEW))
                        .toList());
        Configuration configuration =
                ConfigurationReader.read(model.run().configuration(), settings(folder, table, output));
        try (Pipeline pipeline = Pipeline.open(configuration, tonight.progress())) {
            prepare(pipeline, folder);
            List<DatasetRow> rows = DatasetFile.read(new RunFolder(output).dataset());
            if (rows.stream().allMatch(row -> row.sha256().isEmpty())) {
                throw new DataException("nightly.incoming " + folder
                        + ": none of the images that were there a moment ago can be opened: bring the folder back");
            }
            if (rows.stream().noneMatch(DatasetRow::usable)) {
                return false;
            }
            pipeline.runTo(last);
            return true;
        }
    }

    private static void prepare(Pipeline pipeline, @Nullable Path folder) throws IOException {
        try {
            pipeline.runTo(Stage.PREPARE);
        } catch (DataException e) {
            if (folder != null && !Files.isDirectory(folder)) {
                throw new DataException(
                        "nightly.incoming " + folder + " vanished while its images were opened: bring it back");
            }
            throw e;
        }
    }

    /** Localisation is compared only where masks are of one kind: where the model's run has given ones, none are estimated. */
    private List<String> settings(@Nullable Path folder, Path table, Path output) {
        Configuration watched = model.configuration();
        boolean given = watched.data().masks() != null || watched.data().source() == DataSettings.Source.DEMO;
        List<String> settings = new ArrayList<>(List.of(
                "name=" + tonight.configuration().name(),
                "data.source=csv",
                "data.dir=" + folder,
                "data.file=" + table,
                "data.masks=null",
                "audit.estimateMasks=" + (watched.audit().estimateMasks() && !given),
                "output.dir=" + output));
        if (watched.external().model() == null) {
            settings.add("model.run=" + model.run().root());
            settings.addAll(MitigationSettings.NONE);
        }
        return settings;
    }
}
