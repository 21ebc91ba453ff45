package org.gazecheck.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.UnfinishedRunException;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.review.MergedVerdicts;
import org.gazecheck.review.Subjects;
import org.gazecheck.review.VerdictsDatabase;
import org.gazecheck.review.VerdictsTable;

/**
 * What a verdict may be about, and the table of verdicts beside the server's database: the run as it lies there at the
 * moment; both may be written anew while it is served.
 */
final class ServedRun {
    private record Stamp(FileTime time, long size) {}

    /** A run as it was read, by its {@link RunId}. */
    private record State(List<Stamp> stamps, String id, Subjects subjects) {}

    private final RunFolder folder;
    private final VerdictsTable table;
    private State state;

    /** @throws IOException if the run is not finished, or its table of verdicts damaged */
    ServedRun(RunFolder folder) throws IOException {
        this.folder = folder;
        state = read(stamps());
        table = new VerdictsTable(folder.verdicts());
        table.verdicts();
    }

    /**
     * The verdicts that count: those of the run folder's table and of the server's database.
     *
     * @throws IOException in one line if either is damaged
     */
    MergedVerdicts verdicts(VerdictsDatabase database) throws IOException {
        return inOneLine(() -> MergedVerdicts.standing(table, database));
    }

    /** Whether the table has a later verdict of a reviewer on the same. */
    boolean hasLater(String reviewer, String subject, Instant time) throws IOException {
        return inOneLine(() -> table.hasLater(reviewer, subject, time));
    }

    private interface Reading<T> {
        T done() throws IOException;
    }

    private static <T> T inOneLine(Reading<T> reading) throws IOException {
        try {
            return reading.done();
        } catch (VerdictsException e) {
            int more = e.mistakes().size() - 1;
            throw new GazecheckException(
                    e.kind(),
                    e.mistakes().get(0)
                            + (more == 0 ? "" : " (and " + more + (more == 1 ? " more mistake)" : " more mistakes)")),
                    e);
        }
    }

    /** {@link RunId} of what lies in the folder now. */
    String id() throws IOException {
        return state().id();
    }

    /**
     * A verdict must be of this run, and about something in it.
     *
     * @throws Refusal that says what is wrong
     */
    void require(Verdict verdict) throws Refusal, IOException {
        State now = state();
        if (!verdict.run().equals(now.id())) {
            throw new Refusal(
                    400,
                    "the verdict is of run " + verdict.run() + ", and this is run " + now.id() + ": reload the page");
        }
        try {
            now.subjects().require(verdict);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
    }

    private synchronized State state() throws IOException {
        List<Stamp> stamps = stamps();
        if (!state.stamps().equals(stamps)) {
            state = read(stamps);
        }
        return state;
    }

    private List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : List.of(folder.predictions(), folder.findings(), folder.manifest())) {
            if (!Files.isRegularFile(file)) {
                throw UnfinishedRunException.withoutFile(folder.root(), file);
            }
            stamps.add(new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
        }
        return stamps;
    }

    private State read(List<Stamp> stamps) throws IOException {
        return new State(
                stamps,
                RunId.of(folder),
                Subjects.of(
                        PredictionsFile.read(folder.predictions()),
                        FindingsFile.read(folder.findings()),
                        ManifestFile.read(folder.manifest()).classes()));
    }
}
