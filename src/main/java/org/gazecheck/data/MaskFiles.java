package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Assumption;
import org.jspecify.annotations.Nullable;

/**
 * Which file of a folder is the mask of which image, by their names. A mask lies under its image's relative path with
 * another ending ({@code cat/x.png} for {@code cat/x.jpg}); where no file does, all may have one and the same addition
 * ({@code x_mask.png}, {@code mask_x.png}, {@code x.jpg.png}). Official segmentations of Oxford Flowers 102 lie in the
 * folder itself ({@code segmim_00001.jpg} for {@code image_00001.jpg}).
 *
 * @param files relative to the folder, by image
 * @param problems why they cannot be used
 * @param ignored what lies there and belongs to no image, counted; one sentence each
 * @param assumptions what is added to the names
 */
record MaskFiles(Map<String, String> files, List<String> problems, List<String> ignored, List<Assumption> assumptions) {
    private static final Naming PLAIN = new Naming("", "", false);
    private static final Naming WHOLE_NAME = new Naming("", "", true);
    private static final Naming OFFICIAL = new Naming("segmim", "", false);
    private static final Pattern SEGMENTATION = Pattern.compile("segmim_(\\d+\\.jpe?g)");
    private static final int SHOWN = 10;

    /**
     * What a mask's name adds to its image's.
     *
     * @param whole whether the image's ending is part of it
     */
    private record Naming(String before, String after, boolean whole) {
        String of(String image) {
            int slash = image.lastIndexOf('/') + 1;
            String name = image.substring(slash);
            if (equals(OFFICIAL)) {
                return name.replaceFirst("^image_", "segmim_");
            }
            return image.substring(0, slash) + before + (whole ? name : stem(name)) + after + ".png";
        }
    }

    /** @param image as the data set has it */
    private record Match(String file, String image, Naming naming) {}

    /**
     * Looks for the masks of some images.
     *
     * @param images relative to their own folder, with forward slashes
     */
    static MaskFiles find(Path folder, List<String> images) throws IOException {
        ImageTree tree = ImageTree.walk(folder, folder, null);
        return new Search(folder, images, tree).result();
    }

    private static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    private static final class Search {
        private final Path folder;
        private final List<String> images;
        private final ImageTree tree;

        /** By path without ending. */
        private final Map<String, List<String>> byStem = new HashMap<>();

        private final Map<String, String> byPath = new HashMap<>();

        /** By name, for official segmentations. */
        private final Map<String, List<String>> byName = new HashMap<>();

        private final List<String> problems = new ArrayList<>();
        private final List<String> ignored = new ArrayList<>();

        Search(Path folder, List<String> images, ImageTree tree) {
            this.folder = folder;
            this.images = images;
            this.tree = tree;
            for (String image : images) {
                String key = key(image);
                byPath.put(key, image);
                byStem.computeIfAbsent(stem(key), stem -> new ArrayList<>()).add(image);
                byName.computeIfAbsent(key.substring(key.lastIndexOf('/') + 1), name -> new ArrayList<>())
                        .add(image);
            }
        }

        private static String key(String path) {
            return Normalizer.normalize(path, Normalizer.Form.NFC);
        }

        MaskFiles result() {
            problems.addAll(tree.problems());
            Map<Naming, List<Match>> matches = new HashMap<>();
            for (String file : tree.images()) {
                for (Match match : matches(file)) {
                    matches.computeIfAbsent(match.naming, naming -> new ArrayList<>())
                            .add(match);
                }
            }
            Naming naming = naming(matches);
            Map<String, List<String>> byImage = new TreeMap<>();
            Map<String, Set<String>> byFile = new TreeMap<>();
            for (Match match : naming == null ? List.<Match>of() : matches.getOrDefault(naming, List.of())) {
                byImage.computeIfAbsent(match.image, image -> new ArrayList<>()).add(match.file);
                byFile.computeIfAbsent(match.file, file -> new HashSet<>()).add(match.image);
            }
            Map<String, String> files = files(byImage, byFile);
            tellOthers(byFile.keySet());
            return new MaskFiles(files, problems, ignored, assumptions(naming, files.size()));
        }

        private List<Match> matches(String file) {
            String key = key(file);
            String stem = stem(key);
            Matcher official = SEGMENTATION.matcher(key);
            if (official.matches()) {
                return matches(file, byName.getOrDefault("image_" + official.group(1), List.of()), OFFICIAL);
            }
            if (byStem.containsKey(stem)) {
                return matches(file, byStem.getOrDefault(stem, List.of()), PLAIN);
            }
            String whole = byPath.get(stem);
            return whole != null ? List.of(new Match(file, whole, WHOLE_NAME)) : added(file, stem);
        }

        private static List<Match> matches(String file, List<String> images, Naming naming) {
            return images.stream().map(image -> new Match(file, image, naming)).toList();
        }

        /** The longest name of an image within the mask's, with something without digits after or before it. */
        private List<Match> added(String file, String stem) {
            int slash = stem.lastIndexOf('/') + 1;
            String folderOf = stem.substring(0, slash);
            String name = stem.substring(slash);
            for (int length = name.length() - 1; length > 0; length--) {
                String after = name.substring(length);
                if (isAddition(after, after.charAt(0))) {
                    List<Match> found = named(file, folderOf + name.substring(0, length), "", after);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
                String before = name.substring(0, name.length() - length);
                if (isAddition(before, before.charAt(before.length() - 1))) {
                    List<Match> found = named(file, folderOf + name.substring(before.length()), before, "");
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
            return List.of();
        }

        private static boolean isAddition(String text, char separator) {
            return "._- ".indexOf(separator) >= 0 && text.chars().noneMatch(Character::isDigit);
        }

        private List<Match> named(String file, String image, String before, String after) {
            String whole = byPath.get(image);
            return whole != null
                    ? List.of(new Match(file, whole, new Naming(before, after, true)))
                    : matches(file, byStem.getOrDefault(image, List.of()), new Naming(before, after, false));
        }

        private @Nullable Naming naming(Map<Naming, List<Match>> matches) {
            if (matches.containsKey(PLAIN)) {
                return PLAIN;
            }
            if (matches.size() == 1) {
                return matches.keySet().iterator().next();
            }
            if (matches.isEmpty()) {
                problems.add("data.masks " + folder + " holds no mask of any image: one of "
                        + Printable.of(images.get(0)) + " is expected as "
                        + Printable.of(PLAIN.of(images.get(0)))
                        + (tree.images().isEmpty()
                                ? tree.others().isEmpty()
                                        ? "; the folder is empty"
                                        : "; there is " + some(tree.others())
                                : "; there is " + some(tree.images())));
            } else {
                problems.add("data.masks " + folder + " holds masks that are named in " + matches.size()
                        + " ways ("
                        + String.join(
                                ", ",
                                matches.values().stream()
                                        .map(list -> Printable.of(list.get(0).file))
                                        .sorted()
                                        .toList())
                        + "): keep the masks only, named as their images, such as "
                        + Printable.of(PLAIN.of(images.get(0))));
            }
            return null;
        }

        private Map<String, String> files(Map<String, List<String>> byImage, Map<String, Set<String>> byFile) {
            List<String> several = new ArrayList<>();
            byFile.forEach((file, of) -> {
                if (of.size() > 1) {
                    List<String> sorted = of.stream().sorted().toList();
                    several.add(Printable.of(file) + " could be the mask of "
                            + Printable.of(String.join(" and of ", sorted)) + ": name masks after their images' whole"
                            + " names, such as " + Printable.of(WHOLE_NAME.of(sorted.get(0))));
                }
            });
            Map<String, String> files = new TreeMap<>();
            byImage.forEach((image, masks) -> {
                files.put(image, masks.get(0));
                if (masks.size() > 1) {
                    several.add(Printable.of(image) + " has " + masks.size() + " masks ("
                            + Printable.of(String.join(", ", masks)) + "): keep one");
                }
            });
            problems.addAll(several.subList(0, Math.min(SHOWN, several.size())));
            if (several.size() > SHOWN) {
                problems.add("and " + (several.size() - SHOWN) + " more masks that belong to several images, or images"
                        + " that have several masks");
            }
            return files;
        }

        private void tellOthers(Set<String> used) {
            List<String> unused =
                    tree.images().stream().filter(file -> !used.contains(file)).toList();
            if (!unused.isEmpty()) {
                ignored.add(unused.size() + " files in data.masks belong to no image by their names and are ignored ("
                        + some(unused) + ")");
            }
            if (!tree.others().isEmpty()) {
                ignored.add(
                        tree.others().size() + " files in data.masks are not images by their names and are ignored ("
                                + some(tree.others()) + ")");
            }
        }

        private static String some(List<String> files) {
            return Printable.of(files.get(0)) + (files.size() > 1 ? ", ..." : "");
        }

        private static List<Assumption> assumptions(@Nullable Naming naming, int masks) {
            if (naming == null || naming.equals(PLAIN) || naming.equals(OFFICIAL)) {
                return List.of();
            }
            return List.of(new Assumption(
                    "prepare",
                    "data.maskNames",
                    "masks are named after their images with something added: " + naming.of("x.jpg")
                            + " is the mask of x.jpg",
                    Map.of("masks", masks)));
        }
    }

    /** Where the mask of an image would be looked for first. */
    static String expected(String image) {
        return PLAIN.of(image);
    }
}
