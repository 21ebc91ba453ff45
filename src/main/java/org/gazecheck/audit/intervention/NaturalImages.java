package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.stats.StratifiedFisher;

/** Whether images of other classes that carry something are called the class more often than those of the same class that do not. */
final class NaturalImages {
    private NaturalImages() {}

    /**
     * An image as it is.
     *
     * @param besides whether it carries something else too, from which what it is called may come
     */
    record Natural(int label, int called, boolean carries, boolean besides) {
        Natural(int label, int called, boolean carries) {
            this(label, called, carries, false);
        }
    }

    /**
     * Images are compared with those of the same class that carry, or do not carry, the same besides.
     *
     * @param images of val and test; those of the class itself take no part
     * @return empty where none carries it, or all do
     */
    static Optional<NaturalWitness> witness(List<Natural> images, int label) {
        Map<Integer, List<Natural>> byClass = new TreeMap<>();
        images.stream().filter(image -> image.label != label).forEach(image -> byClass.computeIfAbsent(
                        2 * image.label + (image.besides ? 1 : 0), of -> new ArrayList<>())
                .add(image));
        List<StratifiedFisher.Stratum> strata = new ArrayList<>();
        int both = 0;
        int carriers = 0;
        int called = 0;
        int all = 0;
        for (List<Natural> of : byClass.values()) {
            StratifiedFisher.Stratum stratum = new StratifiedFisher.Stratum(
                    count(of, label, true, true),
                    count(of, label, true, false),
                    count(of, label, false, true),
                    of.size());
            strata.add(stratum);
            both += stratum.both();
            carriers += stratum.with();
            called += stratum.outcome();
            all += stratum.all();
        }
        if (carriers == 0 || carriers == all) {
            return Optional.empty();
        }
        double p = StratifiedFisher.greaterP(strata);
        return Optional.of(new NaturalWitness(both, carriers, called - both, all - carriers, p, p));
    }

    private static int count(List<Natural> images, int label, boolean carrying, boolean calledIt) {
        return (int) images.stream()
                .filter(image -> (!carrying || image.carries) && (!calledIt || image.called == label))
                .count();
    }
}
