package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.config.DataSettings;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.ClassName;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * A folder of images: {@code SPLIT/CLASS/...} or {@code CLASS/...}, as {@link FolderLayout} finds it. Where there are no
 * splits, or no val and a network is to be trained, {@link DrawnSplits} draws them.
 */
final class FolderSource {
    private final Path root;
    private final @Nullable Path masks;
    private final double valShare;
    private final double testShare;
    private final boolean toTrain;
    private final Randomness randomness;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<Assumption> assumptions = new ArrayList<>();
    private final List<Listing.Entry> entries = new ArrayList<>();
    private final ClassNames classes = new ClassNames();
    private final List<String> others = new ArrayList<>();
    private final Litter litter = new Litter();

    /** @param toTrain whether a network is to learn the classes, which takes images in val */
    FolderSource(DataSettings data, @Nullable Path masks, long seed, boolean toTrain) {
        this.root = data.dir();
        this.masks = masks;
        this.valShare = data.valShare();
        this.testShare = data.testShare();
        this.toTrain = toTrain;
        this.randomness = new Randomness(seed);
    }

    Listing read() throws IOException {
        Sources.requireFolder(root, "data.dir");
        Sources.requireMasks(masks, problems);
        FolderLayout layout = FolderLayout.of(root, this::isNoPart);
        ignored.addAll(layout.ignored());
        layout.assumed().forEach(text -> assumptions.add(new Assumption("prepare", "data.folders", text, Map.of())));
        besides(root);
        if (layout.splits().isEmpty()) {
            List<Listing.Entry> all = new ArrayList<>();
            for (TopFolder top : layout.classes()) {
                all.addAll(addClass(top.top()));
            }
            entries.addAll(new DrawnSplits(randomness, valShare, testShare).of(root, all));
        } else {
            readSplits(layout);
        }
        problems.addAll(classes.problems());
        assumptions.addAll(classes.assumptions());
        warnings.addAll(foldersOfOtherClasses());
        MasksAmongImages.problem(entries).ifPresent(problems::add);
        if (toTrain && classes.all().size() == 1) {
            problems.add(classes.onlyOne()
                    + FolderLayout.oneLevelDown(root, this::isNoPart)
                            .orElse("data.dir " + root + " should hold CLASS/..., or train|val|test/CLASS/..."));
        }
        return new Listing(root, classes.all(), entries, problems, warnings, ignored(), assumptions);
    }

    /** A folder within a class that is called as another class may have been moved there by mistake. */
    private List<String> foldersOfOtherClasses() {
        Set<String> names = classes.all().stream().map(ClassName::folded).collect(Collectors.toSet());
        Map<String, Integer> images = new TreeMap<>();
        for (Listing.Entry entry : entries) {
            String[] parts = entry.path().split("/");
            int own = 0;
            while (own < parts.length - 1 && !ClassName.of(parts[own]).equals(entry.label())) {
                own++;
            }
            for (int i = own + 1; i < parts.length - 1; i++) {
                String part = ClassName.folded(parts[i]);
                if (names.contains(part) && !part.equals(ClassName.folded(entry.label()))) {
                    String folder = String.join("/", List.of(parts).subList(0, i + 1));
                    images.merge(
                            "'" + Printable.of(folder) + "' of class '" + Printable.of(entry.label()) + "'",
                            1,
                            Integer::sum);
                    break;
                }
            }
        }
        int total = images.values().stream().mapToInt(Integer::intValue).sum();
        return images.isEmpty()
                ? List.of()
                : List.of(total
                        + " images lie in folders called as another class within a class, and have the label of the outer: "
                        + InputChecks.some(List.copyOf(images.keySet())));
    }

    private void readSplits(FolderLayout layout) throws IOException {
        boolean drawVal = toTrain && layout.lacks(Split.VAL) && !layout.lacks(Split.TRAIN) && valShare > 0;
        for (Map.Entry<Split, TopFolder> split : layout.splits().entrySet()) {
            List<Listing.Entry> of = new ArrayList<>();
            for (Path folder : TopFolder.folders(split.getValue().path(), this::isNoPart)) {
                addClass(folder).forEach(entry -> of.add(entry.in(split.getKey())));
            }
            besides(split.getValue().path());
            entries.addAll(
                    drawVal && split.getKey() == Split.TRAIN
                            ? new DrawnSplits(randomness, valShare, 0).of(root, of)
                            : of);
        }
        layout.renamed().forEach(this::assumeSplit);
        if (drawVal) {
            assumptions.add(DrawnSplits.valOfTrain(entries, valShare));
        }
    }

    private void assumeSplit(String name, Split split) {
        int images = (int) entries.stream()
                .filter(entry -> entry.path().startsWith(name + "/"))
                .count();
        assumptions.add(new Assumption(
                "prepare",
                "data.splits",
                "the folder '" + Printable.of(name) + "' is taken for the split " + split.text() + " (" + images
                        + " images)",
                Map.of("images", images)));
    }

    private List<String> ignored() {
        litter.told().ifPresent(ignored::add);
        if (!others.isEmpty()) {
            ignored.add(ImageFiles.ignored(root, others, "are no images, or belong to no class, and are ignored"));
        }
        return ignored;
    }

    /** All in train so far. */
    private List<Listing.Entry> addClass(Path folder) throws IOException {
        ImageTree tree = ImageTree.walk(root, folder, masks);
        problems.addAll(tree.problems());
        warnings.addAll(tree.warnings());
        others.addAll(tree.others());
        litter.addAll(tree.litter());
        String label = classes.add(folder.getFileName().toString());
        if (tree.images().isEmpty()) {
            problems.add("class folder '" + Printable.of(Names.relative(root, folder))
                    + "' holds no image: add some, or remove the folder");
        }
        return tree.images().stream()
                .map(path -> new Listing.Entry(path, Split.TRAIN, label, Optional.empty(), Optional.empty()))
                .toList();
    }

    /** What lies right in a folder of which only the folders count. */
    private void besides(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            if (Litter.is(file)) {
                litter.add(file);
            } else if (!Files.isDirectory(file)) {
                others.add(Names.relative(root, file));
            }
        }
    }

    private boolean isNoPart(Path folder) {
        return Litter.is(folder)
                || masks != null
                        && folder.toAbsolutePath()
                                .normalize()
                                .equals(masks.toAbsolutePath().normalize());
    }
}
