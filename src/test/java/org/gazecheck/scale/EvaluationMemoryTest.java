package org.gazecheck.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evaluation in a process whose heap is smaller than all scores. */
class EvaluationMemoryTest {
    @TempDir
    private Path work;

    /** All scores would be 40 MB, three copies of them 120. */
    @Test
    void tenThousandImagesOfAThousandClassesFitIn64Megabytes() throws Exception {
        evaluated("64m", 10_000, 0.02);
    }

    /** All scores are 800 MB. */
    @Test
    @Tag("slowest")
    void twoHundredThousandImagesOfAThousandClassesFitInAGigabyte() throws Exception {
        evaluated("1g", 200_000, 0.1);
    }

    private void evaluated(String heap, int images, double ofVal) throws Exception {
        Path out = work.resolve("out.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SyntheticRows.class.getName(),
                        work.toString(),
                        "1000",
                        Double.toString(ofVal),
                        "evaluate",
                        Integer.toString(images)))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> "see " + out);
        System.out.print(Files.readString(out));
    }
}
