package org.gazecheck.review;

import static org.gazecheck.review.Reviews.RUN;
import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.prediction;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.results.Withdrawal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsDatabaseTest {
    @TempDir
    private Path work;

    private Path file;

    @BeforeEach
    void choose() throws IOException {
        file = Files.createDirectory(work.resolve("a run? 100%41 & #1")).resolve("verdicts.sqlite");
    }

    private static Verdict at(Instant time, Judgement judgement) {
        return Reviews.verdict("Ann", prediction("a", Split.TEST, "rose", "daisy"), judgement, "", time, RUN);
    }

    private List<Verdict> kept() throws IOException {
        return VerdictsDatabase.read(file).verdicts();
    }

    private void execute(String... statements) throws Exception {
        try (Connection c = DriverManager.getConnection(
                        "jdbc:sqlite:file:" + file.toUri().getRawPath());
                Statement statement = c.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void whatIsKeptComesBackEqual() throws IOException {
        VerdictsDatabase database = VerdictsDatabase.create(file);
        Verdict image = verdict("Ann \ud83d\ude00", "dir/a \"b\".png", Judgement.LABEL_WRONG, "daisy");
        Verdict nanos = Reviews.verdict(
                "Ben",
                prediction("a", Split.VAL, "rose", "daisy"),
                Judgement.OTHER,
                "",
                TIME.minusSeconds(1).plusNanos(123_456_789),
                RUN);
        Verdict finding = new FindingVerdict("scene-correlation:rose", Ruling.OTHER, "line\nbreak", "Cem", TIME, RUN);
        for (Verdict verdict : List.of(image, nanos, finding)) {
            assertTrue(database.put(verdict));
        }

        assertEquals(List.of(image, nanos, finding), kept());
        assertEquals(kept(), VerdictsDatabase.create(file).contents().verdicts(), "opened again");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList(), "one file and nothing beside it");
        }
    }

    @Test
    void ofTwoTheLaterCountsToTheNanosecond() throws IOException {
        VerdictsDatabase database = VerdictsDatabase.create(file);
        Verdict second = at(TIME.plusNanos(1), Judgement.AMBIGUOUS);
        assertTrue(database.put(second));
        assertFalse(database.put(at(TIME, Judgement.BACKGROUND)));
        assertEquals(List.of(second), kept());
        assertTrue(database.put(second), "the same again");
        Verdict sameTime = at(TIME.plusNanos(1), Judgement.CORRECT);
        assertTrue(database.put(sameTime));
        assertEquals(List.of(sameTime), kept());
    }

    @Test
    void aWithdrawalHoldsAgainstWhatIsNotLater() throws IOException {
        VerdictsDatabase database = VerdictsDatabase.create(file);
        Verdict verdict = at(TIME, Judgement.AMBIGUOUS);
        assertTrue(database.put(verdict));
        assertFalse(database.withdraw(new Withdrawal("Ann", verdict.subject(), TIME.minusNanos(1))));
        assertTrue(database.withdraw(new Withdrawal("Ann", verdict.subject(), TIME)));
        assertFalse(database.put(verdict));
        assertEquals(List.of(), kept());
        assertTrue(database.put(at(TIME.plusNanos(1), Judgement.AMBIGUOUS)));
        assertEquals(1, kept().size());
    }

    @Test
    void aWithdrawnVerdictInATableBesideItDoesNotCount() throws IOException {
        Path table = work.resolve("verdicts.csv");
        Verdict old = at(TIME, Judgement.AMBIGUOUS);
        Verdict other = verdict("Ben", "a", Judgement.CORRECT);
        VerdictsFile.write(table, List.of(old, other));
        VerdictsDatabase database = VerdictsDatabase.create(file);
        database.withdraw(new Withdrawal("Ann", old.subject(), TIME.plusSeconds(1)));
        database.put(verdict("Cem", "a", Judgement.CORRECT));

        assertEquals(
                List.of("Ben", "Cem"), MergedVerdicts.read(List.of(table, file)).reviewers());

        VerdictsFile.write(table, List.of(at(TIME.plusSeconds(2), Judgement.AMBIGUOUS)));
        assertEquals(
                List.of("Ann", "Cem"), MergedVerdicts.read(List.of(table, file)).reviewers(), "given later");
    }

    @Test
    void theHashIsOfWhatWasSaidAndNotOfTheBytes() throws Exception {
        VerdictsDatabase database = VerdictsDatabase.create(file);
        database.put(at(TIME, Judgement.AMBIGUOUS));
        database.put(at(TIME.plusSeconds(1), Judgement.CORRECT));
        String hash = database.contents().hash();
        execute("PRAGMA page_size = 8192", "VACUUM");
        assertEquals(hash, VerdictsDatabase.read(file).hash());
        database.withdraw(new Withdrawal("Ann", at(TIME, Judgement.CORRECT).subject(), TIME.plusSeconds(2)));
        assertNotEquals(hash, database.contents().hash());
    }

    @Test
    void aDatabaseOfBeforeThereWereAdjudicationsIsReadAndTakesThem() throws Exception {
        VerdictsDatabase database = VerdictsDatabase.create(file);
        Verdict early = at(TIME, Judgement.AMBIGUOUS);
        database.put(early);
        execute("ALTER TABLE verdict DROP COLUMN adjudicates", "PRAGMA user_version = 1");

        assertEquals(List.of(early), kept());
        Verdict settled = Reviews.adjudication("Ben", "a", Judgement.CORRECT, TIME.plusSeconds(1));
        database.put(settled);
        assertEquals(List.of(early, settled), kept());
    }

    @Test
    void whatIsNoDatabaseOfVerdictsIsToldAndLeftAlone() throws Exception {
        Files.writeString(file, "sha256,path\n".repeat(500));
        assertRefused("damaged, or no database");
        Files.delete(file);
        execute("CREATE TABLE mine (x)");
        assertRefused("a database, but not of verdicts");
        Files.delete(file);
        VerdictsDatabase.create(file);
        execute("PRAGMA user_version = 3");
        assertRefused("of version 3, written by a newer Gazecheck; this one knows 2");
        execute("PRAGMA user_version = 2");
        assertEquals(List.of(), kept());
        execute("CREATE TRIGGER t AFTER INSERT ON verdict BEGIN DELETE FROM verdict; END");
        assertRefused("not as this program makes it");
        execute("DROP TRIGGER t", "DROP TABLE verdict", "CREATE VIEW verdict AS SELECT 1");
        assertRefused("not as this program makes it");
    }

    @Test
    void aDamagedPageIsTold() throws Exception {
        VerdictsDatabase database = VerdictsDatabase.create(file);
        for (int i = 0; i < 100; i++) {
            database.put(verdict("Ann", i + ".png", Judgement.CORRECT));
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(4096 + 10);
            bytes.write(new byte[3000]);
        }
        assertRefused("damaged, or no database");
    }

    private void assertRefused(String problem) throws IOException {
        byte[] before = Files.readAllBytes(file);
        VerdictsException made = assertThrows(VerdictsException.class, () -> VerdictsDatabase.create(file));
        assertTrue(made.getMessage().startsWith(file + ": " + problem), made.getMessage());
        VerdictsException read = assertThrows(VerdictsException.class, () -> VerdictsDatabase.read(file));
        assertTrue(read.getMessage().startsWith(file + ": " + problem), read.getMessage());
        assertArrayEquals(before, Files.readAllBytes(file), "left as it was");
    }

    @Test
    void rowsThatAreNoVerdictsAreToldByReviewerAndSubject() throws Exception {
        VerdictsDatabase database = VerdictsDatabase.create(file);
        Verdict verdict = at(TIME, Judgement.CORRECT);
        database.put(verdict);
        execute("UPDATE verdict SET verdict = 'nonsense'");
        VerdictsException e = assertThrows(VerdictsException.class, this::kept);
        assertTrue(
                e.getMessage().startsWith(file + ": Ann on " + verdict.subject() + ": verdict is 'nonsense'"),
                e.getMessage());
        execute("UPDATE verdict SET verdict = 'correct', second = 9223372036854775807");
        assertTrue(
                assertThrows(VerdictsException.class, this::kept).getMessage().contains("Ann on "));
    }

    @Test
    void anAbsentFileIsNotMadeByReading() {
        assertThrows(NoSuchFileException.class, () -> VerdictsDatabase.read(file));
        assertFalse(Files.exists(file));
    }

    @Test
    void inAReadOnlyFolderItIsMadeByThoseOnlyWhoMayWriteEverywhere() throws IOException {
        Path folder = file.getParent();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            if (Files.isWritable(folder)) {
                VerdictsDatabase.create(file);
                assertEquals(List.of(), kept());
            } else {
                IOException e = assertThrows(IOException.class, () -> VerdictsDatabase.create(file));
                assertTrue(
                        e.getMessage().startsWith(file + " cannot be written: it, or its folder, is read-only"),
                        e.getMessage());
            }
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void anEmptyFileIsABeginning() throws IOException {
        Files.createFile(file);
        assertTrue(VerdictsDatabase.create(file).put(at(TIME, Judgement.CORRECT)));
    }

    @Test
    void aDatabaseThatIsRemovedIsNotMadeAnew() throws IOException {
        VerdictsDatabase database = VerdictsDatabase.create(file);
        Files.delete(file);
        assertThrows(NoSuchFileException.class, () -> database.put(at(TIME, Judgement.CORRECT)));
        assertFalse(Files.exists(file));
    }

    @Test
    void severalWritersWaitForEachOther() throws Exception {
        VerdictsDatabase.create(file);
        ExecutorService writers = Executors.newFixedThreadPool(4);
        List<Future<?>> done = new ArrayList<>();
        for (String reviewer : List.of("Ann", "Ben", "Cem", "Dea")) {
            VerdictsDatabase own = VerdictsDatabase.create(file);
            done.add(writers.submit(() -> {
                for (int i = 0; i < 25; i++) {
                    own.put(verdict(reviewer, i + ".png", Judgement.CORRECT));
                }
                return null;
            }));
        }
        for (Future<?> writer : done) {
            writer.get();
        }
        writers.shutdown();
        assertEquals(100, kept().size());
    }
}
