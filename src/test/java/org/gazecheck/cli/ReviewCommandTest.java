package org.gazecheck.cli;

import static org.gazecheck.review.Reviews.EARLIER;
import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.prediction;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.FolderLock;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.VerdictsDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewCommandTest {
    private static final Finding HIGH = new Finding.Outliers(
            "test",
            new Statement(
                    Finding.Severity.HIGH,
                    "odd ones",
                    1,
                    1,
                    1,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    1,
                    List.of(),
                    "look"));

    @TempDir
    private Path work;

    private RunFolder run;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Three errors and two correct predictions on roses and daisies, and a grave finding. */
    @BeforeEach
    void makeRun() throws IOException {
        run = new RunFolder(work.resolve("run"));
        Files.createDirectories(run.root());
        Files.writeString(
                run.configuration(),
                "data: {source: folder, dir: " + work.resolve("images") + "}\nmodel: {architecture: demo}\n"
                        + "review: {errors: 2, correct: 1}\n");
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            predictions.add(prediction(i + ".png", Split.TEST, "rose", i < 3 ? "daisy" : "rose"));
        }
        PredictionsFile.write(run.predictions(), predictions);
        FindingsFile.write(run.findings(), new Findings(List.of(HIGH), List.of()));
        DatasetFile.write(
                run.dataset(),
                predictions.stream()
                        .map(p -> new DatasetRow(p.path(), p.split(), p.label(), 1, 1, p.sha256(), ""))
                        .toList());
        finish();
    }

    /** States that the run's stages wrote what lies there. */
    private void finish() throws IOException {
        RunManifest manifest = RunManifest.empty("x")
                .withData(List.of("daisy", "rose"), List.of())
                .withStages(Map.of(
                        "evaluate", done(run.predictions()),
                        "audit", done(run.findings())));
        ManifestFile.write(run.manifest(), manifest);
    }

    private static StageState done(Path file) throws IOException {
        return new StageState(
                "done", "", Map.of(file.getFileName().toString(), Hashes.sha256(file)), 1, TIME.toString());
    }

    @Test
    void mergeTellsAgreementAndConflicts() throws IOException {
        Path ann = verdicts(
                "ann.csv",
                verdict("Ann", "0.png", Judgement.LABEL_WRONG, "daisy"),
                verdict("Ann", "1.png", Judgement.AMBIGUOUS),
                verdict("Ann", "2.png", Judgement.AMBIGUOUS));
        Path ben = verdicts(
                "ben.csv",
                verdict("Ben", "0.png", Judgement.FAIR_MISTAKE),
                verdict("Ben", "1.png", Judgement.AMBIGUOUS),
                verdict("ann", "2.png", Judgement.POOR_IMAGE),
                verdict("Ann", "2.png", Judgement.POOR_IMAGE),
                new FindingVerdict(HIGH.id(), Ruling.CONFIRMED, "", "Ben", TIME, RunId.of(run)));
        Path merged = work.resolve("new/merged.csv");
        Path conflicts = work.resolve("conflicts.csv");

        assertEquals(0, review("merge", ann, ben, "--output", merged, "--conflicts", conflicts));

        String told = out.toString();
        assertTrue(told.contains("Ben                                   2         1"), told);
        assertTrue(told.contains("judged by several reviewers: 3 images"), told);
        assertTrue(told.contains("Fleiss' kappa of Ann, Ben and ann: no image was judged by all"), told);
        assertTrue(told.contains("Cohen's kappa of Ann and Ben: 0."), told);
        assertTrue(told.contains("conflicts: 1\n  0.png: Ann label-wrong (daisy), Ben fair-mistake"), told);
        assertTrue(told.contains("merged: 7 verdicts in " + merged), told);
        assertTrue(err.toString().contains("  Ann on 2.png: poor-image counts, not ambiguous"), err.toString());
        assertTrue(err.toString().contains("'Ann', 'ann' count as 2 reviewers"), err.toString());
        assertEquals(7, VerdictsFile.read(merged).size());
        assertEquals(
                List.of("Ann", "Ben"),
                VerdictsFile.read(conflicts).stream().map(Verdict::reviewer).toList());
    }

    @Test
    void mergeOfBrokenFilesWritesNothing() throws IOException {
        Path broken = Files.writeString(work.resolve("broken.csv"), "a,b\n");
        Path merged = work.resolve("merged.csv");

        assertEquals(4, review("merge", broken, "--output", merged));
        assertTrue(err.toString().contains("broken.csv: line 1: expected the header sha256,path,"), err.toString());
        assertFalse(Files.exists(merged));
        assertEquals(1, review("merge", work.resolve("none.csv"), "--output", merged));
        assertEquals(2, review("merge", broken));
        assertEquals(2, review("merge", "--output", merged));
        assertEquals(2, review("mrege"));
        assertTrue(err.toString().contains("Did you mean merge?"), err.toString());
    }

    @Test
    void aNameCannotSteerTheTerminal() throws IOException {
        Path file = verdicts("v.csv", verdict("\u001b[31mAnn\u202e", "0.png", Judgement.AMBIGUOUS));

        assertEquals(0, review("merge", file, "--output", work.resolve("m.csv")));
        assertTrue(out.toString().contains("\\u001b[31mAnn\\u202e"), out.toString());
    }

    @Test
    void theRunIsAcceptedOnlyWhenNothingIsOpen() throws IOException {
        assertEquals(3, sign("accept", "Ann"));
        assertTrue(err.toString().contains("not signed, because something that must be reviewed is open"));
        assertTrue(out.toString().contains("no verdicts: name their files with --verdicts"), out.toString());
        assertTrue(out.toString().contains("open: 4\n  finding:outliers:test odd ones\n  error "), out.toString());
        assertFalse(Files.exists(run.signature()));

        Path images = verdicts(
                "images.csv",
                verdict("Ann", "0.png", Judgement.AMBIGUOUS),
                verdict("Ann", "1.png", Judgement.AMBIGUOUS),
                verdict("Ann", "2.png", Judgement.AMBIGUOUS),
                right("3.png"),
                right("4.png"));
        assertEquals(3, sign("accept-with-conditions", "Ann", "--comment", "c", "--verdicts", images));
        Path findings = verdicts(
                "findings.csv", new FindingVerdict(HIGH.id(), Ruling.REJECTED, "", "Ben", TIME, RunId.of(run)));
        assertEquals(0, sign("accept", "Ann", "--verdicts", images, "--verdicts", findings));

        assertEquals(Decision.ACCEPT, SignatureFile.read(run.signature()).decision());
        assertEquals(RunId.of(run), SignatureFile.read(run.signature()).run());
        assertEquals(2, SignatureFile.read(run.signature()).reviewed().errors().required());
    }

    @Test
    void verdictsGivenToAServerCountBesideTheTable() throws IOException {
        VerdictsFile.write(run.verdicts(), List.of(verdict("Ann", "0.png", Judgement.BACKGROUND)));
        VerdictsDatabase database = VerdictsDatabase.create(run.verdictsDatabase());
        database.put(verdict("Ben", "0.png", Judgement.LABEL_WRONG, "daisy"));
        Path merged = work.resolve("merged.csv");

        assertEquals(0, review("show", run.root()));
        assertTrue(out.toString().contains("1 is disputed"), out.toString());
        assertEquals(0, review("merge", run.verdicts(), run.verdictsDatabase(), "--output", merged), err.toString());
        assertEquals(
                List.of("Ann", "Ben"),
                VerdictsFile.read(merged).stream().map(Verdict::reviewer).toList());
        assertEquals(0, review("show", run.root(), "--verdicts", run.verdictsDatabase()));

        Files.delete(run.verdicts());
        Path labels = work.resolve("labels.csv");
        assertEquals(0, review("labels", run.root(), "--output", labels), err.toString());
        assertTrue(Files.readString(labels).contains("0.png,daisy,test"), Files.readString(labels));
    }

    @Test
    void verdictsOfAnotherRunCountForImagesAndNotForFindings() throws IOException {
        List<Verdict> earlier = new ArrayList<>();
        for (Prediction p : PredictionsFile.read(run.predictions())) {
            earlier.add(verdict("Ann", p, Judgement.AMBIGUOUS, "", TIME, EARLIER));
        }
        earlier.add(new FindingVerdict(HIGH.id(), Ruling.CONFIRMED, "", "Ann", TIME, EARLIER));
        VerdictsFile.write(run.verdicts(), earlier);

        assertEquals(3, sign("accept", "Ann"));
        assertTrue(out.toString().contains("open: 1\n  finding:outliers:test"), out.toString());
        assertTrue(out.toString().contains("5 verdicts are inherited from other runs."), out.toString());
    }

    @Test
    void rejectingIsAlwaysPossibleWithAReason() throws IOException {
        assertEquals(2, sign("reject", "Ann"));
        assertTrue(err.toString().contains("comment is empty: say why the run is rejected"), err.toString());
        assertEquals(2, sign("accept-with-conditions", "Ann"));
        assertEquals(2, sign("reject", "  \u00a0", "--comment", "no"));
        assertEquals(2, sign("maybe", "Ann"));
        assertTrue(err.toString().contains("'maybe' is no decision: accept, reject or accept-with-conditions"));
        assertFalse(Files.exists(run.signature()));

        assertEquals(0, sign("reject", "Ann", "--comment", "too many\nwrong labels"));
        assertTrue(out.toString().contains("rejected by Ann at "), out.toString());
        assertEquals(0, sign("reject", "Ben", "--comment", "indeed"));
        assertTrue(out.toString().contains("replaces: rejected by Ann at "), out.toString());
    }

    @Test
    void aSignatureIsVoidWhenTheRunChanges() throws IOException {
        assertEquals(0, review("show", run.root()));
        assertTrue(out.toString().contains("\nnot signed\nno verdicts: "), out.toString());
        assertEquals(0, sign("reject", "Ann", "--comment", "no"));
        assertEquals(0, review("show", run.root()));
        assertTrue(out.toString().contains("\nrejected by Ann at "), out.toString());

        FindingsFile.write(run.findings(), Findings.NONE);
        finish();

        assertEquals(0, review("show", run.root()));
        assertTrue(out.toString().contains("\nVOID, because the run has changed since: run "), out.toString());
        assertTrue(out.toString().contains("required: 0 of 0 findings"), out.toString());
    }

    @Test
    void onlyAFinishedRunThatNobodyTouchedIsSigned() throws IOException {
        FindingsFile.write(run.findings(), Findings.NONE);
        assertEquals(1, sign("reject", "Ann", "--comment", "no"));
        assertTrue(err.toString().contains("findings.json is not what a finished stage of the run wrote"));
        Files.delete(run.findings());
        assertEquals(1, sign("reject", "Ann", "--comment", "no"));
        assertTrue(err.toString().contains("holds no finished run: it has no findings.json"), err.toString());
        assertEquals(1, review("show", work.resolve("nowhere")));
        assertFalse(Files.exists(work.resolve("nowhere")));
    }

    @Test
    void aRunUnderWayIsNotSigned() throws IOException {
        try (FolderLock lock = FolderLock.of(run.root())) {
            assertEquals(5, sign("reject", "Ann", "--comment", "no"));
        }
    }

    @Test
    void labelsAreRefusedWhileReviewersContradictEachOtherOrNameNoClass() throws IOException {
        Path table = work.resolve("labels.csv");
        Path file = verdicts(
                "v.csv",
                verdict("Ann", "0.png", Judgement.LABEL_WRONG, "daisy"),
                verdict("Ben", "0.png", Judgement.FAIR_MISTAKE),
                verdict("Ann", "1.png", Judgement.LABEL_WRONG, "daisi"),
                verdict("Ann", "2.png", Judgement.LABEL_WRONG));

        assertEquals(4, review("labels", run.root(), file, "--output", table));
        String told = err.toString();
        assertTrue(told.contains("0.png: Ann label-wrong (daisy), Ben fair-mistake"), told);
        assertTrue(told.contains("1.png: corrected to 'daisi', which is no class of this run; did they mean 'daisy'?"));
        assertFalse(Files.exists(table));
        assertEquals(2, review("labels", run.root(), file, "--output", table, "--reviewer", "Bne"));
        assertTrue(err.toString().contains("gave no verdict; those who did: Ann, Ben"), err.toString());
        assertEquals(2, review("labels", run.root(), "--output", table));
        assertEquals(1, review("labels", work, file, "--output", table));

        Files.copy(
                verdicts(
                        "w.csv",
                        verdict("Ann", "0.png", Judgement.LABEL_WRONG, "daisy"),
                        verdict("Ben", "0.png", Judgement.FAIR_MISTAKE),
                        verdict("Ann", "2.png", Judgement.LABEL_WRONG)),
                run.verdicts());
        assertEquals(0, review("labels", run.root(), "--output", table, "--reviewer", "Ann", "--drop-unknown"));
        assertTrue(out.toString().contains("corrected labels: 1\n"), out.toString());
        assertTrue(out.toString().contains("nobody said which is right: 1, left out\n  2.png: rose"), out.toString());
        assertEquals(
                "file,label,split\n0.png,daisy,test\n1.png,rose,test\n3.png,rose,test\n4.png,rose,test\n",
                Files.readString(table));
    }

    @Test
    void prepareAcceptsTheCorrectedLabels() throws IOException {
        String[] names = {"-dash", "=1+1", "@home", "comma, \"quote\"", "line\nbreak", "\u202eright to left", "plain"};
        Path images = work.resolve("images");
        for (String split : List.of("train", "val", "test")) {
            for (String label : List.of("@rose", "daisy, \"ox-eye\"")) {
                Path folder = Files.createDirectories(images.resolve(split).resolve(label));
                for (String name : names) {
                    byte[] rgb = new byte[32 * 32 * 3];
                    Arrays.fill(rgb, (byte) (split + label + name).hashCode());
                    byte[] unique = Arrays.copyOf((split + label + name).getBytes(), 60);
                    System.arraycopy(unique, 0, rgb, 0, 60);
                    Files.write(folder.resolve(name + ".png"), Png.encode(new RgbImage(32, 32, rgb)));
                }
            }
        }
        RunFolder before = new RunFolder(work.resolve("before"));
        assertEquals(0, execute("prepare", run.configuration(), "--set", "output.dir=" + before.root()));
        List<DatasetRow> rows = DatasetFile.read(before.dataset());
        assertEquals(42, rows.size());
        DatasetRow wrong = rows.stream()
                .filter(row -> row.path().equals("test/daisy, \"ox-eye\"/-dash.png"))
                .findFirst()
                .orElseThrow();
        Path file = verdicts(
                "v.csv",
                new ImageVerdict(
                        wrong.sha256(),
                        wrong.path(),
                        wrong.split(),
                        wrong.label(),
                        "@rose",
                        Judgement.LABEL_WRONG,
                        "@rose",
                        "",
                        "Ann",
                        TIME,
                        EARLIER));
        Path table = work.resolve("labels.csv");
        assertEquals(0, review("labels", before.root(), file, "--output", table));
        RunFolder after = new RunFolder(work.resolve("after"));

        int code = execute(
                "prepare",
                before.configuration(),
                "--set",
                "data.source=csv",
                "--set",
                "data.file=" + table,
                "--set",
                "output.dir=" + after.root());

        assertEquals(0, code, err.toString());
        List<DatasetRow> expected = rows.stream()
                .map(row -> row.equals(wrong)
                        ? new DatasetRow(row.path(), row.split(), "@rose", 32, 32, row.sha256(), "")
                        : row)
                .toList();
        assertEquals(expected, DatasetFile.read(after.dataset()));
    }

    @Test
    void withoutACommandThereIsHelp() {
        assertEquals(0, review());
        assertTrue(out.toString().contains("merge"), out.toString());
        assertEquals(0, review("sign", "--help"));
        assertTrue(out.toString().replaceAll("\\s+", " ").contains("Accepting is refused (exit code 3)"));
    }

    private static ImageVerdict right(String path) {
        return verdict("Ann", prediction(path, Split.TEST, "rose", "rose"), Judgement.CORRECT, "", TIME, EARLIER);
    }

    private Path verdicts(String name, Verdict... verdicts) throws IOException {
        Path file = work.resolve(name);
        VerdictsFile.write(file, List.of(verdicts));
        return file;
    }

    private int sign(String decision, String reviewer, Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("sign", run.root(), "--decision", decision, "--reviewer", reviewer));
        arguments.addAll(List.of(more));
        return review(arguments.toArray());
    }

    private int review(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("review"));
        all.addAll(List.of(arguments));
        return execute(all.toArray());
    }

    private int execute(Object... arguments) {
        return Main.execute(
                new PrintWriter(out),
                new PrintWriter(err),
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }
}
