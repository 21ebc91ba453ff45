package org.gazecheck.serve;

import static org.gazecheck.serve.ReviewClient.FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gazecheck.io.FolderLock;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.review.ReviewableRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureRequestsTest extends ServedRunTest {
    private String request(String decision, String reviewer, String comment, String replaces) throws IOException {
        return "{\"decision\":\"" + decision + "\",\"reviewer\":\"" + reviewer + "\",\"comment\":\"" + comment
                + "\",\"run\":\"" + RunId.of(run) + "\",\"replaces\":\"" + replaces + "\"}";
    }

    private HttpResponse<String> sign(String request) throws Exception {
        return client.ask(client.writing("/api/signature", "PUT", request));
    }

    private void judgeEverything() throws Exception {
        for (int i = 0; i < 5; i++) {
            client.put(verdict("Ann", i, Judgement.AMBIGUOUS, FIRST));
        }
        client.put(new FindingVerdict(ReviewableRun.GRAVE.id(), Ruling.CONFIRMED, "", "Ann", FIRST, RunId.of(run)));
    }

    @Test
    void aRunThatIsReviewedIsSignedAsTheCommandLineDoesIt() throws Exception {
        judgeEverything();
        assertEquals("null", client.get("/api/signature").body());

        HttpResponse<String> response = sign(request("accept-with-conditions", " Ann ", "until May", ""));

        assertEquals(200, response.statusCode(), response.body());
        Signature signature = SignatureFile.read(run.signature());
        assertEquals(Decision.ACCEPT_WITH_CONDITIONS, signature.decision());
        assertEquals("Ann", signature.reviewer());
        assertEquals("until May", signature.comment());
        assertEquals(RunId.of(run), signature.run());
        assertEquals(2, signature.reviewed().errors().judged());
        String json = new String(SignatureFile.json(signature), StandardCharsets.UTF_8);
        assertEquals(json, response.body());
        assertEquals(json, client.get("/api/signature").body());
    }

    @Test
    void whatIsOpenIsToldAndNothingIsWritten() throws Exception {
        for (String decision : List.of("accept", "accept-with-conditions")) {
            HttpResponse<String> response = sign(request(decision, "Ann", "c", ""));
            assertEquals(409, response.statusCode());
            assertTrue(
                    response.body()
                            .startsWith("not signed, because something that must be reviewed is open (3):"
                                    + " finding:outliers:test odd ones; error "),
                    response.body());
            assertEquals(1, response.body().lines().count());
        }
        assertFalse(Files.exists(run.signature()));
        assertEquals(200, sign(request("reject", "Ann", "no", "")).statusCode());
    }

    @Test
    void ofTwoAtOnceOneSignsAndTheOtherIsToldBy() throws Exception {
        ExecutorService reviewers = Executors.newFixedThreadPool(8);
        List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String request = request("reject", "R" + i, "no", "");
            requests.add(() -> sign(request));
        }
        List<HttpResponse<String>> responses = new ArrayList<>();
        for (Future<HttpResponse<String>> each : reviewers.invokeAll(requests)) {
            responses.add(each.get());
        }
        reviewers.shutdown();

        Signature signature = SignatureFile.read(run.signature());
        List<HttpResponse<String>> granted =
                responses.stream().filter(r -> r.statusCode() == 200).toList();
        assertEquals(1, granted.size());
        assertTrue(granted.get(0).body().contains("\"" + signature.reviewer() + "\""));
        for (HttpResponse<String> response : responses) {
            if (response.statusCode() != 200) {
                assertEquals(409, response.statusCode(), response.body());
                assertTrue(
                        response.body().contains("the run was rejected by " + signature.reviewer() + " at "),
                        response.body());
            }
        }
        String seen = signature.time().toString();
        assertEquals(
                200, sign(request("reject", "Zoe", "indeed", seen)).statusCode(), "who has seen it may replace it");
    }

    @Test
    void aRunThatChangedMeanwhileIsNotSigned() throws Exception {
        String before = request("reject", "Ann", "no", "");
        FindingsFile.write(run.findings(), Findings.NONE);
        HttpResponse<String> halfDone = sign(before);
        assertEquals(503, halfDone.statusCode());
        assertTrue(halfDone.body().contains("findings.json is not what a finished stage"), halfDone.body());

        ReviewableRun.finish(run);
        HttpResponse<String> response = sign(before);
        assertEquals(409, response.statusCode());
        assertTrue(response.body().contains("and this is run " + RunId.of(run)), response.body());
        assertEquals(
                RunId.of(run), response.headers().firstValue("Gazecheck-Run").orElse(""));
        assertFalse(Files.exists(run.signature()));
    }

    @Test
    void aSignatureOfAnEarlierStateIsShownAsItIsAndMayBeReplaced() throws Exception {
        sign(request("reject", "Ann", "no", ""));
        String earlier = SignatureFile.read(run.signature()).run();
        FindingsFile.write(run.findings(), Findings.NONE);
        ReviewableRun.finish(run);

        HttpResponse<String> shown = client.get("/api/signature");
        assertTrue(shown.body().contains("\"run\":\"" + earlier + "\""), shown.body());
        assertEquals(RunId.of(run), shown.headers().firstValue("Gazecheck-Run").orElse(""), "so it is void");
        assertEquals(200, sign(request("reject", "Ben", "no", "")).statusCode());
    }

    @Test
    void aRunUnderWayIsNotSigned() throws Exception {
        try (FolderLock lock = FolderLock.of(run.root())) {
            assertEquals(503, sign(request("reject", "Ann", "no", "")).statusCode());
        }
        assertFalse(Files.exists(run.signature()));
    }

    @Test
    void aFolderThatVanishedIsNotMadeAgain() throws Exception {
        String request = request("reject", "Ann", "no", "");
        Files.move(run.root(), work.resolve("away"));
        assertEquals(503, sign(request).statusCode());
        assertFalse(Files.exists(run.root()));
        Files.move(work.resolve("away"), run.root());
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, application/json",
        "'null', application/json",
        "OWN, text/plain",
        "NONE, application/json"
    })
    void onlyTheServersOwnPageSigns(String origin, String type) throws Exception {
        HttpRequest.Builder request = client.to("/api/signature")
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(request("reject", "Ann", "no", "")));
        if (!origin.equals("NONE")) {
            request.header("Origin", origin.equals("OWN") ? "http://" + host() : origin);
        }
        assertEquals(403, client.ask(request).statusCode());
        assertEquals(
                403,
                client.ask(client.to("/api/signature").header("Sec-Fetch-Site", "cross-site"))
                        .statusCode());
        assertFalse(Files.exists(run.signature()));
    }

    @Test
    void whatIsNoRequestIsRefusedInOneLine() throws Exception {
        String good = request("reject", "Ann", "no", "");
        for (String bad : List.of(
                "",
                "[]",
                "{}",
                good.replace("reject", "maybe"),
                good.replace("\"no\"", "\" \""),
                good.replace("Ann", " "),
                good.replace("\"replaces\":\"\"", "\"replaces\":\"soon\""),
                good.replace("\"replaces\"", "\"time\""),
                good.replace("\"no\"", "\"" + "n".repeat(10_001) + "\""))) {
            HttpResponse<String> response = sign(bad);
            assertEquals(400, response.statusCode(), bad);
            assertEquals(1, response.body().lines().count(), response.body());
        }
        for (String method : List.of("POST", "DELETE")) {
            HttpResponse<String> response = client.ask(client.writing("/api/signature", method, good));
            assertEquals(405, response.statusCode());
            assertEquals(
                    "GET, HEAD, PUT", response.headers().firstValue("Allow").orElse(""));
        }
        assertFalse(Files.exists(run.signature()));
    }
}
