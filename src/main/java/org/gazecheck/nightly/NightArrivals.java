package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.data.Arrivals;
import org.gazecheck.data.Arrivals.Arrival;
import org.gazecheck.history.SeenFile;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.ManifestFile;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the folder into which images arrive, beside what is known.
 *
 * @param folder null where none is watched
 * @param arrivals bytes that neither the watched run nor an earlier night has seen, or no earlier night with that label,
 *     each once
 * @param duplicates files that are new there, with bytes that are known
 * @param unreadable what is new there and cannot be opened, in words
 * @param warnings what is odd
 */
record NightArrivals(
        @Nullable Path folder,
        List<Arrival> arrivals,
        List<SeenFile> duplicates,
        List<String> unreadable,
        List<String> warnings) {
    /** In place of the hash of what cannot be opened. */
    private static final String NO_HASH = "";

    /** In front of the hash of what is no usable image. */
    private static final String REFUSED = "refused ";

    /** @param incoming folder into which images arrive */
    static NightArrivals of(Optional<Path> incoming, WatchedModel model, Set<SeenFile> seen) throws IOException {
        if (incoming.isEmpty()) {
            return new NightArrivals(null, List.of(), List.of(), List.of(), List.of());
        }
        List<String> classes = ManifestFile.read(model.run().manifest()).classes();
        Set<String> ofRun = DatasetFile.read(model.run().dataset()).stream()
                .map(DatasetRow::sha256)
                .collect(Collectors.toSet());
        Map<String, Set<Optional<String>>> labels = new HashMap<>();
        for (SeenFile file : seen) {
            labels.computeIfAbsent(file.sha256(), sha256 -> new HashSet<>())
                    .add(Arrivals.label(file.path(), Set.copyOf(classes)));
        }
        Path folder = incoming.get();
        Arrivals all = Arrivals.read(folder, classes);
        Set<String> tonight = new HashSet<>();
        List<Arrival> arrivals = new ArrayList<>();
        List<SeenFile> duplicates = new ArrayList<>();
        for (Arrival arrival : all.found()) {
            SeenFile file = new SeenFile(arrival.sha256(), arrival.path());
            if (seen.contains(refused(file))) {
                continue;
            }
            Set<Optional<String>> before = labels.getOrDefault(arrival.sha256(), Set.of());
            boolean newLabel = arrival.label().isPresent() && !before.contains(arrival.label());
            if (!ofRun.contains(arrival.sha256()) && (before.isEmpty() || newLabel) && tonight.add(arrival.sha256())) {
                arrivals.add(arrival);
            } else if (!seen.contains(file)) {
                duplicates.add(file);
            }
        }
        List<String> unreadable = all.problems().stream()
                .filter(problem -> !seen.contains(new SeenFile(NO_HASH, problem)))
                .toList();
        return new NightArrivals(folder, arrivals, duplicates, unreadable, all.warnings());
    }

    /** Known under this name only: the same bytes under another one are no image either, and are reported again. */
    private static SeenFile refused(SeenFile file) {
        return new SeenFile(REFUSED + file.sha256(), file.path());
    }

    boolean none() {
        return arrivals.isEmpty() && duplicates.isEmpty() && unreadable.isEmpty();
    }

    /** Only the first so many; the others are new again in the next night. */
    NightArrivals first(int count) {
        Set<String> left = arrivals.subList(count, arrivals.size()).stream()
                .map(Arrival::sha256)
                .collect(Collectors.toSet());
        return new NightArrivals(
                folder,
                arrivals.subList(0, count),
                duplicates.stream()
                        .filter(file -> !left.contains(file.sha256()))
                        .toList(),
                unreadable,
                warnings);
    }

    /**
     * What is not new to the next night: of the arrivals those whose bytes were there when they were opened.
     *
     * @param opened rows of the night's {@code dataset.csv}
     */
    List<SeenFile> seen(List<DatasetRow> opened) {
        Set<String> useless = opened.stream()
                .filter(row -> !row.usable())
                .map(DatasetRow::sha256)
                .collect(Collectors.toSet());
        List<SeenFile> files = new ArrayList<>();
        duplicates.forEach(file -> files.add(useless.contains(file.sha256()) ? refused(file) : file));
        unreadable.forEach(problem -> files.add(new SeenFile(NO_HASH, problem)));
        Set<SeenFile> there = opened.stream()
                .map(row -> new SeenFile(row.sha256(), row.path()))
                .collect(Collectors.toSet());
        arrivals.stream()
                .map(arrival -> new SeenFile(arrival.sha256(), arrival.path()))
                .filter(there::contains)
                .map(file -> useless.contains(file.sha256()) ? refused(file) : file)
                .forEach(files::add);
        return files;
    }
}
