package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gazecheck.config.DataSettings;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * A folder of images: {@code train|val|test/<class>/...} when all three exist and no other folder beside them holds
 * images itself, otherwise {@code <class>/...} with a split by the hash of seed and image. Such an image stays in its
 * split whatever is added, renamed or removed, and the same bytes are never in two splits; the price is that the shares
 * hold on average only.
 */
final class FolderSource {
    private final Path root;
    private final @Nullable Path masks;
    private final double valShare;
    private final double testShare;
    private final Randomness randomness;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Listing.Entry> entries = new ArrayList<>();
    private final TreeSet<String> classes = new TreeSet<>();
    private final List<String> others = new ArrayList<>();

    FolderSource(DataSettings data, @Nullable Path masks, long seed) {
        this.root = data.dir();
        this.masks = masks;
        this.valShare = data.valShare();
        this.testShare = data.testShare();
        this.randomness = new Randomness(seed);
    }

    Listing read() throws IOException {
        Sources.requireFolder(root, "data.dir");
        Sources.requireMasks(masks, problems);
        List<Path> folders = folders(root);
        if (hasSplits(folders)) {
            for (Split split : Split.GIVEN) {
                for (Path folder : folders(root.resolve(split.text()))) {
                    addClass(folder, split);
                }
                loose(root.resolve(split.text()));
            }
        } else {
            for (Path folder : folders) {
                addClass(folder, null);
            }
            loose(root);
        }
        return new Listing(root, List.copyOf(classes), entries, problems, warnings, ignored(), List.of());
    }

    private List<String> ignored() {
        return others.isEmpty()
                ? List.of()
                : List.of(others.size() + " files are not images by their names, or belong to no class, and are"
                        + " ignored (" + Printable.of(others.get(0)) + (others.size() > 1 ? ", ..." : "") + ")");
    }

    private boolean hasSplits(List<Path> folders) throws IOException {
        List<String> splits = Split.GIVEN.stream().map(Split::text).toList();
        List<String> names =
                folders.stream().map(folder -> folder.getFileName().toString()).toList();
        if (!names.containsAll(splits)) {
            return false;
        }
        for (Path folder : folders) {
            if (!splits.contains(folder.getFileName().toString()) && holdsImages(folder)) {
                warnings.add("'" + Printable.of(folder.getFileName().toString())
                        + "' beside train, val and test holds images: all of them are taken for classes");
                return false;
            }
        }
        return true;
    }

    private void addClass(Path folder, @Nullable Split split) throws IOException {
        ImageTree tree = ImageTree.walk(root, folder, masks);
        problems.addAll(tree.problems());
        warnings.addAll(tree.warnings());
        others.addAll(tree.others());
        String name = folder.getFileName().toString();
        classes.add(name);
        if (tree.images().isEmpty()) {
            problems.add("class folder '" + Printable.of(Names.relative(root, folder))
                    + "' holds no image: add some, or remove the folder");
        }
        entries.addAll(tree.images().parallelStream()
                .map(path -> entry(path, split, name))
                .toList());
    }

    private Listing.Entry entry(String path, @Nullable Split split, String label) {
        if (split != null) {
            return new Listing.Entry(path, split, label, Optional.empty(), Optional.empty());
        }
        try {
            return new Listing.Entry(
                    path, drawn(Hashes.sha256(root.resolve(path))), label, Optional.empty(), Optional.empty());
        } catch (IOException e) {
            return new Listing.Entry(path, Split.TRAIN, label, Optional.of("unreadable: " + e), Optional.empty());
        }
    }

    private Split drawn(String sha256) {
        double u = randomness.of(Purpose.SPLIT.stream(), 0, "", sha256).nextDouble();
        return u < testShare ? Split.TEST : u < testShare + valShare ? Split.VAL : Split.TRAIN;
    }

    private void loose(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !Names.isHidden(file) && !Files.isDirectory(file) && Names.isImage(file))
                    .map(file -> Names.relative(root, file))
                    .sorted()
                    .forEach(others::add);
        }
    }

    private List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isDirectory(file) && !Names.isHidden(file) && !isMasks(file))
                    .sorted()
                    .toList();
        }
    }

    private boolean isMasks(Path folder) {
        return masks != null
                && folder.toAbsolutePath()
                        .normalize()
                        .equals(masks.toAbsolutePath().normalize());
    }

    private static boolean holdsImages(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> !Names.isHidden(file) && Files.isRegularFile(file) && Names.isImage(file));
        }
    }
}
