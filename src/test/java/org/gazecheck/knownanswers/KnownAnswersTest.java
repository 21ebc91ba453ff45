package org.gazecheck.knownanswers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.gazecheck.ReferenceData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether the audit finds the shortcuts of sets whose answers are known, with class and reason, and accuses no others: every
 * bar over all sets of the matrix. What {@code -DknownAnswers.work} holds already is not done again.
 */
class KnownAnswersTest {
    @Test
    @Tag("slowest")
    void everyBarIsReachedOverTheWholeMatrix() throws Exception {
        Path reference = ReferenceData.path("planted").getParent();
        Path work = Path.of(System.getProperty("knownAnswers.work", "target/known-answers"));
        for (Entry entry : Matrix.entries()) {
            KnownAnswers.run(reference, work, entry);
        }
        List<Bar> bars = Bar.of(new Tally(KnownAnswers.rows(work)));
        bars.forEach(System.out::println);
        assertEquals(List.of(), bars.stream().filter(bar -> !bar.passed()).toList());
    }
}
