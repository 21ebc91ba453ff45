package org.gazecheck.compare;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Mitigation;
import org.gazecheck.stats.Randomness;

/**
 * A run beside an earlier one.
 *
 * @param sameModel whether both were evaluated with the same network
 * @param findings empty where a run was not audited
 * @param mitigation what became of the shortcuts; empty where the later run does not mend the earlier one
 */
public record RunComparison(
        RunResults reference,
        RunResults later,
        boolean sameModel,
        PairedComparison paired,
        NewImages newImages,
        Composition composition,
        Optional<FindingsChange> findings,
        Optional<Mitigation> mitigation) {

    /**
     * Compares. The same runs and seed give the same numbers.
     *
     * @throws IncomparableException when the runs do not have the same classes
     */
    public static RunComparison of(RunResults reference, RunResults later, long seed) throws IOException {
        return of(reference, later, Set.of(), seed);
    }

    /**
     * As {@link #of(RunResults, RunResults, long)}, for a reference that is not the run right before.
     *
     * @param seen SHA-256 of images that came between the two and are therefore not new
     */
    public static RunComparison of(RunResults reference, RunResults later, Set<String> seen, long seed)
            throws IOException {
        requireSameClasses(reference, later);
        Randomness randomness = new Randomness(seed);
        ComparedImages groups = ComparedImages.of(reference, later, seen);
        return new RunComparison(
                reference,
                later,
                reference.sameModel(later),
                PairedComparison.of(reference, later, randomness),
                NewImages.of(groups, reference, later, randomness),
                Composition.of(groups, reference, later, randomness),
                reference.findings().flatMap(before -> later.findings().map(now -> FindingsChange.of(before, now))),
                later.mends(reference));
    }

    private static void requireSameClasses(RunResults reference, RunResults later) throws IncomparableException {
        TreeSet<String> before = new TreeSet<>(reference.manifest().classes());
        TreeSet<String> now = new TreeSet<>(later.manifest().classes());
        if (!before.equals(now)) {
            TreeSet<String> gone = new TreeSet<>(before);
            gone.removeAll(now);
            now.removeAll(before);
            throw new IncomparableException(reference.folder().root() + " and "
                    + later.folder().root() + " do not have the same classes"
                    + (gone.isEmpty() ? "" : "; only the first has '" + gone.first() + "'")
                    + (now.isEmpty() ? "" : "; only the second has '" + now.first() + "'")
                    + ": compare runs of the same classes");
        }
    }

    /** Each is corrected by itself: five families at a level wake at most five times as often as one. */
    public List<Family> families() {
        return List.of(paired.overall(), paired.classes(), newImages.overall(), newImages.classes(), composition.mix());
    }

    /** Everything measured, and everything that could not be. */
    public Stream<Measurement> measurements() {
        return families().stream().flatMap(family -> family.measurements().stream());
    }

    public Optional<Measurement> find(MetricId id) {
        return families().stream().flatMap(family -> family.find(id).stream()).findFirst();
    }
}
