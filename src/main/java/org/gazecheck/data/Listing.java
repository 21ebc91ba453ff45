package org.gazecheck.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.Split;

/**
 * What a source says there is, before any image is opened.
 *
 * @param root what the entries' paths are relative to
 * @param classes class names, in the order of their labels
 * @param entries in the order of {@code dataset.csv}
 * @param problems what is wrong beside single images (wrong checksum, empty class folder)
 * @param warnings what is odd but does no harm
 * @param ignored what lies there and is not used, counted; one sentence each
 * @param assumptions what is used with a stated meaning
 */
public record Listing(
        Path root,
        List<String> classes,
        List<Entry> entries,
        List<String> problems,
        List<String> warnings,
        List<String> ignored,
        List<Assumption> assumptions) {
    public Listing {
        classes = List.copyOf(classes);
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        ignored = List.copyOf(ignored);
        assumptions = List.copyOf(assumptions);
    }

    /** With masks, and what was found out about them. */
    Listing with(Path folder, MaskFiles masks) {
        return new Listing(
                root,
                classes,
                entries.stream()
                        .map(entry -> new Entry(
                                entry.path,
                                entry.split,
                                entry.label,
                                entry.problem,
                                Optional.ofNullable(masks.files().get(entry.path))
                                        .map(folder::resolve)))
                        .toList(),
                joined(problems, masks.problems()),
                warnings,
                joined(ignored, masks.ignored()),
                joined(assumptions, masks.assumptions()));
    }

    static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /**
     * One image.
     *
     * @param path relative to the root, with forward slashes
     * @param label class name, or what stands in its place
     * @param problem why it cannot be used, as far as that is known without opening it
     * @param mask where a mask is given
     */
    public record Entry(String path, Split split, String label, Optional<String> problem, Optional<Path> mask) {
        /** The same image in a split. */
        Entry in(Split other) {
            return new Entry(path, other, label, problem, mask);
        }

        /** The same image, known not to be usable. */
        Entry unusable(String why) {
            return new Entry(path, split, label, Optional.of(why), mask);
        }
    }
}
