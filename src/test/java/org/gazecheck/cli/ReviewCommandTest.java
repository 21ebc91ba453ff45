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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
import org.gazecheck.results.Withdrawal;
import org.gazecheck.review.VerdictsDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void mergeLosesNoVerdictOfTheTableThatItReplaces() throws IOException {
        Path ann = verdicts("ann.csv", verdict("Ann", "0.png", Judgement.AMBIGUOUS));
        VerdictsFile.write(
                run.verdicts(),
                List.of(
                        verdict("Ben", "0.png", Judgement.BACKGROUND),
                        verdict("Ben", "1.png", Judgement.BACKGROUND),
                        verdict("Cleo", "0.png", Judgement.CORRECT)));
        String before = Files.readString(run.verdicts());

        assertEquals(2, review("merge", ann, "--output", run.verdicts()));
        assertTrue(err.toString().contains("has 3 verdicts that would be lost"), err.toString());
        assertTrue(err.toString().contains("(Ben 2, Cleo 1): give it as a file to merge, too"), err.toString());
        assertEquals(before, Files.readString(run.verdicts()));
        assertEquals(2, review("merge", ann, "--output", work.resolve("m.csv"), "--conflicts", run.verdicts()));
        assertEquals(before, Files.readString(run.verdicts()));
        assertFalse(Files.exists(work.resolve("m.csv")));

        assertEquals(0, review("merge", ann, run.verdicts(), "--output", run.verdicts()), err.toString());
        assertEquals(4, VerdictsFile.read(run.verdicts()).size());
        assertEquals(2, review("merge", ann, "--output", run.root().resolve("../run/verdicts.csv")));
    }

    @Test
    void anOlderVerdictDoesNotReplaceALaterOneAndAWithdrawnOneMayGo() throws IOException {
        ImageVerdict standing = verdict("Ann", "0.png", Judgement.BACKGROUND);
        VerdictsFile.write(run.verdicts(), List.of(standing));
        Path older = verdicts("older.csv", at(verdict("Ann", "0.png", Judgement.CORRECT), TIME.minusSeconds(9)));
        Path same = verdicts("same.csv", verdict("Ann", "0.png", Judgement.CORRECT));
        Path later = verdicts("later.csv", at(verdict("Ann", "0.png", Judgement.CORRECT), TIME.plusSeconds(9)));

        assertEquals(2, review("merge", older, "--output", run.verdicts()));
        assertTrue(err.toString().contains("has 1 verdict that would be lost"), err.toString());
        assertEquals(2, review("merge", same, "--output", run.verdicts()));
        assertEquals(List.of(standing), VerdictsFile.read(run.verdicts()));
        VerdictsDatabase database = VerdictsDatabase.create(run.verdictsDatabase());
        database.withdraw(new Withdrawal("Ann", standing.subject(), TIME.plusSeconds(1)));
        assertEquals(0, review("merge", run.verdictsDatabase(), "--output", run.verdicts()), err.toString());
        assertEquals(List.of(), VerdictsFile.read(run.verdicts()));
        VerdictsFile.write(run.verdicts(), List.of(standing));
        assertEquals(0, review("merge", later, "--output", run.verdicts()), err.toString());
        assertEquals("correct", VerdictsFile.read(run.verdicts()).get(0).word());
    }

    private static ImageVerdict at(ImageVerdict v, Instant time) {
        return new ImageVerdict(
                v.sha256(),
                v.path(),
                v.split(),
                v.label(),
                v.predicted(),
                v.judgement(),
                v.corrected(),
                v.comment(),
                v.reviewer(),
                time,
                v.run());
    }

    @Test
    void mergeRefusesFilesThatItWouldReadOrOverwriteUnseen() throws IOException {
        Path ann = verdicts("ann.csv", verdict("Ann", "0.png", Judgement.AMBIGUOUS));
        Path out2 = work.resolve("m.csv");
        Path link = Files.createSymbolicLink(work.resolve("link.csv"), ann);
        Path nowhere = Files.createSymbolicLink(work.resolve("nowhere.csv"), work.resolve("gone.csv"));
        Path notes = Files.writeString(work.resolve("notes.txt"), "my notes\n");
        String before = Files.readString(ann);

        assertRefused(
                "is --output, too",
                ann,
                "--output",
                out2,
                "--conflicts",
                work.resolve("../" + work.getFileName() + "/m.csv"));
        assertRefused("is a file to merge, too", ann, "--output", out2, "--conflicts", ann);
        assertRefused("is given twice", ann, ann, "--output", out2);
        assertRefused("is given twice, as " + ann, ann, link, "--output", out2);
        assertRefused("is a link", ann, "--output", link);
        assertRefused("is a link", ann, "--output", nowhere);
        assertRefused("is a link", ann, "--output", out2, "--conflicts", link);
        assertRefused("is a folder", ann, "--output", run.root());
        assertRefused("is not a plain file", ann, "--output", "/dev/null");
        assertRefused("is the name of a database", ann, "--output", run.verdictsDatabase());
        assertRefused("is the name of a database", ann, "--output", out2, "--conflicts", work.resolve("c.SQLite"));
        assertEquals(4, review("merge", ann, "--output", notes));
        assertTrue(err.toString().contains("notes.txt is not replaced, because it cannot be read as verdicts"));
        assertEquals(before, Files.readString(ann));
        assertEquals("my notes\n", Files.readString(notes));
        assertFalse(Files.exists(out2));
        assertFalse(Files.exists(run.verdictsDatabase()));
    }

    private void assertRefused(String why, Object... arguments) {
        err.getBuffer().setLength(0);
        Object[] all = Stream.concat(Stream.of("merge"), Stream.of(arguments)).toArray();
        assertEquals(2, review(all), err.toString());
        assertTrue(err.toString().contains(why), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void labelsReplaceNothingButATableOfLabels() throws IOException {
        VerdictsFile.write(run.verdicts(), List.of(verdict("Ann", "0.png", Judgement.LABEL_WRONG, "daisy")));
        String before = Files.readString(run.verdicts());
        Path table = work.resolve("labels.csv");

        assertEquals(2, review("labels", run.root(), "--output", run.verdicts()));
        assertTrue(err.toString().contains("is there and is no table of file,label,split"), err.toString());
        assertEquals(2, review("labels", run.root(), "--output", run.predictions()));
        assertEquals(before, Files.readString(run.verdicts()));
        assertEquals(0, review("labels", run.root(), "--output", table), err.toString());
        assertEquals(0, review("labels", run.root(), "--output", table), "an earlier table of labels");
    }

    @Test
    void aNameCannotSteerTheTerminal() throws IOException {
        Path file = verdicts("v.csv", verdict("Ann", "0.png", Judgement.AMBIGUOUS));
        String sound = Files.readString(file);
        for (String name : List.of("\u001b[31mAnn", "Ann\u202e", "An\u2066n")) {
            Files.writeString(file, sound.replace("Ann", name));
            assertEquals(4, review("merge", file, "--output", work.resolve("m.csv")), err.toString());
            assertTrue(err.toString().contains("reviewer holds the invisible character U+"), err.toString());
            assertEquals(-1, err.toString().indexOf('\u001b'), err.toString());
        }
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
    void verdictsOnImagesOfOtherDataAreTold() throws IOException {
        Path file = verdicts(
                "v.csv",
                verdict("Ann", "0.png", Judgement.LABEL_WRONG, "daisy"),
                verdict("Ann", "another.png", Judgement.LABEL_WRONG, "daisy"),
                verdict("Ben", "another.png", Judgement.LABEL_WRONG, "daisy"));

        assertEquals(0, review("show", run.root(), "--verdicts", file));
        assertTrue(
                out.toString().contains("2 verdicts count for nothing here: they are on images that this run did not"),
                out.toString());
        assertEquals(0, review("labels", run.root(), file, "--output", work.resolve("labels.csv")));
        assertTrue(
                out.toString().contains("not used: 2 verdicts on images that are not in this run's"), out.toString());
    }

    @ParameterizedTest
    @CsvSource({"Zo\u00eb, Zoe\u0308", "Ann Lee, 'Ann\u00a0Lee'", "Ann, \uff21nn"})
    void namesThatLookAlikeAreTold(String name, String other) throws IOException {
        Path file = verdicts(
                "v.csv", verdict(name, "0.png", Judgement.AMBIGUOUS), verdict(other, "0.png", Judgement.AMBIGUOUS));

        assertEquals(0, review("merge", file, "--output", work.resolve("merged.csv")), err.toString());

        assertTrue(err.toString().contains("count as 2 reviewers"), err.toString());
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
