package org.gazecheck.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.review.MergedVerdicts;

/**
 * A table that a command of the review writes: in place of nothing, or of an earlier one of its kind.
 *
 * @param option that names the file
 */
record ReviewOutput(String option, Path file) {
    private static final int LONGEST_HEADER = 200;

    /**
     * It must not be a link, a folder, a device or a database.
     *
     * @throws GazecheckException that says what to name instead
     */
    void requirePlain() throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw refused("is a link: name the file itself");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
            throw refused(Files.isDirectory(file) ? "is a folder: name a file" : "is not a plain file: name one");
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".sqlite")) {
            throw refused("is the name of a database, and a table is written: name a .csv file");
        }
    }

    /** It must be another file than one that is named for something else. */
    void requireOther(String what, Path other) throws IOException {
        if (same(file, other)) {
            throw refused("is " + what + ", too: name another file");
        }
    }

    /**
     * No verdict that stands in it may be lost.
     *
     * @param sources of the verdicts that take its place
     */
    void requireNothingLost(List<Path> sources) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0 || among(sources)) {
            return;
        }
        Map<String, Long> lost;
        try {
            lost = MergedVerdicts.lost(file, sources).stream()
                    .collect(Collectors.groupingBy(Verdict::reviewer, TreeMap::new, Collectors.counting()));
        } catch (VerdictsException e) {
            throw new VerdictsException(List.of(
                    option + " " + file + " is not replaced, because it cannot be read as verdicts: name another"
                            + " file, or move it aside",
                    e.getMessage()));
        }
        if (!lost.isEmpty()) {
            long all = lost.values().stream().mapToLong(Long::longValue).sum();
            String whose = lost.entrySet().stream()
                    .map(each -> Printable.of(each.getKey()) + " " + each.getValue())
                    .collect(Collectors.joining(", "));
            throw refused("has " + all + (all == 1 ? " verdict" : " verdicts")
                    + " that would be lost, because no file given has them or later ones (" + whose
                    + "): give it as a file to merge, too, or name another file");
        }
    }

    /** What stands there must begin as a table of this header does. */
    void requireHeader(String header) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return;
        }
        char[] start = new char[LONGEST_HEADER];
        int length;
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            length = Math.max(0, text.read(start));
        }
        if (!new String(start, 0, length).startsWith(header)) {
            throw refused("is there and is no table of " + header + ": name another file, or move it aside");
        }
    }

    private boolean among(List<Path> files) throws IOException {
        for (Path each : files) {
            if (same(file, each)) {
                return true;
            }
        }
        return false;
    }

    /** Whether two paths name one file, which need not be there. */
    static boolean same(Path a, Path b) throws IOException {
        return Files.exists(a) && Files.exists(b) ? Files.isSameFile(a, b) : place(a).equals(place(b));
    }

    /** Where a file would be made, by its folder's own path. */
    private static Path place(Path file) throws IOException {
        Path place = file.toAbsolutePath().normalize();
        Path folder = place.getParent();
        return folder != null && Files.exists(folder) ? folder.toRealPath().resolve(place.getFileName()) : place;
    }

    private GazecheckException refused(String why) {
        return new GazecheckException(FailureKind.USAGE, option + " " + file + " " + why);
    }
}
