package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.report.RunsPageWriter;
import org.gazecheck.results.RunFolder;

/**
 * Where everything lies in the folder of one night. Where photographs were new it is a run folder as well, of these
 * photographs.
 */
record NightFolder(Path root) {
    /** There while the night is not whole. */
    Path unfinished() {
        return root.resolve(".unfinished");
    }

    /** There once it was tried to tell everybody what the night came to. */
    Path told() {
        return root.resolve(".told");
    }

    /** There where nobody who was to be told could be reached. */
    Path undelivered() {
        return root.resolve(".undelivered");
    }

    Path record() {
        return run().night();
    }

    /** The table of new photographs. */
    Path arrivals() {
        return root.resolve("arrivals.csv");
    }

    Path gates() {
        return root.resolve("gates.json");
    }

    Path junit() {
        return root.resolve("junit.xml");
    }

    Path summary() {
        return root.resolve("summary.md");
    }

    /** What the night came to, for people. */
    Path page() {
        return root.resolve(RunsPageWriter.NIGHT);
    }

    /** The model beside the baseline's, on the same photographs; there only where it is another one. */
    Path models() {
        return root.resolve("model-comparison.json");
    }

    /** New photographs beside those that the model was tested on. */
    Path photographs() {
        return root.resolve("new-comparison.json");
    }

    RunFolder run() {
        return new RunFolder(root);
    }

    /** It was tried to tell everybody. @param reached whether anybody was, or nobody is to be */
    void markTold(boolean reached, Instant now) throws IOException {
        if (reached) {
            Files.deleteIfExists(undelivered());
        } else {
            AtomicFile.write(undelivered(), now + "\n");
        }
        AtomicFile.write(told(), now + "\n");
    }
}
