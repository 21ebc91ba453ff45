package org.gazecheck.spark;

import java.io.IOException;
import java.util.List;
import org.gazecheck.failure.GazecheckException;

/** What a job says whose tasks failed as often as Spark tries them. */
final class FailedTasks {
    private static final List<String> OF_MEMORY = List.of("ExecutorLostFailure", "OutOfMemory", "not enough memory");

    private FailedTasks() {}

    /**
     * @param what was being computed
     * @param failure Spark's own
     */
    static GazecheckException explained(String what, RowFolder rows, Exception failure) throws IOException {
        String words = String.valueOf(failure.getMessage());
        StringBuilder text =
                new StringBuilder(what + ": " + words.lines().findFirst().orElse(""));
        List<String> last = rows.takeNotes();
        if (!last.isEmpty()) {
            text.append("\nexecutors that ended were last at: ").append(String.join("; ", last));
        }
        if (OF_MEMORY.stream().anyMatch(words::contains)) {
            text.append("\nif memory ran out, raise spark.executor.memoryOverhead (the network and its tensors) or"
                    + " spark.executor.memory (the heap), or lower compute.batch");
        }
        text.append("\nwhat was committed stays; the same command computes the rest");
        return new GazecheckException(text.toString(), failure);
    }
}
