package org.gazecheck.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.jspecify.annotations.Nullable;

/**
 * What the parts wrote that tells which findings have one cause.
 *
 * @param clusters empty where no heatmaps were grouped
 * @param interventions null where none were made
 */
record AuditedRun(
        List<Prediction> predictions,
        List<DataQualityRow> dataQuality,
        List<HeatmapClusterMember> clusters,
        @Nullable Interventions interventions) {
    AuditedRun {
        predictions = List.copyOf(predictions);
        dataQuality = List.copyOf(dataQuality);
        clusters = List.copyOf(clusters);
    }

    /** What findings about right and wrong are about: test, or val where there is none. */
    private Split split() {
        return predictions.stream().anyMatch(p -> p.split() == Split.TEST) ? Split.TEST : Split.VAL;
    }

    /** Of one class, on the split that findings are about. */
    List<Prediction> errors(String label) {
        Split split = split();
        return chosen(p -> p.split() == split && p.wrong() && p.label().equals(label));
    }

    List<Prediction> at(Set<String> paths) {
        return chosen(p -> paths.contains(p.path()));
    }

    /** Of one cluster of heatmaps. */
    List<Prediction> cluster(String name) {
        return at(clusters.stream()
                .filter(member -> member.cluster().equals(name))
                .map(HeatmapClusterMember::path)
                .collect(Collectors.toSet()));
    }

    private List<Prediction> chosen(Predicate<Prediction> which) {
        return predictions.stream().filter(which).toList();
    }

    /** Labels that the network contradicts, with what it is sure of instead. */
    List<Contradicted> contradicted() {
        Map<String, String> confident = dataQuality.stream()
                .filter(row -> row.confident() != null)
                .collect(Collectors.toMap(DataQualityRow::path, DataQualityRow::confident, (one, same) -> one));
        return predictions.stream()
                .flatMap(p -> Optional.ofNullable(confident.get(p.path()))
                        .map(instead -> new Contradicted(p.label(), instead, p.split()))
                        .stream())
                .toList();
    }

    /** @param instead the class that the network is sure of */
    record Contradicted(String label, String instead, Split split) {}
}
