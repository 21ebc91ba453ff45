package org.gazecheck.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Acknowledgement;

/**
 * What is kept of the runs of a folder.
 *
 * @param runs the newest first
 * @param chosen the id of the baseline that somebody set; empty where none is set
 * @param acknowledgements in the order in which they were given
 */
public record History(List<RecordedRun> runs, Optional<String> chosen, List<Acknowledgement> acknowledgements) {
    public static final History EMPTY = new History(List.of(), Optional.empty(), List.of());

    public History {
        List<RecordedRun> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparing(RecordedRun::ended)
                .thenComparing(RecordedRun::id)
                .reversed());
        runs = List.copyOf(sorted);
        acknowledgements = List.copyOf(acknowledgements);
    }

    /** Without the runs that ended later: they were recorded while a clock was ahead. */
    public History upTo(Instant now) {
        return new History(
                runs.stream().filter(run -> !run.ended().isAfter(now)).toList(), chosen, acknowledgements);
    }

    public Optional<RecordedRun> run(String id) {
        return runs.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** What later runs are compared with: what somebody set, otherwise the last good run that left a folder. */
    public Optional<RecordedRun> baseline() {
        return chosen.isPresent() ? run(chosen.get()) : lastGood();
    }

    /** The last run that ended well, with nothing silenced, and left a folder. */
    public Optional<RecordedRun> lastGood() {
        return runs.stream().filter(RecordedRun::mayBeBaseline).findFirst();
    }
}
