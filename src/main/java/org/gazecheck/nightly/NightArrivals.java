package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gazecheck.data.Arrivals;
import org.gazecheck.data.Arrivals.Arrival;
import org.gazecheck.history.SeenFile;
import org.gazecheck.io.Printable;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.NamedFile;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the folder into which images arrive, beside what is known.
 *
 * @param folder null where none is watched
 * @param arrivals bytes that neither the watched run nor an earlier night has seen, or no earlier night with that label,
 *     each once
 * @param duplicates files that are new there, with bytes that are known
 * @param ignored files that are new there, and no images by their names
 * @param unreadable what is new there and cannot be opened, in words
 * @param warnings what is odd
 * @param there all that lies there, new or not
 */
record NightArrivals(
        @Nullable Path folder,
        List<Arrival> arrivals,
        List<SeenFile> duplicates,
        List<String> ignored,
        List<String> unreadable,
        List<String> warnings,
        IncomingFiles there) {
    /** In place of the hash of what cannot be opened. */
    private static final String NO_HASH = "";

    /** In front of the hash of what is no usable image. */
    private static final String REFUSED = "refused ";

    /** In place of the hash of what is no image by its name. */
    private static final String IGNORED = "ignored";

    private static final int NAMED_ENDINGS = 5;

    /**
     * @param incoming folder into which images arrive
     * @param followLinks whether links in it are followed
     */
    static NightArrivals of(Optional<Path> incoming, boolean followLinks, WatchedModel model, Set<SeenFile> seen)
            throws IOException {
        if (incoming.isEmpty()) {
            return new NightArrivals(null, List.of(), List.of(), List.of(), List.of(), List.of(), IncomingFiles.NONE);
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
        Arrivals all = Arrivals.read(folder, classes, followLinks);
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
        List<String> ignored = all.others().stream()
                .filter(path -> !seen.contains(new SeenFile(IGNORED, path)))
                .toList();
        List<String> warnings = new ArrayList<>(all.warnings());
        if (!ignored.isEmpty()) {
            warnings.add(ignoredText(ignored));
        }
        return new NightArrivals(
                folder, arrivals, duplicates, ignored, unreadable, warnings, IncomingFiles.of(all, classes));
    }

    /** By their endings, the most frequent first. */
    private static String ignoredText(List<String> ignored) {
        Map<String, Long> endings = ignored.stream()
                .collect(Collectors.groupingBy(NightArrivals::ending, TreeMap::new, Collectors.counting()));
        String counts = endings.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(NAMED_ENDINGS)
                .map(ending -> ending.getValue() + " " + Printable.of(ending.getKey()))
                .collect(Collectors.joining(", "));
        return ignored.size() + (ignored.size() == 1 ? " new file is no image" : " new files are no images")
                + " by the name and ignored: " + counts + (endings.size() > NAMED_ENDINGS ? ", ..." : "") + " (such as "
                + Printable.of(ignored.get(0)) + "): convert them to JPEG, PNG, BMP or GIF, or move them away";
    }

    private static String ending(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.contains(".")
                ? name.substring(name.lastIndexOf('.')).toLowerCase(Locale.ROOT)
                : "without an ending";
    }

    /** Known under this name only: the same bytes under another one are no image either, and are reported again. */
    private static SeenFile refused(SeenFile file) {
        return new SeenFile(REFUSED + file.sha256(), file.path());
    }

    boolean none() {
        return arrivals.isEmpty() && duplicates.isEmpty() && ignored.isEmpty() && unreadable.isEmpty();
    }

    /** In a random order, by which a part of them is like the whole. */
    NightArrivals shuffled(SplittableRandom random) {
        List<Arrival> order = new ArrayList<>(arrivals);
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        return new NightArrivals(folder, order, duplicates, ignored, unreadable, warnings, there);
    }

    /** Only the first so many, sorted; the others are new again in the next night. */
    NightArrivals first(int count) {
        Set<String> left = arrivals.subList(count, arrivals.size()).stream()
                .map(Arrival::sha256)
                .collect(Collectors.toSet());
        return new NightArrivals(
                folder,
                arrivals.subList(0, count).stream()
                        .sorted(Comparator.comparing(Arrival::path))
                        .toList(),
                duplicates.stream()
                        .filter(file -> !left.contains(file.sha256()))
                        .toList(),
                ignored,
                unreadable,
                warnings,
                there);
    }

    /** What a failure of a count names, by the metric; of what was opened tonight. @param opened rows of {@code dataset.csv} */
    Map<MetricId, List<NamedFile>> named(List<DatasetRow> opened) {
        List<NamedFile> refused = new ArrayList<>(
                unreadable.stream().map(problem -> NamedFile.file(problem, "")).toList());
        opened.stream()
                .filter(row -> !row.usable())
                .map(row -> NamedFile.file(row.path(), row.sha256()))
                .forEach(refused::add);
        return Map.of(
                MetricId.of(MetricSet.NEW, MetricRegistry.REFUSED),
                refused,
                MetricId.of(MetricSet.NEW, MetricRegistry.DUPLICATES),
                duplicates.stream()
                        .map(file -> NamedFile.file(file.path(), file.sha256()))
                        .toList(),
                MetricId.of(MetricSet.NEW, MetricRegistry.IGNORED),
                ignored.stream().map(path -> NamedFile.file(path, "")).toList(),
                MetricId.of(MetricSet.NEW, MetricRegistry.UNLABELLED),
                arrivals.stream()
                        .filter(arrival -> arrival.label().isEmpty())
                        .map(arrival -> NamedFile.image(arrival.path(), arrival.sha256()))
                        .toList());
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
        ignored.forEach(path -> files.add(new SeenFile(IGNORED, path)));
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
