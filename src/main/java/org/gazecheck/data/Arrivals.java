package org.gazecheck.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Printable;
import org.gazecheck.results.ClassName;

/**
 * Images that lie in a folder and its folders, however these are called. The folder in which one lies names its class
 * where the network has such a class; otherwise it has no label.
 *
 * @param found sorted by path
 * @param others paths of files whose names are not those of images, sorted
 * @param problems what is there and cannot be opened, links included that are not followed
 * @param warnings what is odd
 */
public record Arrivals(List<Arrival> found, List<String> others, List<String> problems, List<String> warnings) {
    public Arrivals {
        found = List.copyOf(found);
        others = List.copyOf(others);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * One image, not opened as an image yet.
     *
     * @param path relative to the folder, with forward slashes
     * @param label class name, where the folder names one
     * @param sha256 of the file's bytes
     */
    public record Arrival(String path, Optional<String> label, String sha256) {}

    /**
     * Lists them and hashes each.
     *
     * @param classes of the network
     * @param followLinks whether links in the folder are followed, wherever they lead
     * @throws DataException when there is no such folder, or it vanishes meanwhile
     */
    public static Arrivals read(Path folder, List<String> classes, boolean followLinks) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataException("nightly.incoming " + folder + " is not a folder: set it to the one into which"
                    + " images arrive, or bring it back");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new DataException("nightly.incoming " + folder + " may not be read: change its permissions");
        }
        IncomingTree tree = IncomingTree.walk(folder, followLinks);
        List<String> problems = new ArrayList<>(tree.problems());
        List<String> warnings = new ArrayList<>();
        if (tree.litter().holdsImages()) {
            tree.litter().told().ifPresent(warnings::add);
        }
        int underWay = tree.underWay().size();
        if (underWay > 0) {
            warnings.add(underWay + (underWay == 1 ? " file is" : " files are") + " still under way by the name ("
                    + Printable.of(tree.underWay().get(0)) + (underWay > 1 ? ", ..." : "")
                    + ") and not looked at before it is renamed");
        }
        List<Optional<String>> hashes;
        try {
            hashes = tree.images().parallelStream()
                    .map(path -> hash(folder, path))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!Files.isDirectory(folder)) {
            throw new DataException("nightly.incoming " + folder + " vanished while it was read: bring it back");
        }
        List<Arrival> found = new ArrayList<>();
        for (int i = 0; i < hashes.size(); i++) {
            String path = tree.images().get(i);
            hashes.get(i)
                    .ifPresentOrElse(
                            hash -> found.add(new Arrival(path, label(path, Set.copyOf(classes)), hash)),
                            () -> problems.add(Printable.of(path) + ": cannot be read"));
        }
        warnings.addAll(unknownFolders(found));
        return new Arrivals(found, tree.others(), problems, warnings);
    }

    /** The class that the folder in which an image lies names. */
    public static Optional<String> label(String path, Set<String> classes) {
        Path folder = Path.of(path).getParent();
        if (folder == null) {
            return Optional.empty();
        }
        String name = folder.getFileName().toString();
        return classes.contains(name)
                ? Optional.of(name)
                : classes.stream()
                        .filter(known -> ClassName.of(known).equals(ClassName.of(name)))
                        .findFirst();
    }

    private static Optional<String> hash(Path folder, String path) {
        try {
            return Optional.of(Hashes.sha256(folder.resolve(path)));
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(folder)) {
                return Optional.empty();
            }
            throw new UncheckedIOException(
                    new DataException("nightly.incoming " + folder + " vanished while it was read: bring it back"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A folder beside others that name classes is rather misspelt than meant to name none. */
    private static List<String> unknownFolders(List<Arrival> found) {
        Map<String, Integer> unknown = new TreeMap<>();
        Set<Path> aboveClasses = new HashSet<>();
        for (Arrival a : found) {
            if (a.label.isPresent()) {
                aboveClasses.add(Path.of(a.path).resolveSibling("").resolveSibling(""));
            }
        }
        for (Arrival a : found) {
            Path folder = Path.of(a.path).resolveSibling("");
            if (a.label.isEmpty() && !folder.toString().isEmpty() && aboveClasses.contains(folder.resolveSibling(""))) {
                unknown.merge(folder.toString(), 1, Integer::sum);
            }
        }
        return unknown.entrySet().stream()
                .map(e -> "the folder '" + Printable.of(e.getKey())
                        + "' stands beside folders of classes, and the network has" + " no class of its name: its "
                        + e.getValue() + " images count as unlabelled")
                .toList();
    }
}
