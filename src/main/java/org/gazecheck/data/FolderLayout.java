package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Split;

/**
 * What the folders at the top of the images are: splits, in which classes lie, or classes. They are splits where they are
 * {@linkplain SplitNames called so} and hold folders of the same names.
 *
 * @param splits the folder of each; empty where the folders are classes
 * @param classes folders that are classes; empty where they lie in splits
 * @param ignored one sentence each
 * @param assumed that folders are classes, where they could be something else; one sentence each
 */
record FolderLayout(Map<Split, TopFolder> splits, List<TopFolder> classes, List<String> ignored, List<String> assumed) {
    private static final int SHOWN = 5;
    private static final Pattern PARTS = Pattern.compile(
            "(?i)(jpe?g|png)?_?(images?|imgs?|pictures|photos|jpe?gs?|pngs?|masks?|labels?|annotations?|segmentations?"
                    + "|segmentation_?class|outlines|gt|ground_?truth)(_?\\d+)?");

    /**
     * @param skipped folders that are no part of the images
     * @throws DataException where the folders have no certain meaning
     */
    static FolderLayout of(Path root, Predicate<Path> skipped) throws IOException {
        List<TopFolder> tops = new ArrayList<>();
        for (Path folder : TopFolder.folders(root, skipped)) {
            tops.add(TopFolder.of(folder, skipped));
        }
        List<TopFolder> named = tops.stream()
                .filter(top -> top.split().isPresent() && !top.empty())
                .toList();
        List<TopFolder> others = tops.stream()
                .filter(top -> top.split().isEmpty() && !top.empty())
                .toList();
        boolean alike = named.stream().anyMatch(top -> sharesWithAny(top, tops));
        boolean onlyNamed = named.size() > 1 && others.isEmpty();
        if (alike || onlyNamed) {
            return splits(root, named, others);
        }
        return classes(root, tops, named);
    }

    private static boolean sharesWithAny(TopFolder top, List<TopFolder> tops) {
        return tops.stream()
                .anyMatch(other -> !other.equals(top) && !top.shared(other).isEmpty());
    }

    private static FolderLayout splits(Path root, List<TopFolder> named, List<TopFolder> others) throws DataException {
        List<String> problems = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        Map<Split, TopFolder> splits = new EnumMap<>(Split.class);
        for (TopFolder top : named) {
            Split split = top.split().orElseThrow();
            TopFolder earlier = splits.putIfAbsent(split, top);
            if (earlier != null) {
                problems.add("data.dir " + root + " holds " + earlier.shown() + " and " + top.shown()
                        + ", and both mean " + split.text() + ": put them together, or rename one");
            }
            if (top.inner().isEmpty()) {
                problems.add("data.dir " + root + ": " + top.shown()
                        + " is called as a split and holds images that lie in no"
                        + " folder of a class: sort them into " + top.name()
                        + "/CLASS, move them away, or if it is a class"
                        + " rename it");
            }
        }
        String names = shown(named);
        for (TopFolder other : others) {
            boolean ofNoClass = !other.loose()
                    && named.stream().allMatch(split -> split.shared(other).isEmpty());
            if (!other.splitsInside().isEmpty()) {
                ignored.add("the folder " + other.shown() + " beside " + names + " holds splits itself and is ignored");
            } else if (ofNoClass) {
                ignored.add("the folder " + other.shown() + " beside " + names + " is no split, and what it holds ("
                        + listed(other.innerNames()) + ") is no class of theirs: it is ignored");
            } else {
                problems.add("data.dir " + root + ": " + other.shown() + " beside " + names
                        + " holds images and is no split: put it into the splits if it is a class, call it "
                        + SplitNames.KNOWN
                        + " if it is a split, name it in data.masks if it holds masks, or move it away");
            }
        }
        if (!problems.isEmpty()) {
            throw new DataException(problems);
        }
        return new FolderLayout(splits, List.of(), ignored, List.of());
    }

    private static FolderLayout classes(Path root, List<TopFolder> tops, List<TopFolder> named) throws DataException {
        List<TopFolder> full = tops.stream().filter(top -> !top.empty()).toList();
        for (TopFolder top : full) {
            if (top.splitsInside().stream().map(SplitNames::of).distinct().count() > 1) {
                throw new DataException(
                        "data.dir " + root + " holds " + shown(full) + ", and in " + top.shown() + " lie "
                                + listed(top.splitsInside()) + ": set data.dir to " + top.path()
                                + " if that is the data set; splits lie above classes, as in train/CLASS");
            }
        }
        List<TopFolder> alike =
                full.stream().filter(top -> sharesWithAny(top, full)).toList();
        boolean nested = full.size() > 1
                && full.stream().noneMatch(TopFolder::loose)
                && full.stream().anyMatch(top -> top.inner().size() > 1);
        if (nested && !alike.isEmpty()) {
            refuseParts(root, alike);
        }
        List<String> assumed = new ArrayList<>();
        if (nested) {
            TopFolder example = full.stream()
                    .filter(top -> top.inner().size() > 1)
                    .findFirst()
                    .orElseThrow();
            assumed.add(shown(full) + " are taken for classes, each with the images in all folders below ("
                    + listed(example.innerNames()) + " in " + example.shown()
                    + "): if those are the classes, set data.dir to the folder above them, or if these are splits call each "
                    + SplitNames.KNOWN);
        } else if (!named.isEmpty()) {
            assumed.add(shown(named) + (named.size() == 1 ? " is" : " are") + " taken for "
                    + (named.size() == 1 ? "a class" : "classes")
                    + ", not for a split: the other folders beside hold no folders of the same names");
        }
        return new FolderLayout(Map.of(), tops, List.of(), assumed);
    }

    /** Folders that hold the same classes, and by their names are parts of a data set. */
    private static void refuseParts(Path root, List<TopFolder> alike) throws DataException {
        String hold = "data.dir " + root + ": " + shown(alike) + " hold folders of the same names ("
                + listed(alike.get(0).shared(alike.get(1))) + ") and ";
        if (alike.stream().allMatch(top -> SplitNames.isIn(top.name()))) {
            throw new DataException(hold + "look like splits: call each " + SplitNames.KNOWN);
        }
        for (TopFolder top : alike) {
            if (PARTS.matcher(top.name()).matches()) {
                throw new DataException(
                        hold + top.shown() + " is no class by its name: set data.dir to the folder of the"
                                + " images, and data.masks to that of the masks if there are any");
            }
        }
    }

    /**
     * Where the classes lie, if there is but one folder: the first folder below that holds more than one, or images.
     *
     * @return a sentence's end
     */
    static Optional<String> oneLevelDown(Path root, Predicate<Path> skipped) throws IOException {
        Path folder = root;
        while (true) {
            List<Path> inner = TopFolder.folders(folder, skipped);
            if (inner.size() != 1) {
                return folder.equals(root) || inner.isEmpty()
                        ? Optional.empty()
                        : Optional.of("in " + folder + " lie "
                                + listed(inner.stream()
                                        .map(path -> path.getFileName().toString())
                                        .toList())
                                + ": if these are classes or splits, set data.dir to that folder");
            }
            folder = inner.get(0);
        }
    }

    private static String shown(List<TopFolder> folders) {
        return listed(folders.stream().map(TopFolder::name).toList());
    }

    private static String listed(List<String> names) {
        String shown = names.stream()
                .limit(SHOWN)
                .map(name -> "'" + Printable.of(name) + "'")
                .collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    /** Splits whose folder is called otherwise, by its name. */
    Map<String, Split> renamed() {
        Map<String, Split> renamed = new LinkedHashMap<>();
        splits.forEach((split, top) -> {
            if (!top.name().equals(split.text())) {
                renamed.put(top.name(), split);
            }
        });
        return renamed;
    }

    boolean lacks(Split split) {
        return !splits.isEmpty() && !splits.containsKey(split);
    }
}
