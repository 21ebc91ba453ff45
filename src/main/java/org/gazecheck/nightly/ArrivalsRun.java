package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.DataSettings;
import org.gazecheck.data.Arrivals.Arrival;
import org.gazecheck.data.DataException;
import org.gazecheck.io.Folders;
import org.gazecheck.pipeline.Pipeline;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.LabelsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;

/** The run of a night's new images: the watched model's network looks at them, nothing is trained. */
record ArrivalsRun(WatchedModel model, NightFolder night, String name, Progress progress) {
    private static final int AT_ONCE = 256;

    /**
     * Puts them through the network in parts, while there is time; what was computed is kept in the store.
     *
     * @param until null where there is no bound; one part is done in any case
     * @return those for which there was time, the first of them
     */
    NightArrivals inTime(NightArrivals arrivals, Instant until, Clock clock)
            throws IOException, ConfigurationException {
        int all = arrivals.arrivals().size();
        if (until == null || all <= AT_ONCE) {
            return arrivals;
        }
        Path part = night.root().resolve("part");
        int done = 0;
        while (done < all && (done == 0 || clock.instant().isBefore(until))) {
            int next = Math.min(all, done + AT_ONCE);
            run(arrivals.folder(), arrivals.arrivals().subList(done, next), part, Stage.EVALUATE);
            done = next;
        }
        Folders.delete(part);
        return arrivals.first(done);
    }

    /**
     * Evaluates, audits and reports.
     *
     * @return whether any of them is a usable image
     */
    boolean whole(NightArrivals arrivals) throws IOException, ConfigurationException {
        return run(arrivals.folder(), arrivals.arrivals(), night.root(), Stage.REPORT);
    }

    private boolean run(Path folder, List<Arrival> arrivals, Path output, Stage last)
            throws IOException, ConfigurationException {
        Files.createDirectories(output);
        Path table = new NightFolder(output).arrivals();
        LabelsFile.write(
                table,
                arrivals.stream()
                        .map(a -> new LabelsFile.Line(a.path(), a.label(), Split.NEW))
                        .toList());
        Configuration configuration =
                ConfigurationReader.read(model.run().configuration(), settings(folder, table, output));
        try (Pipeline pipeline = Pipeline.open(configuration, progress)) {
            prepare(pipeline, folder);
            List<DatasetRow> rows = DatasetFile.read(new RunFolder(output).dataset());
            if (!arrivals.isEmpty()
                    && rows.stream().allMatch(row -> row.sha256().isEmpty())) {
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

    private static void prepare(Pipeline pipeline, Path folder) throws IOException {
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
    private List<String> settings(Path folder, Path table, Path output) {
        Configuration watched = model.configuration();
        boolean given = watched.data().masks() != null || watched.data().source() == DataSettings.Source.DEMO;
        List<String> settings = new ArrayList<>(List.of(
                "name=" + name,
                "data.source=csv",
                "data.dir=" + folder,
                "data.file=" + table,
                "data.masks=null",
                "audit.estimateMasks=" + (watched.audit().estimateMasks() && !given),
                "output.dir=" + output));
        if (watched.external().model() == null) {
            settings.add("model.run=" + model.run().root());
        }
        return settings;
    }
}
