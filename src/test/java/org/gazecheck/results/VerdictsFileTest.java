package org.gazecheck.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictsFileTest {
    private static final String HEADER =
            "sha256,path,split,label,predicted,verdict,corrected,comment,reviewer,time,run,adjudicates\n";
    private static final String SHA = "00ff".repeat(16);
    private static final String RUN = "0123456789abcdef";
    private static final String GOOD =
            SHA + ",a.jpg,test,rose,daisy,label-wrong,daisy,,Ann,2026-11-25T19:00:00Z," + RUN + ",\n";
    private static final Instant TIME = Instant.parse("2026-11-25T19:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void aFileOfThePageIsReadAsThePageWritesIt() throws IOException {
        List<Verdict> verdicts = read(HEADER
                + GOOD
                + SHA + ",\"b, c.jpg\",val,rose,rose,correct,,\"fine \"\"indeed\"\"\",Ben,2026-11-25T19:00:00.123Z,"
                + RUN
                + ",\n"
                + ",finding:scene-correlation:rose,,,,confirmed,,,Ann,2026-11-25T19:00:00Z," + RUN + ",\n\n");

        assertEquals(
                List.of(
                        new ImageVerdict(
                                SHA,
                                "a.jpg",
                                Split.TEST,
                                "rose",
                                "daisy",
                                Judgement.LABEL_WRONG,
                                "daisy",
                                "",
                                "Ann",
                                TIME,
                                RUN),
                        new ImageVerdict(
                                SHA,
                                "b, c.jpg",
                                Split.VAL,
                                "rose",
                                "rose",
                                Judgement.CORRECT,
                                "",
                                "fine \"indeed\"",
                                "Ben",
                                TIME.plusMillis(123),
                                RUN),
                        new FindingVerdict("scene-correlation:rose", Ruling.CONFIRMED, "", "Ann", TIME, RUN)),
                verdicts);
    }

    @Test
    void whatIsReadIsWrittenAsItWas() throws IOException {
        Path file = file(HEADER + GOOD + ",finding:x,,,,other,,hm,Ann,2026-11-25T19:00:00Z," + RUN + ",\n");
        Path again = folder.resolve("again.csv");

        VerdictsFile.write(again, VerdictsFile.read(file, TIME));

        assertEquals(Files.readString(file), Files.readString(again));
    }

    @Test
    void aFileOfBeforeThereWereAdjudicationsIsRead() throws IOException {
        String older = (HEADER + GOOD).replace(",adjudicates", "").replace(",\n", "\n");
        assertEquals(read(HEADER + GOOD), read(older));
        assertFalse(read(older).get(0).adjudicates());
        assertTrue(read(HEADER + GOOD.replace(",\n", ",yes\n")).get(0).adjudicates());
        assertTrue(refused(HEADER + GOOD.replace(",\n", ",no\n")).get(0).contains("adjudicates is 'no'"));
        assertTrue(refused(older + GOOD).get(0).contains("line 3: 12 columns, expected 11"));
    }

    @Test
    void hostileTextSurvives() throws IOException {
        String[] pieces = {
            "a",
            ",",
            "\"",
            "\n",
            "\r",
            "\r\n",
            "'",
            "=1+1",
            "+",
            "-",
            "@SUM(A1)",
            "\t",
            ";",
            "\u202e",
            "\u200f",
            "\ufeff",
            "\uff1d",
            "花",
            "\ud83c\udf38",
            "finding:",
            "\0",
            "<script>",
            "x".repeat(300)
        };
        SplittableRandom random = new SplittableRandom(1);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            verdicts.add(
                    i % 5 == 0
                            ? new FindingVerdict(
                                    "k:" + text(pieces, random),
                                    Ruling.OTHER,
                                    "x" + text(pieces, random),
                                    reviewer(text(pieces, random)),
                                    TIME.plusSeconds(i),
                                    RUN)
                            : new ImageVerdict(
                                    SHA,
                                    text(pieces, random) + "p",
                                    Split.values()[i % 3],
                                    text(pieces, random) + "l",
                                    text(pieces, random) + "q",
                                    Judgement.LABEL_WRONG,
                                    ClassName.of(text(pieces, random)),
                                    text(pieces, random),
                                    reviewer(text(pieces, random)),
                                    TIME,
                                    RUN));
        }
        Path file = folder.resolve("hostile.csv");

        VerdictsFile.write(file, verdicts);

        assertEquals(verdicts, VerdictsFile.read(file, TIME.plusSeconds(3000)));
    }

    /** Of a name what may stand in one. */
    private static String reviewer(String text) {
        String visible = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "");
        return (visible.substring(0, Math.min(40, visible.length())) + "z").strip();
    }

    private static String text(String[] pieces, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    @Test
    void aSpreadsheetComputesNoComment() throws IOException {
        Path file = folder.resolve("v.csv");
        VerdictsFile.write(
                file, List.of(new FindingVerdict("x", Ruling.OTHER, "=HYPERLINK(\"http://x\")", "@Ann", TIME, RUN)));

        String text = Files.readString(file);

        assertTrue(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\",'@Ann,"), text);
    }

    @Test
    void whatASpreadsheetSavedIsRead() throws IOException {
        assertEquals(1, read(("\ufeff" + HEADER + GOOD).replace("\n", "\r\n")).size());
    }

    @Test
    void allMistakesAreToldWithTheirLines() {
        List<String> told = refused(HEADER
                + GOOD.replace("label-wrong", "wrong")
                + GOOD.replace(",Ann,", ",\" \u00a0\u200f\",")
                + GOOD
                + GOOD.replace("a.jpg", "\"a\nb.jpg\"").replace("2026-11-25T19:00:00Z", "yesterday")
                + GOOD.replace("2026", "2126")
                + "a,b\n");

        assertEquals(5, told.size(), told.toString());
        assertTrue(told.get(0).contains(": line 2: verdict is 'wrong', expected one of label-wrong, background, "));
        assertTrue(told.get(1).contains(": line 3: reviewer is blank"), told.get(1));
        assertTrue(told.get(2).contains(": line 5: time is 'yesterday', expected such as 2026-11-25T19:00:00Z"));
        assertTrue(told.get(3).contains(": line 7: time is 2126-11-25T19:00:00Z, which is yet to come"));
        assertTrue(told.get(4).contains(": line 8: 2 columns, expected 12"), told.get(4));
    }

    @ParameterizedTest
    @MethodSource
    void aWrongCellIsNamed(String good, String wrong, String message) {
        List<String> told = refused(HEADER + GOOD.replace(good, wrong));

        assertEquals(1, told.size());
        assertTrue(told.get(0).contains(": line 2: " + message), told.get(0));
    }

    static Stream<Arguments> aWrongCellIsNamed() {
        return Stream.of(
                arguments(SHA, "X", "sha256 is 'X', expected 64 hexadecimal digits"),
                arguments(",a.jpg,", ",,", "path is empty"),
                arguments(",test,", ",tset,", "split is 'tset', expected train, val, test or new"),
                arguments(",rose,", ",,", "label is empty"),
                arguments("label-wrong", "ambiguous", "corrected is 'daisy' with verdict ambiguous: only label-wrong"),
                arguments("wrong,daisy", "wrong,rose", "corrected is 'rose', which is the label itself"),
                arguments("label-wrong,daisy,,", "other,, ,", "comment is empty: the verdict other needs one"),
                arguments(RUN, "no", "run is 'no', expected the run's id, 16 hexadecimal digits"));
    }

    @Test
    void aFindingHasVerdictsOfItsOwnAndIsToldFromAnImageWithoutHash() {
        List<String> told = refused(HEADER
                + ",finding:x,,,,correct,,,Ann,2026-11-25T19:00:00Z," + RUN + ",\n"
                + ",a.jpg,test,rose,daisy,correct,,,Ann,2026-11-25T19:00:00Z," + RUN + ",\n"
                + GOOD.replace("label-wrong,daisy", "confirmed,"));

        assertTrue(told.get(0).contains("verdict on a finding is 'correct', expected confirmed, rejected or other"));
        assertTrue(told.get(1).contains("line 3: sha256 is empty, and path is 'a.jpg'"), told.get(1));
        assertTrue(told.get(2).contains("line 4: verdict is 'confirmed'"), told.get(2));
    }

    @Test
    void otherFilesAreRefusedInOneLine() throws IOException {
        assertTrue(refused("").get(0).contains("line 1: expected the header sha256,path,"));
        assertTrue(refused(HEADER.replace(',', ';')).get(0).contains("found 'sha256;path;"));
        assertTrue(refused(HEADER.replace("time,", "")).get(0).contains("expected the header"));
        assertTrue(refused(HEADER + GOOD + "\"" + GOOD).get(0).contains("line 3: a quoted cell does not end"));
        assertTrue(refused(HEADER + GOOD.replace("a.jpg", "x".repeat(10_001)))
                .get(0)
                .contains("path has more than 10000 characters"));

        Path binary = folder.resolve("binary.csv");
        Files.write(binary, new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, (byte) 0xff});
        assertTrue(refused(binary).get(0).contains("binary.csv: not text in UTF-8"));
        Path zeros = folder.resolve("zeros.csv");
        Files.write(zeros, new byte[100_000]);
        assertTrue(
                refused(zeros).get(0).contains("found '\\u0000"), refused(zeros).get(0));
        assertTrue(refused(zeros).get(0).length() < 1000);
        assertTrue(refused(folder).get(0).endsWith(": not a file of verdicts"));
        assertThrows(NoSuchFileException.class, () -> VerdictsFile.read(folder.resolve("none.csv")));
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        Path huge = folder.resolve("huge.csv");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        assertTrue(refused(huge).get(0).contains("1099511627776 bytes, and a file of verdicts has at most 33554432"));
    }

    @Test
    void mistakesWithoutEndAreNotToldWithoutEnd() throws IOException {
        Path file = file(HEADER + "x,y\n".repeat(500_000));

        VerdictsException e = assertThrows(VerdictsException.class, () -> VerdictsFile.read(file));

        assertEquals(1001, e.mistakes().size());
        assertTrue(e.mistakes().get(1000).endsWith("the rest was not read"));
        assertTrue(e.getMessage().endsWith("... and 901 more"));
    }

    @Test
    void aNameHasNoBlanksAroundIt() throws IOException {
        assertEquals(
                "Ann B",
                read(HEADER + GOOD.replace(",Ann,", ",  Ann B ,")).get(0).reviewer());
    }

    @Test
    void aVerdictOutlivesItsRunAsFarAsItCan() {
        Prediction same = prediction("rose", "daisy");
        Prediction otherPrediction = prediction("rose", "tulip");
        Prediction otherLabel = prediction("tulip", "daisy");

        assertTrue(judged(Judgement.AMBIGUOUS).holdsFor(same));
        assertTrue(judged(Judgement.AMBIGUOUS).holdsFor(otherPrediction));
        assertFalse(judged(Judgement.AMBIGUOUS).holdsFor(otherLabel));
        assertTrue(judged(Judgement.FAIR_MISTAKE).holdsFor(same));
        assertFalse(judged(Judgement.FAIR_MISTAKE).holdsFor(otherPrediction));
    }

    private static ImageVerdict judged(Judgement judgement) {
        return new ImageVerdict(SHA, "old.jpg", Split.TEST, "rose", "daisy", judgement, "", "", "Ann", TIME, RUN);
    }

    private static Prediction prediction(String label, String predicted) {
        return new Prediction("new.jpg", SHA, Split.TEST, label, predicted, 0.1f, 0.9f, 2, List.of());
    }

    private List<Verdict> read(String text) throws IOException {
        return VerdictsFile.read(file(text), TIME);
    }

    private List<String> refused(String text) {
        try {
            return refused(file(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> refused(Path file) {
        return assertThrows(VerdictsException.class, () -> VerdictsFile.read(file, TIME))
                .mistakes();
    }

    private Path file(String text) throws IOException {
        return Files.write(folder.resolve("verdicts.csv"), text.getBytes(StandardCharsets.UTF_8));
    }
}
