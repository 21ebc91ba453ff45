package org.gazecheck.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.results.Acknowledgement;

/**
 * What is kept of the runs of a folder.
 *
 * @param runs the newest first
 * @param chosen the id of the baseline that somebody set; empty where none is set
 * @param acknowledgements in the order in which they were given
 * @param signOffs what people decided about runs, by the run's id
 */
public record History(
        List<RecordedRun> runs,
        Optional<String> chosen,
        List<Acknowledgement> acknowledgements,
        Map<String, RecordedSignOff> signOffs) {
    public static final History EMPTY = new History(List.of(), Optional.empty(), List.of());

    public History {
        List<RecordedRun> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparing(RecordedRun::ended)
                .thenComparing(RecordedRun::id)
                .reversed());
        runs = List.copyOf(sorted);
        acknowledgements = List.copyOf(acknowledgements);
        signOffs = Map.copyOf(signOffs);
    }

    /** Nothing was signed. */
    public History(List<RecordedRun> runs, Optional<String> chosen, List<Acknowledgement> acknowledgements) {
        this(runs, chosen, acknowledgements, Map.of());
    }

    /** Without the runs that ended later: they were recorded while a clock was ahead. */
    public History upTo(Instant now) {
        return new History(
                runs.stream().filter(run -> !run.ended().isAfter(now)).toList(), chosen, acknowledgements, signOffs);
    }

    public Optional<RecordedRun> run(String id) {
        return runs.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** What a person decided about a run. */
    public Optional<RecordedSignOff> signOff(RecordedRun run) {
        return Optional.ofNullable(signOffs.get(run.id()));
    }

    /** Those that later runs may be measured by unless somebody sets another: what a person rejected never is. */
    public Stream<RecordedRun> mayBeBaseline() {
        return runs.stream()
                .filter(RecordedRun::mayBeBaseline)
                .filter(run -> signOff(run).filter(RecordedSignOff::rejected).isEmpty());
    }

    /**
     * What later runs are compared with: what somebody set, otherwise the last run whose gates passed, that was not rejected,
     * and that left a folder. What was recorded while a clock was ahead is nobody's baseline until then.
     */
    public Optional<RecordedRun> baseline(Instant now) {
        return chosen.isPresent()
                ? run(chosen.get())
                : upTo(now).mayBeBaseline().findFirst();
    }

    /** As it is at this moment. */
    public Optional<RecordedRun> baseline() {
        return baseline(Instant.now());
    }
}
