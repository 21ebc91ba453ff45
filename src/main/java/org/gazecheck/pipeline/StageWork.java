package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.results.RunFolder;

/** What a stage does. */
sealed interface StageWork
        permits PrepareWork, TrainWork, MitigateWork, OtherRunWork, ImportWork, EvaluateWork, AuditWork, ReportWork {
    static StageWork of(Stage stage, Configuration configuration) {
        return switch (stage) {
            case PREPARE -> new PrepareWork();
            case TRAIN -> network(configuration);
            case EVALUATE -> new EvaluateWork();
            case AUDIT -> new AuditWork();
            case REPORT -> new ReportWork();
        };
    }

    private static StageWork network(Configuration configuration) {
        Path external = configuration.external().model();
        if (external != null) {
            return new ImportWork(external);
        }
        Path other = configuration.model().run();
        if (other != null) {
            return new OtherRunWork(new RunFolder(other));
        }
        Path mended = configuration.mitigation().run();
        return mended != null ? new MitigateWork(new RunFolder(mended)) : new TrainWork();
    }

    /** What is said to be done, where that is not the stage's own name. */
    default Optional<String> title() {
        return Optional.empty();
    }

    /** Texts that together change whenever the stage's outputs would; called before anything else. */
    List<String> inputs(Run run) throws IOException;

    /**
     * Does it.
     *
     * @return the files that it wrote
     */
    List<Path> execute(Run run) throws IOException;

    /** Called in place of {@link #execute} when the outputs are up to date. */
    default void reuse(Run run) throws IOException {}

    /** Called when the manifest says that the stage is done. */
    default void conclude(Run run) throws IOException {}
}
