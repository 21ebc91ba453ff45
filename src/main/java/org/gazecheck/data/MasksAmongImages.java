package org.gazecheck.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.gazecheck.io.Printable;

/** Files that are named as the masks of other images in the same data set, and would be taken for images of its classes. */
final class MasksAmongImages {
    private static final String WORD =
            "(masks?|seg|segm|segmentations?|gt|ground[ _-]?truths?|annotations?|annot|trimaps?)";
    private static final Pattern FOLDER = Pattern.compile("(?i)(.*[ ._-])?" + WORD);
    private static final Pattern OF_IMAGES = Pattern.compile("(?i)(images?|imgs?)");
    private static final Pattern BEHIND = Pattern.compile("(?i)[ ._-]" + WORD + "([ ._-]?[0-9]+)?$");
    private static final Pattern BEFORE = Pattern.compile("(?i)^" + WORD + "[ ._-]");

    private MasksAmongImages() {}

    /** A path without what marks it as that of a mask. */
    private record Bare(String path, boolean marked) {
        static Bare of(String path) {
            int slash = path.lastIndexOf('/');
            StringBuilder bare = new StringBuilder();
            boolean marked = false;
            for (String folder : path.substring(0, Math.max(0, slash)).split("/")) {
                if (FOLDER.matcher(folder).matches()) {
                    marked = true;
                } else if (!OF_IMAGES.matcher(folder).matches()) {
                    bare.append(folder).append('/');
                }
            }
            String name = path.substring(slash + 1);
            String stem = name.substring(0, name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length());
            String image = BEFORE.matcher(BEHIND.matcher(stem).replaceFirst("")).replaceFirst("");
            return new Bare(bare + image, marked || !image.equals(stem));
        }
    }

    /** What is wrong, in one sentence, if anything is. */
    static Optional<String> problem(Collection<Listing.Entry> entries) {
        Map<String, String> images = new HashMap<>();
        Map<String, Bare> marked = new HashMap<>();
        for (Listing.Entry entry : entries) {
            Bare bare = Bare.of(entry.path());
            if (bare.marked) {
                marked.put(entry.path(), bare);
            } else {
                images.put(bare.path, entry.path());
            }
        }
        Map<String, String> masks = new TreeMap<>();
        marked.forEach((path, bare) -> {
            String image = images.get(bare.path);
            if (image != null) {
                masks.put(path, image);
            }
        });
        if (masks.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<String, String> first = masks.entrySet().iterator().next();
        return Optional.of(
                masks.size() + " of the images are named as masks of others (" + Printable.of(first.getKey()) + " of "
                        + Printable.of(first.getValue())
                        + "): move masks to a folder of their own, which data.masks may name, or rename them if they are images");
    }
}
