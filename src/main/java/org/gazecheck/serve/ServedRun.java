package org.gazecheck.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.config.Suggestion;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;

/** What a verdict may be about: the run as it lies there at the moment; it may be done again while it is served. */
final class ServedRun {
    private record Stamp(FileTime time, long size) {}

    /** What a verdict says about an image besides the judgement. */
    private record Judged(String sha256, String path, Split split, String label, String predicted) {}

    /**
     * A run as it was read.
     *
     * @param id {@link RunId}
     * @param findings paths of verdicts on them
     */
    private record State(
            List<Stamp> stamps, String id, Set<Judged> predictions, Set<String> findings, Set<String> classes) {}

    private final RunFolder folder;
    private State state;

    /** @throws IOException if the run is not finished */
    ServedRun(RunFolder folder) throws IOException {
        this.folder = folder;
        id();
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
        if (verdict instanceof ImageVerdict image) {
            require(image, now);
        } else if (verdict instanceof FindingVerdict finding && !now.findings().contains(finding.path())) {
            throw new Refusal(400, "this run has no finding '" + finding.finding() + "'");
        }
    }

    private static void require(ImageVerdict v, State now) throws Refusal {
        if (!now.predictions().contains(new Judged(v.sha256(), v.path(), v.split(), v.label(), v.predicted()))) {
            throw new Refusal(
                    400,
                    "this run has no prediction of " + v.path() + " ("
                            + v.split().text() + ", sha256 " + v.sha256() + ") with label '" + v.label()
                            + "' and predicted '" + v.predicted() + "'");
        }
        if (!v.corrected().isEmpty() && !now.classes().contains(v.corrected())) {
            throw new Refusal(
                    400,
                    "corrected is '" + v.corrected() + "', which is no class of this run"
                            + Suggestion.nearest(v.corrected(), now.classes())
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(""));
        }
    }

    private synchronized State state() throws IOException {
        List<Stamp> stamps = stamps();
        if (state == null || !state.stamps().equals(stamps)) {
            state = read(stamps);
        }
        return state;
    }

    private List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : List.of(folder.predictions(), folder.findings(), folder.manifest())) {
            if (!Files.isRegularFile(file)) {
                throw new IOException(folder.root() + " holds no finished run: it has no " + file.getFileName());
            }
            stamps.add(new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
        }
        return stamps;
    }

    private State read(List<Stamp> stamps) throws IOException {
        List<Prediction> predictions = PredictionsFile.read(folder.predictions());
        Set<String> classes = new HashSet<>(ManifestFile.read(folder.manifest()).classes());
        return new State(
                stamps,
                RunId.of(folder),
                predictions.stream()
                        .map(p -> new Judged(p.sha256(), p.path(), p.split(), p.label(), p.predicted()))
                        .collect(Collectors.toUnmodifiableSet()),
                FindingsFile.read(folder.findings()).findings().stream()
                        .map(FindingVerdict::path)
                        .collect(Collectors.toUnmodifiableSet()),
                Set.copyOf(classes));
    }
}
