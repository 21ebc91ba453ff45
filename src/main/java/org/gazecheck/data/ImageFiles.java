package org.gazecheck.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.gazecheck.image.DecodingNote;
import org.gazecheck.image.FileContent;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.DatasetRow;

/**
 * A data set's images as files: their formats, and how they were read where that could be meant otherwise. Filled by several
 * threads while images are decoded, then asked.
 */
final class ImageFiles {
    private static final int SHOWN = 20;

    /** A format that goes with a class: at least so many images of it, so large a share in the class, so small a one elsewhere. */
    private static final int FEWEST = 5;

    private static final double OFTEN = 0.5;
    private static final double SELDOM = 0.1;

    private final Map<String, Read> read = new ConcurrentHashMap<>();
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    private record Read(String format, Set<DecodingNote> notes) {}

    /**
     * What the files of a data set come to.
     *
     * @param formats of the images that are used, by class
     * @param unused paths of images that lie beside a readable one of the same name
     */
    record Found(
            List<String> formats,
            Set<String> unused,
            List<String> ignored,
            List<Assumption> assumptions,
            List<String> warnings) {}

    /** Takes an image into account that was looked at. */
    void add(String path, ImageCheck check) {
        if (check.format() != null) {
            read.put(path, new Read(check.format(), check.notes()));
        }
        if (check.refused() != null) {
            refused.put(path, check.refused());
        }
    }

    boolean isUnreadable(DatasetRow row) {
        return refused.containsKey(row.path());
    }

    /** One sentence for each format that is not read and each class. */
    List<String> unreadable(List<DatasetRow> rows, String what) {
        Map<String, List<String>> paths = new TreeMap<>();
        for (DatasetRow row : rows) {
            String format = refused.get(row.path());
            if (format != null) {
                String of = format + " images "
                        + (row.label().isEmpty() ? "without a label" : "of class '" + Printable.of(row.label()) + "'");
                paths.computeIfAbsent(of, key -> new ArrayList<>()).add(row.path());
            }
        }
        return paths.entrySet().stream()
                .map(e -> e.getValue().size() + " " + e.getKey() + " " + what + " (" + example(e.getValue())
                        + "): convert them to PNG or JPEG")
                .toList();
    }

    /** What files that are no images are, counted. */
    static String ignored(Path root, List<String> paths, String what) {
        Map<String, Integer> kinds = new TreeMap<>();
        for (String path : paths) {
            kinds.merge(kind(root.resolve(path)), 1, Integer::sum);
        }
        return paths.size() + " files " + what + ": " + counts(kinds) + " (" + example(paths) + ")";
    }

    private static String kind(Path file) {
        try {
            return FileContent.of(file).name();
        } catch (IOException e) {
            return "unreadable";
        }
    }

    Found found(List<DatasetRow> rows) {
        Set<String> unused = beside(rows);
        List<DatasetRow> used = rows.stream().filter(DatasetRow::usable).toList();
        Map<String, Map<String, Integer>> formats = byFormat(used);
        List<String> ignored = new ArrayList<>();
        if (!unused.isEmpty()) {
            Map<String, Integer> kinds = new TreeMap<>();
            unused.forEach(path -> kinds.merge(refused.getOrDefault(path, ""), 1, Integer::sum));
            ignored.add(unused.size()
                    + " images of formats that are not read lie beside readable ones of the same name and are"
                    + " ignored: " + counts(kinds) + " ("
                    + example(unused.stream().sorted().toList()) + ")");
        }
        List<Assumption> assumptions = new ArrayList<>();
        List<String> warnings = new ArrayList<>(formatsOfClasses(used, formats));
        for (DecodingNote note : DecodingNote.values()) {
            List<String> paths = used.stream()
                    .map(DatasetRow::path)
                    .filter(path ->
                            read.containsKey(path) && read.get(path).notes().contains(note))
                    .toList();
            if (!paths.isEmpty()) {
                tell(note, paths, assumptions, warnings);
            }
        }
        return new Found(
                formats.entrySet().stream()
                        .map(e -> total(e.getValue()) + " " + e.getKey() + " images: " + counts(e.getValue()))
                        .toList(),
                unused,
                ignored,
                assumptions,
                warnings);
    }

    private static void tell(
            DecodingNote note, List<String> paths, List<Assumption> assumptions, List<String> warnings) {
        String images = paths.size() + (paths.size() == 1 ? " image " : " images ") + "(" + example(paths) + ")";
        switch (note) {
            case FIRST_FRAME ->
                assume("images.firstFrame", images + " may move: the first picture is used", paths, assumptions);
            case FIRST_PAGE ->
                assume("images.firstPage", images + " of several pages: the first is used", paths, assumptions);
            case CANVAS ->
                assume(
                        "images.canvas",
                        images
                                + " whose first picture does not cover the canvas: the rest has the transparent colour, without one"
                                + " the first of the palette (GIF), or is black (WebP)",
                        paths,
                        assumptions);
            case PROFILE ->
                assume(
                        "images.profiles",
                        images + " with a colour profile other than sRGB's: converted to sRGB by it",
                        paths,
                        assumptions);
            case INKS ->
                assume(
                        "images.inks",
                        images
                                + " of inks (CMYK) without a profile that can be used: red is (1 - cyan)(1 - black), and so on",
                        paths,
                        assumptions);
            case TRANSPARENT ->
                assume(
                        "images.transparent",
                        images + " with transparent pixels: their stored colours are used as if they were opaque",
                        paths,
                        assumptions);
            case BROKEN_PROFILE ->
                warnings.add(images
                        + " with a colour profile that cannot be used: it is ignored, the values are taken for sRGB");
            case GAMMA ->
                warnings.add(images + " that state another gamma than sRGB's and have no profile: that is ignored");
            case DIM ->
                warnings.add(images + " of 16 bits that use less than a quarter of their range: the upper 8 bits are"
                        + " used, and the images are dark; stretch them if that is not meant");
            case TURNED -> {}
        }
    }

    private static void assume(String id, String text, List<String> paths, List<Assumption> assumptions) {
        assumptions.add(new Assumption("prepare", id, text, Map.of("images", paths.size())));
    }

    /** Of formats that are not read, those whose picture also lies there in one that is. */
    private Set<String> beside(List<DatasetRow> rows) {
        Set<String> readable = rows.stream()
                .filter(DatasetRow::usable)
                .map(row -> stem(row.path()))
                .collect(Collectors.toSet());
        return refused.keySet().stream()
                .filter(path -> readable.contains(stem(path)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return (dot > path.lastIndexOf('/') ? path.substring(0, dot) : path).toLowerCase(Locale.ROOT);
    }

    /** Format, then class: number of images. */
    private Map<String, Map<String, Integer>> byFormat(List<DatasetRow> used) {
        Map<String, Map<String, Integer>> formats = new TreeMap<>();
        for (DatasetRow row : used) {
            Read seen = read.get(row.path());
            if (seen != null) {
                formats.computeIfAbsent(seen.format, format -> new TreeMap<>())
                        .merge(row.label().isEmpty() ? "without a label" : row.label(), 1, Integer::sum);
            }
        }
        return formats;
    }

    /** A format that most images of a class have and hardly any other is a way to tell the class. */
    private static List<String> formatsOfClasses(List<DatasetRow> used, Map<String, Map<String, Integer>> formats) {
        Map<String, Integer> sizes = new TreeMap<>();
        used.stream().filter(row -> !row.label().isEmpty()).forEach(row -> sizes.merge(row.label(), 1, Integer::sum));
        List<String> warnings = new ArrayList<>();
        formats.forEach((format, classes) -> sizes.forEach((name, size) -> {
            int inside = classes.getOrDefault(name, 0);
            int others = used.size() - size;
            int outside = total(classes) - inside;
            if (inside >= FEWEST && inside >= OFTEN * size && others > 0 && outside <= SELDOM * others) {
                warnings.add(
                        inside + " of " + size + " images of class '" + Printable.of(name) + "' are " + format
                                + ", and "
                                + outside + " of " + others
                                + " of the others: what the format leaves in the pixels can tell the class; store all in one format");
            }
        }));
        return warnings.size() <= SHOWN ? warnings : List.of(InputChecks.some(warnings));
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The most frequent first. */
    private static String counts(Map<String, Integer> counts) {
        List<String> texts = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(e -> e.getValue() + " " + Printable.of(e.getKey()))
                .toList();
        String shown = String.join(", ", texts.subList(0, Math.min(SHOWN, texts.size())));
        return texts.size() > SHOWN ? shown + ", and " + (texts.size() - SHOWN) + " more" : shown;
    }

    private static String example(List<String> paths) {
        return Printable.of(paths.get(0)) + (paths.size() > 1 ? ", ..." : "");
    }
}
