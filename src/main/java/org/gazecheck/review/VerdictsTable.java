package org.gazecheck.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.results.VerdictsFile;
import org.jspecify.annotations.Nullable;

/**
 * {@code verdicts.csv} of a run folder beside the database that a server fills: read again whenever it has changed. Safe
 * for several threads.
 */
public final class VerdictsTable {
    /** A file that was changed less long ago may be changed again without showing it in its time. */
    private static final long UNSETTLED_SECONDS = 2;

    private record Stamp(Instant time, long size, @Nullable Object key) {}

    /** @param settled whether the stamp was old enough to tell the next change */
    private record Read(Optional<Stamp> stamp, boolean settled, List<Verdict> verdicts) {}

    private final Path file;
    private @Nullable Read last;

    /** @param file need not be there */
    public VerdictsTable(Path file) {
        this.file = file;
    }

    /**
     * Its verdicts as they stand; none where there is no table.
     *
     * @throws VerdictsException with every mistake, if it is damaged
     */
    public synchronized List<Verdict> verdicts() throws IOException {
        Optional<Stamp> stamp = stamp();
        Read known = last;
        if (known == null || !known.settled() || !known.stamp().equals(stamp)) {
            last = null;
            boolean settled = stamp.map(Stamp::time)
                    .map(time -> time.isBefore(Instant.now().minusSeconds(UNSETTLED_SECONDS)))
                    .orElse(true);
            known = new Read(stamp, settled, stamp.isPresent() ? VerdictsFile.read(file) : List.of());
            last = known;
        }
        return known.verdicts();
    }

    /** Whether a later verdict of a reviewer on the same stands in it. */
    public boolean hasLater(String reviewer, String subject, Instant time) throws IOException {
        return verdicts().stream()
                .anyMatch(verdict -> verdict.reviewer().equals(reviewer)
                        && verdict.subject().equals(subject)
                        && verdict.time().isAfter(time));
    }

    private Optional<Stamp> stamp() throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(new Stamp(facts.lastModifiedTime().toInstant(), facts.size(), facts.fileKey()));
    }
}
