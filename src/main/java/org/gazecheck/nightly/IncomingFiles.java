package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.data.Arrivals;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.NamedFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;

/**
 * What lies in the folder into which images arrive, new or not, so that it is known when something that failed was dealt with.
 *
 * @param classes of the watched model
 * @param labelled bytes, each with the label under which they lie
 * @param files bytes, each with the path at which they lie
 * @param names paths of what is no image, and what cannot be read, in words
 */
record IncomingFiles(Set<String> classes, Set<String> labelled, Set<String> files, Set<String> names) {
    static final IncomingFiles NONE = new IncomingFiles(Set.of(), Set.of(), Set.of(), Set.of());

    static IncomingFiles of(Arrivals all, List<String> classes) {
        Set<String> known = Set.copyOf(classes);
        Set<String> labelled = new HashSet<>();
        Set<String> files = new HashSet<>();
        all.found().forEach(arrival -> {
            labelled.add(key(arrival.sha256(), arrival.label().orElse("")));
            files.add(key(arrival.sha256(), arrival.path()));
        });
        Set<String> names = new HashSet<>(all.others());
        names.addAll(all.problems());
        return new IncomingFiles(known, labelled, files, names);
    }

    private static String key(String sha256, String of) {
        return sha256 + " " + of;
    }

    /** Whether it is still what it was when it was named. */
    boolean has(NamedFile file) {
        if (file.sha256().isEmpty()) {
            return names.contains(file.path());
        }
        return file.mends() == NamedFile.Mends.REMOVAL
                ? files.contains(key(file.sha256(), file.path()))
                : hasUnderItsLabel(file.sha256(), file.path());
    }

    private boolean hasUnderItsLabel(String sha256, String path) {
        return labelled.contains(key(sha256, Arrivals.label(path, classes).orElse("")));
    }

    /**
     * Whether of the new images of an earlier night none is left that was behind a metric: of accuracy those that were wrong, of
     * contradicted labels these, of anything else all.
     */
    boolean nothingLeft(MetricId id, NightFolder night) {
        RunFolder run = night.run();
        if (id.set() != MetricSet.NEW || !Files.isRegularFile(run.predictions())) {
            return false;
        }
        try {
            List<Prediction> behind = PredictionsFile.read(run.predictions()).stream()
                    .filter(p -> id.ofClass().isEmpty() || id.ofClass().equals(Optional.of(p.label())))
                    .filter(p -> !id.metric().equals(MetricRegistry.TOP1) || p.wrong())
                    .toList();
            return !behind.isEmpty() && behind.stream().noneMatch(p -> hasUnderItsLabel(p.sha256(), p.path()));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether anything that failed was dealt with since, be it only in part. */
    boolean settlesSomethingOf(GateVerdict verdict, NightsFolder nights) {
        return verdict.gates().stream()
                .flatMap(gate -> gate.failures().stream())
                .anyMatch(failure -> failure.named().isEmpty()
                        ? failure.nights().stream().anyMatch(night -> lacksAny(new NightFolder(nights.night(night))))
                        : failure.named().stream().anyMatch(file -> !has(file)));
    }

    private boolean lacksAny(NightFolder night) {
        RunFolder run = night.run();
        if (!Files.isRegularFile(run.predictions())) {
            return false;
        }
        try {
            return PredictionsFile.read(run.predictions()).stream()
                    .anyMatch(p -> !hasUnderItsLabel(p.sha256(), p.path()));
        } catch (IOException e) {
            return false;
        }
    }
}
