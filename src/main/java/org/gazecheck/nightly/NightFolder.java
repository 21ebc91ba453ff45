package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.gazecheck.gate.JUnitFile;
import org.gazecheck.gate.SummaryFile;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.report.RunsPageWriter;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.GatesFile;
import org.gazecheck.results.RunFolder;

/**
 * Where everything lies in the folder of one night. Where images were new it is a run folder as well, of these
 * images.
 */
record NightFolder(Path root) {
    /** Exists while the night is not complete. */
    Path unfinished() {
        return root.resolve(".unfinished");
    }

    /** Exists once the notifications of the night were attempted. */
    Path notified() {
        return root.resolve(".notified");
    }

    /** Exists where none of the configured recipients could be reached. */
    Path undelivered() {
        return root.resolve(".undelivered");
    }

    Path record() {
        return run().night();
    }

    /** The table of new images. */
    Path arrivals() {
        return root.resolve("arrivals.csv");
    }

    Path gates() {
        return root.resolve("gates.json");
    }

    /** What the night came to, for people. */
    Path page() {
        return root.resolve(RunsPageWriter.NIGHT);
    }

    /** The model beside the baseline's, on the same images; there only where it is another one. */
    Path models() {
        return root.resolve("model-comparison.json");
    }

    /** New images beside those that the model was tested on. */
    Path newComparison() {
        return root.resolve("new-comparison.json");
    }

    void write(GateVerdict verdict, List<String> warnings) throws IOException {
        GatesFile.write(gates(), verdict);
        JUnitFile.write(root.resolve("junit.xml"), verdict);
        SummaryFile.write(root.resolve("summary.md"), verdict, warnings);
    }

    RunFolder run() {
        return new RunFolder(root);
    }

    /** Notifications were attempted. @param reached whether anybody was reached, or nobody is configured */
    void markNotified(boolean reached, Instant now) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        if (reached) {
            Files.deleteIfExists(undelivered());
        } else {
            AtomicFile.write(undelivered(), now + "\n");
        }
        AtomicFile.write(notified(), now + "\n");
    }
}
