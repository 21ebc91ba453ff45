package org.gazecheck.serve;

import static org.gazecheck.serve.ReviewClient.FIRST;
import static org.gazecheck.serve.ReviewClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictJson;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.ReviewableRun;
import org.gazecheck.review.ReviewedRun;
import org.gazecheck.review.Reviews;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictRequestsTest extends ServedRunTest {
    @Test
    void aVerdictIsKeptAndToldToAll() throws Exception {
        Verdict ann = verdict("Ann", 0, Judgement.BACKGROUND, FIRST);
        Verdict ben = new FindingVerdict("outliers:test", Ruling.CONFIRMED, "yes", "Ben", FIRST, RunId.of(run));
        assertEquals(200, client.put(ann).statusCode());
        assertEquals(200, client.put(ben).statusCode());

        HttpResponse<String> list = client.get("/api/verdicts");

        assertEquals(new String(VerdictJson.of(List.of(ann, ben)), StandardCharsets.UTF_8), list.body());
        assertEquals(
                "application/json; charset=utf-8",
                list.headers().firstValue("Content-Type").orElse(""));
        assertEquals(RunId.of(run), list.headers().firstValue("Gazecheck-Run").orElse(""));
        Path table = Files.writeString(
                work.resolve("v.csv"), client.get("/verdicts.csv").body());
        assertEquals(List.of(ann, ben), VerdictsFile.read(table));
    }

    @Test
    void theLaterTimeWinsInWhateverOrderVerdictsArrive() throws Exception {
        Verdict late = verdict("Ann", 0, Judgement.AMBIGUOUS, FIRST.plusMillis(1));
        assertEquals(200, client.put(late).statusCode());
        HttpResponse<String> early = client.put(verdict("Ann", 0, Judgement.BACKGROUND, FIRST));
        assertEquals(409, early.statusCode());
        assertTrue(early.body().startsWith("a later verdict of Ann on 0.png is stored"), early.body());
        assertEquals(200, client.put(late).statusCode(), "the same again");
        assertEquals(List.of(late), kept());

        Verdict later = verdict("Ann", 0, Judgement.CORRECT, FIRST.plusSeconds(1));
        assertEquals(200, client.put(later).statusCode());
        assertEquals(List.of(later), kept());
    }

    @Test
    void aWithdrawnVerdictDoesNotComeBackByItself() throws Exception {
        Verdict verdict = verdict("Ann", 0, Judgement.AMBIGUOUS, FIRST);
        Verdict withdrawal = verdict("Ann", 0, Judgement.AMBIGUOUS, FIRST.plusSeconds(1));
        client.put(verdict);
        assertEquals(
                409,
                client.delete(verdict("Ann", 0, Judgement.AMBIGUOUS, FIRST.minusSeconds(1)))
                        .statusCode());
        assertEquals(200, client.delete(withdrawal).statusCode());
        assertEquals(200, client.delete(withdrawal).statusCode(), "once more");
        assertEquals(List.of(), kept());
        assertEquals(409, client.put(verdict).statusCode(), "late");
        Verdict again = verdict("Ann", 0, Judgement.CORRECT, FIRST.plusSeconds(2));
        assertEquals(200, client.put(again).statusCode());
        assertEquals(List.of(again), kept());

        String bare = "{\"reviewer\":\"Ann\",\"sha256\":\"" + again.subject() + "\"}";
        assertEquals(200, client.ask(client.writing("DELETE", bare)).statusCode());
        assertEquals(List.of(), kept());
    }

    static Stream<String[]> wrong() {
        return Stream.of(
                new String[] {
                    "\"verdict\":\"background\"", "\"verdict\":\"nonsense\"", "verdict is 'nonsense', expected one of "
                },
                new String[] {"\"label\":\"rose\"", "\"label\":\"tulip\"", "this run has no prediction of 0.png"},
                new String[] {
                    "\"predicted\":\"daisy\"", "\"predicted\":\"tulip\"", "this run has no prediction of 0.png"
                },
                new String[] {
                    "\"path\":\"0.png\"",
                    "\"path\":\"../../etc/passwd\"",
                    "this run has no prediction of ../../etc/passwd"
                },
                new String[] {"\"reviewer\":\"Ann\"", "\"reviewer\":\" \u200b\"", "reviewer is blank"},
                new String[] {"\"reviewer\":\"Ann\"", "\"reviewer\":\"A\\u0000nn\"", "reviewer has an invalid character"
                },
                new String[] {"\"reviewer\":\"Ann\"", "\"reviewer\":\"A\\ud800nn\"", "reviewer has an invalid character"
                },
                new String[] {
                    "\"reviewer\":\"Ann\"", "\"reviewer\":\"" + "A".repeat(10_001) + "\"", "reviewer has more than"
                },
                new String[] {"\"reviewer\":\"Ann\"", "\"reviewer\":7", "reviewer is not a text"},
                new String[] {"\"reviewer\":\"Ann\",", "", "reviewer is missing"},
                new String[] {"\"reviewer\":\"Ann\"", "\"reviewer\":\"Ann\",\"reviewer\":\"Ben\"", "not JSON: "},
                new String[] {
                    "\"reviewer\":\"Ann\"", "\"reviewer\":\"Ann\",\"x\":\"\"", "'x' is not a part of a verdict"
                },
                new String[] {
                    "2026-11-01T08:00:00Z", "2126-11-01T08:00:00Z", "time is 2126-11-01T08:00:00Z, which is yet"
                },
                new String[] {"2026-11-01T08:00:00Z", "yesterday", "time is 'yesterday', expected such as"},
                new String[] {"\"comment\":\"\"", "\"comment\":\"\",\"corrected\"", "not JSON: "},
                new String[] {
                    "\"verdict\":\"background\",\"corrected\":\"\"",
                    "\"verdict\":\"label-wrong\",\"corrected\":\"daisi\"",
                    "corrected is 'daisi', which is not a class of this run; did you mean 'daisy'?"
                },
                new String[] {"{", "[{", "not JSON: "},
                new String[] {"}", "}]", "not JSON: "},
                new String[] {"{", "", "not JSON: "});
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongVerdictIsRefusedInOneLine(String part, String instead, String reason) throws Exception {
        String good = json(verdict("Ann", 0, Judgement.BACKGROUND, FIRST));
        assertTrue(good.contains(part), good);

        HttpResponse<String> response = client.ask(client.writing("PUT", good.replace(part, instead)));

        assertEquals(400, response.statusCode(), response.body());
        assertTrue(response.body().startsWith(reason), response.body());
        assertEquals(1, response.body().lines().count(), response.body());
        assertEquals(
                "text/plain; charset=utf-8",
                response.headers().firstValue("Content-Type").orElse(""));
        assertEquals(List.of(), kept());
    }

    @Test
    void bodiesThatAreNoObjectAreRefused() throws Exception {
        for (String body : List.of("", "null", "[]", "7", "\"x\"", "[".repeat(60_000), "\0", "{}")) {
            assertEquals(400, client.ask(client.writing("PUT", body)).statusCode());
            assertEquals(400, client.ask(client.writing("DELETE", body)).statusCode());
        }
    }

    @Test
    void hostileNamesAndWordsComeBackAsTheyWereGiven() throws Exception {
        List<String> names = List.of(
                "<script>alert(1)</script>",
                "'); DROP TABLE verdict; --",
                "=HYPERLINK(\"http://evil.example\")",
                "../../etc/passwd",
                "two  blanks \u00a0 within",
                "\ud83d\ude00");
        for (String name : names) {
            ImageVerdict v = verdict(name, 0, Judgement.OTHER, FIRST);
            assertEquals(200, client.put(v).statusCode(), name);
        }
        assertEquals(
                names.stream().sorted().toList(),
                kept().stream().map(Verdict::reviewer).sorted().toList());
        Path table = Files.writeString(
                work.resolve("v.csv"), client.get("/verdicts.csv").body());
        assertEquals(kept(), VerdictsFile.read(table));
    }

    @Test
    void aVerdictOfAnotherRunIsRefused() throws Exception {
        Verdict other =
                Reviews.verdict("Ann", ReviewableRun.image(0), Judgement.BACKGROUND, "", FIRST, Reviews.EARLIER);

        HttpResponse<String> response = client.put(other);

        assertEquals(400, response.statusCode());
        assertEquals(
                "the verdict is of run " + Reviews.EARLIER + ", and this is run " + RunId.of(run)
                        + ": reload the page\n",
                response.body());
        assertEquals(
                RunId.of(run), response.headers().firstValue("Gazecheck-Run").orElse(""));
    }

    @Test
    void aFindingThatTheRunDoesNotHaveIsRefused() throws Exception {
        HttpResponse<String> response =
                client.put(new FindingVerdict("nothing", Ruling.CONFIRMED, "", "Ann", FIRST, RunId.of(run)));

        assertEquals(400, response.statusCode());
        assertEquals("this run has no finding 'nothing'\n", response.body());
    }

    @Test
    void aRunThatIsDoneAgainWhileItIsServedHasItsNewName() throws Exception {
        Verdict before = verdict("Ann", 0, Judgement.BACKGROUND, FIRST);
        client.put(before);
        FindingsFile.write(run.findings(), Findings.NONE);

        HttpResponse<String> list = client.get("/api/verdicts");

        assertEquals(RunId.of(run), list.headers().firstValue("Gazecheck-Run").orElse(""));
        assertTrue(list.body().contains(before.run()), "what was said stays, as inherited");
        assertEquals(400, client.put(before).statusCode());
        Verdict after = verdict("Ann", 0, Judgement.BACKGROUND, FIRST.plusSeconds(1));
        assertEquals(200, client.put(after).statusCode());
        assertEquals(List.of(after), kept());
    }

    @Test
    void aFolderThatVanishesIsToldAndNothingIsPretended() throws Exception {
        Verdict verdict = verdict("Ann", 0, Judgement.BACKGROUND, FIRST);
        Path away = work.resolve("away");
        Files.move(run.root(), away);

        assertEquals(404, client.get("/").statusCode());
        HttpResponse<String> response = client.put(verdict);
        assertEquals(503, response.statusCode());
        assertEquals(1, response.body().lines().count());
        assertFalse(Files.exists(run.root()));

        Files.move(away, run.root());
        assertEquals(200, client.put(verdict).statusCode());
        Files.delete(run.verdictsDatabase());
        assertEquals(503, client.put(verdict).statusCode());
        assertFalse(Files.exists(run.verdictsDatabase()), "a lost database is not replaced by an empty one");
    }

    @Test
    void hugeBodiesAreNotTaken() throws Exception {
        HttpResponse<String> response = client.ask(client.writing("PUT", " ".repeat((64 << 10) + 1)));
        assertEquals(413, response.statusCode());

        String start = "PUT /api/verdicts HTTP/1.1\r\nCookie: " + ReviewClient.cookie(server.address()) + "\r\nHost: "
                + host() + "\r\nOrigin: http://" + host()
                + "\r\nContent-Type: application/json\r\n";
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((start + "Content-Length: 9000000000\r\n\r\n" + " ".repeat(70_000))
                            .getBytes(StandardCharsets.US_ASCII));
            String head = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 413", head);
        }
        assertTrue(raw(start + "Content-Length: 500\r\n\r\n{\"sha256\"").isEmpty()
                || raw(start + "Content-Length: 500\r\n\r\n{\"sha256\"").startsWith("HTTP/1.1 400"));
        assertEquals(200, client.get("/").statusCode());
    }

    private List<Verdict> told() throws Exception {
        HttpResponse<String> table = client.get("/verdicts.csv");
        assertEquals(200, table.statusCode(), table.body());
        List<Verdict> verdicts = VerdictsFile.read(Files.writeString(work.resolve("told.csv"), table.body()));
        assertEquals(
                new String(VerdictJson.of(verdicts), StandardCharsets.UTF_8),
                client.get("/api/verdicts").body());
        return verdicts;
    }

    @Test
    void theMergedTableIsToldBesideWhatTheServerWasGiven() throws Exception {
        Verdict ann = verdict("Ann", 0, Judgement.BACKGROUND, FIRST);
        Verdict ben = verdict("Ben", 0, Judgement.AMBIGUOUS, FIRST);
        VerdictsFile.write(run.verdicts(), List.of(ann));
        assertEquals(200, client.put(ben).statusCode());
        assertEquals(List.of(ann, ben), told());
        assertEquals(List.of(ben), kept(), "the table's are not copied");

        Verdict later = verdict("Ann", 0, Judgement.CORRECT, FIRST.plusSeconds(5));
        VerdictsFile.write(run.verdicts(), List.of(later));
        assertEquals(List.of(later, ben), told(), "read again");
        Files.delete(run.verdicts());
        assertEquals(List.of(ben), told());
    }

    @Test
    void aTableThatIsChangedInPlaceAtTheSameLengthIsReadAgain() throws Exception {
        VerdictsFile.write(run.verdicts(), List.of(verdict("Ann", 0, Judgement.BACKGROUND, FIRST)));
        assertEquals("Ann", told().get(0).reviewer());
        FileTime time = Files.getLastModifiedTime(run.verdicts());
        Files.writeString(run.verdicts(), Files.readString(run.verdicts()).replace("Ann", "Ben"));
        Files.setLastModifiedTime(run.verdicts(), time);
        assertEquals("Ben", told().get(0).reviewer());
    }

    @Test
    void theLaterOfTableAndServerCounts() throws Exception {
        Verdict inTable = verdict("Ann", 0, Judgement.BACKGROUND, FIRST);
        VerdictsFile.write(run.verdicts(), List.of(inTable));

        HttpResponse<String> early = client.put(verdict("Ann", 0, Judgement.CORRECT, FIRST.minusSeconds(1)));
        assertEquals(409, early.statusCode());
        assertTrue(early.body().startsWith("a later verdict of Ann on 0.png is stored"), early.body());
        assertEquals(List.of(), kept());
        assertEquals(List.of(inTable), told());
        Verdict later = verdict("Ann", 0, Judgement.CORRECT, FIRST.plusSeconds(1));
        assertEquals(200, client.put(later).statusCode());
        assertEquals(List.of(later), told());
    }

    @Test
    void aVerdictOfTheTableIsWithdrawnByALaterWithdrawalOnly() throws Exception {
        Verdict inTable = verdict("Ann", 0, Judgement.BACKGROUND, FIRST);
        VerdictsFile.write(run.verdicts(), List.of(inTable, verdict("Ben", 0, Judgement.CORRECT, FIRST)));

        assertEquals(
                409,
                client.delete(verdict("Ann", 0, Judgement.BACKGROUND, FIRST.minusSeconds(1)))
                        .statusCode());
        assertEquals(2, told().size());
        assertEquals(
                200,
                client.delete(verdict("Ann", 0, Judgement.BACKGROUND, FIRST.plusSeconds(1)))
                        .statusCode());
        assertEquals(List.of("Ben"), told().stream().map(Verdict::reviewer).toList());
        assertEquals(
                List.of("Ben"),
                ReviewedRun.verdicts(run, List.of()).reviewers(),
                "by the commands and the report, too");
    }

    @Test
    void aDamagedTableIsToldAndNothingIsPretended() throws Exception {
        assertEquals(
                200, client.put(verdict("Ben", 0, Judgement.CORRECT, FIRST)).statusCode());
        Files.writeString(run.verdicts(), "sha256,path\nx,y\n");
        for (String path : List.of("/api/verdicts", "/verdicts.csv")) {
            HttpResponse<String> response = client.get(path);
            assertEquals(503, response.statusCode());
            assertTrue(response.body().contains("verdicts.csv: line 1: expected the header"), response.body());
            assertEquals(1, response.body().lines().count());
        }
        Verdict verdict = verdict("Ann", 0, Judgement.BACKGROUND, FIRST);
        assertEquals(503, client.put(verdict).statusCode());
        assertEquals(503, client.delete(verdict).statusCode());
        assertThrows(VerdictsException.class, () -> ReviewServer.start(run.root(), 0));

        Files.delete(run.verdicts());
        assertEquals(200, client.put(verdict).statusCode());
        Files.createSymbolicLink(run.verdicts(), work.resolve("gone.csv"));
        assertEquals(503, client.get("/api/verdicts").statusCode(), "a link to nothing");
        assertThrows(NoSuchFileException.class, () -> ReviewServer.start(run.root(), 0));
    }
}
