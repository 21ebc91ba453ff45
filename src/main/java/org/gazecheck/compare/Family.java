package org.gazecheck.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.metric.MetricId;
import org.gazecheck.stats.Holm;

/**
 * Measurements that are corrected together (Holm 1979): where nothing differs, the chance that any of them has a {@code q}
 * at or below a level is at most that level, whatever depends on whatever.
 *
 * @param name such as "same images"
 */
public record Family(String name, List<Measurement> measurements) {
    public Family {
        measurements = List.copyOf(measurements);
    }

    /** With {@code q} of every measurement. */
    static Family corrected(String name, List<Measurement> raw) {
        double[] q = Holm.correct(raw.stream()
                .filter(Measured.class::isInstance)
                .mapToDouble(m -> ((Measured) m).p())
                .toArray());
        List<Measurement> corrected = new ArrayList<>();
        int next = 0;
        for (Measurement m : raw) {
            corrected.add(m instanceof Measured measured ? measured.corrected(q[next++]) : m);
        }
        return new Family(name, corrected);
    }

    /** Those that were measured. */
    public List<Measured> measured() {
        return measurements.stream()
                .filter(Measured.class::isInstance)
                .map(Measured.class::cast)
                .toList();
    }

    public Optional<Measurement> find(MetricId id) {
        return measurements.stream().filter(m -> m.id().equals(id)).findFirst();
    }
}
