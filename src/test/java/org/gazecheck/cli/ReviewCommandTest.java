package org.gazecheck.cli;

import static org.gazecheck.review.ReviewableRun.GRAVE;
import static org.gazecheck.review.Reviews.EARLIER;
import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.VerdictsDatabase;
import org.junit.jupiter.api.Test;

class ReviewCommandTest extends ReviewedRunTest {
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
                new FindingVerdict(GRAVE.id(), Ruling.CONFIRMED, "", "Ben", TIME, RunId.of(run)));
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
        assertTrue(
                told.contains("1.png: corrected to 'daisi', which is not a class of this run; did they mean 'daisy'?"));
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
        assertTrue(out.toString().contains("correct label unknown: 1, left out\n  2.png: rose"), out.toString());
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
                    byte[] unique = Arrays.copyOf((split + label + name).getBytes(StandardCharsets.UTF_8), 60);
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
}
