package org.gazecheck.review;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.results.Withdrawal;

/**
 * The verdicts that count: of each reviewer on each image, and on each finding of a run, the latest.
 *
 * @param verdicts by path, subject and reviewer
 * @param ties where the time did not decide
 * @param withdrawals all that reviewers took back, of which none of the verdicts is
 */
public record MergedVerdicts(List<Verdict> verdicts, List<Tie> ties, List<Withdrawal> withdrawals) {
    public static final MergedVerdicts NONE = of(List.of());

    /** Two of one reviewer on the same at the same time; the one of the later file, or the lower line, counts. */
    public record Tie(Verdict counts, Verdict dropped) {}

    private record Key(String reviewer, String subject) {
        static Key of(Verdict verdict) {
            return new Key(verdict.reviewer(), verdict.subject());
        }
    }

    public MergedVerdicts {
        verdicts = List.copyOf(verdicts);
        ties = List.copyOf(ties);
        withdrawals = List.copyOf(withdrawals);
    }

    /** Nothing of which was taken back. */
    MergedVerdicts(List<Verdict> verdicts, List<Tie> ties) {
        this(verdicts, ties, List.of());
    }

    /**
     * The verdicts of several files, tables ({@link VerdictsFile}) and databases ({@code .sqlite}).
     *
     * @throws VerdictsException with every mistake of all of them
     */
    public static MergedVerdicts read(List<Path> files) throws IOException {
        return read(files, List.of());
    }

    /**
     * Verdicts that would be gone if those of some files took the place of a table: none of the files has them, nor a later
     * word of the same reviewer on the same.
     *
     * @throws VerdictsException with every mistake of all of them
     */
    public static List<Verdict> lost(Path table, List<Path> files) throws IOException {
        Set<Verdict> kept = Set.copyOf(read(files).verdicts());
        return read(files, VerdictsFile.read(table)).verdicts().stream()
                .filter(verdict -> !kept.contains(verdict))
                .toList();
    }

    /** @param more verdicts that count as those of one more file, the last */
    static MergedVerdicts read(List<Path> files, List<Verdict> more) throws IOException {
        List<List<Verdict>> verdicts = new ArrayList<>();
        List<Withdrawal> withdrawals = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (Path file : files) {
            try {
                if (VerdictsDatabase.named(file)) {
                    VerdictsDatabase.Contents contents = VerdictsDatabase.read(file);
                    verdicts.add(contents.verdicts());
                    withdrawals.addAll(contents.withdrawals());
                } else {
                    verdicts.add(VerdictsFile.read(file));
                }
            } catch (VerdictsException e) {
                mistakes.addAll(e.mistakes());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new VerdictsException(mistakes);
        }
        verdicts.add(more);
        return of(verdicts, withdrawals);
    }

    /** Those that stand in both at the moment. */
    public static MergedVerdicts standing(VerdictsTable table, VerdictsDatabase database) throws IOException {
        return of(table.verdicts(), database.contents());
    }

    /** Those of a table and of a database beside it, as if both were files given in this order. */
    public static MergedVerdicts of(List<Verdict> table, VerdictsDatabase.Contents database) {
        return of(List.of(table, database.verdicts()), database.withdrawals());
    }

    /** Without those that their reviewers withdrew later, in whatever file they stand. */
    private static MergedVerdicts of(List<List<Verdict>> files, List<Withdrawal> withdrawals) {
        Map<Key, List<Withdrawal>> withdrawn =
                withdrawals.stream().collect(Collectors.groupingBy(w -> new Key(w.reviewer(), w.subject())));
        MergedVerdicts merged = of(files.stream()
                .map(file -> file.stream()
                        .filter(verdict -> withdrawn.getOrDefault(Key.of(verdict), List.of()).stream()
                                .noneMatch(withdrawal -> withdrawal.covers(verdict)))
                        .toList())
                .toList());
        return new MergedVerdicts(merged.verdicts, merged.ties, withdrawals);
    }

    /** @param files the verdicts of each, in order */
    public static MergedVerdicts of(List<List<Verdict>> files) {
        Map<Key, Verdict> latest = new LinkedHashMap<>();
        Map<Key, Tie> ties = new LinkedHashMap<>();
        for (List<Verdict> file : files) {
            for (Verdict verdict : file) {
                Key key = Key.of(verdict);
                Verdict earlier = latest.getOrDefault(key, verdict);
                int order = verdict.time().compareTo(earlier.time());
                if (order >= 0) {
                    latest.put(key, verdict);
                }
                if (order > 0) {
                    ties.remove(key);
                } else if (order == 0 && !verdict.equals(earlier)) {
                    ties.put(key, new Tie(verdict, earlier));
                }
            }
        }
        List<Verdict> sorted = latest.values().stream()
                .sorted(Comparator.comparing(Verdict::path)
                        .thenComparing(Verdict::subject)
                        .thenComparing(Verdict::reviewer))
                .toList();
        return new MergedVerdicts(sorted, new ArrayList<>(ties.values()));
    }

    /** Names, sorted. */
    public List<String> reviewers() {
        return verdicts.stream().map(Verdict::reviewer).distinct().sorted().toList();
    }

    /** Those on images. */
    public List<ImageVerdict> images() {
        return verdicts.stream()
                .filter(ImageVerdict.class::isInstance)
                .map(ImageVerdict.class::cast)
                .toList();
    }

    /** Those on images, by the image's SHA-256. */
    public Map<String, List<ImageVerdict>> byImage() {
        return images().stream().collect(Collectors.groupingBy(ImageVerdict::sha256));
    }
}
