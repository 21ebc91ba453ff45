package org.gazecheck.compare;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.results.Finding;

/**
 * What became of findings, matched by kind and subject.
 *
 * @param appeared in the later run only
 * @param gone in the earlier run only
 * @param persisting in both
 */
public record FindingsChange(List<Finding> appeared, List<Finding> gone, List<Persisting> persisting) {
    /** A finding of both runs; its severity may have changed. */
    public record Persisting(Finding before, Finding now) {
        public boolean graver() {
            return now.severity().compareTo(before.severity()) > 0;
        }
    }

    /** Matches them. */
    public static FindingsChange of(List<Finding> before, List<Finding> now) {
        Map<String, Finding> earlier =
                before.stream().collect(Collectors.toMap(Finding::id, Function.identity(), (first, second) -> first));
        Set<String> later = now.stream().map(Finding::id).collect(Collectors.toSet());
        return new FindingsChange(
                now.stream().filter(f -> !earlier.containsKey(f.id())).toList(),
                before.stream().filter(f -> !later.contains(f.id())).toList(),
                now.stream()
                        .flatMap(f -> Stream.ofNullable(earlier.get(f.id())).map(was -> new Persisting(was, f)))
                        .toList());
    }
}
