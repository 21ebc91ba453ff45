package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.history.History;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.Folders;
import org.gazecheck.io.Temporary;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.NightFile;

/**
 * Which folders of nights are kept: the newest, and whatever else a later night may need. Only folders that a night made
 * are ever removed; the history keeps its rows.
 */
final class Retention {
    /** Begins the names of folders that are not there yet, or not any more: whatever is in them may go. */
    static final String GONE = ".gone-";

    private Retention() {}

    /** Removes what nights left that were not whole: no history knows of them. */
    static void removeUnfinished(NightsFolder nights, History history, Progress progress) throws IOException {
        Temporary.sweep(nights.root());
        for (Path folder : folders(nights.root())) {
            String id = folder.getFileName().toString();
            NightFolder night = new NightFolder(folder);
            if (id.startsWith(GONE)) {
                Folders.delete(folder);
            } else if (history.run(id).isPresent()) {
                Files.deleteIfExists(night.unfinished());
            } else if (Files.exists(night.unfinished())) {
                progress.message(
                        "the night " + id + " was not finished: its folder is removed, and its images are new");
                Folders.delete(folder);
            }
        }
    }

    /** Whether there are nights, whole or not. */
    static boolean holdsAny(NightsFolder nights) throws IOException {
        return folders(nights.root()).stream()
                .anyMatch(folder -> RecordedRun.isId(folder.getFileName().toString()));
    }

    /** Whether there are nights that a history must know of: those that were whole. */
    static boolean holdsNights(NightsFolder nights) throws IOException {
        return folders(nights.root()).stream()
                .map(NightFolder::new)
                .anyMatch(night -> Files.isRegularFile(night.record()) && !Files.exists(night.unfinished()));
    }

    /**
     * Removes nights beyond the configured number, and results of models that none of the others refers to. Tonight stays,
     * whatever the clock said in other nights, and so do the baseline, the last good and the last whole night.
     */
    static void apply(Tonight tonight, History history) throws IOException {
        NightsFolder nights = tonight.nights();
        String name = tonight.configuration().name();
        Set<String> kept = new HashSet<>(Set.of(tonight.id()));
        tonight.earlier(history.upTo(tonight.clock().instant())).needed().forEach(run -> run.folder()
                .ifPresent(kept::add));
        history.runs().stream()
                .filter(run -> run.name().equals(name))
                .flatMap(run -> run.folder().stream())
                .limit(tonight.configuration().nightly().keep())
                .forEach(kept::add);
        Set<String> models = new HashSet<>();
        for (Path folder : folders(nights.root())) {
            String id = folder.getFileName().toString();
            Path record = new NightFolder(folder).record();
            boolean own = history.run(id).filter(run -> run.name().equals(name)).isPresent();
            if (Files.isRegularFile(record) && own && !kept.contains(id)) {
                remove(nights, folder);
            } else if (Files.isRegularFile(record)) {
                models.add(NightFile.read(record).model());
            }
        }
        for (Path model : folders(nights.models())) {
            if (!models.contains(model.getFileName().toString())) {
                remove(nights, model);
            }
        }
    }

    /** Killed meanwhile, it leaves nothing that could be taken for a whole one. */
    private static void remove(NightsFolder nights, Path folder) throws IOException {
        Path gone = nights.root().resolve(GONE + folder.getFileName());
        Folders.delete(gone);
        Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(gone);
    }

    private static Set<Path> folders(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(Files::isDirectory).collect(Collectors.toSet());
        }
    }
}
