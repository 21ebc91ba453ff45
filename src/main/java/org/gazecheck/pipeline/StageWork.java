package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a stage does. */
sealed interface StageWork permits PrepareWork, TrainWork, EvaluateWork, AuditWork, ReportWork {
    static StageWork of(Stage stage) {
        return switch (stage) {
            case PREPARE -> new PrepareWork();
            case TRAIN -> new TrainWork();
            case EVALUATE -> new EvaluateWork();
            case AUDIT -> new AuditWork();
            case REPORT -> new ReportWork();
        };
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
