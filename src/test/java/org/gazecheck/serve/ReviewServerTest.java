package org.gazecheck.serve;

import static org.gazecheck.serve.ReviewClient.FIRST;
import static org.gazecheck.serve.ReviewClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictJson;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.Reviews;
import org.gazecheck.review.VerdictsDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewServerTest {
    @TempDir
    private Path work;

    private RunFolder run;
    private ReviewServer server;
    private ReviewClient client;

    @BeforeEach
    void serve() throws IOException {
        run = ReviewableRun.write(work.resolve("run"), 5);
        server = ReviewServer.start(run.root(), 0);
        client = new ReviewClient(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ImageVerdict verdict(String reviewer, int image, Judgement judgement, Instant time) throws IOException {
        return ReviewableRun.verdict(run, reviewer, image, judgement, time);
    }

    private List<Verdict> kept() throws IOException {
        return VerdictsDatabase.read(run.verdictsDatabase()).verdicts();
    }

    /** What a raw request is answered with; its first line says how. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private String host() {
        return "127.0.0.1:" + server.address().getPort();
    }

    private String get(String target, String host) throws IOException {
        return raw("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    // ---- files ----

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/index.html, text/html; charset=utf-8",
        "/assets/report.js, text/javascript; charset=utf-8",
        "/assets/photographs/00ff.jpg, image/jpeg"
    })
    void thePageAndItsPartsAreServed(String path, String type) throws Exception {
        HttpResponse<String> response = client.get(path);

        assertEquals(200, response.statusCode());
        assertEquals(type, response.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                Files.readString(run.root().resolve(path.equals("/") ? "index.html" : path.substring(1))),
                response.body());
    }

    @Test
    void everyReplySaysThatNothingElseMayUseIt() throws Exception {
        for (String path : List.of("/", "/assets/report.js", "/api/verdicts", "/verdicts.csv", "/nothing")) {
            var headers = client.get(path).headers();
            assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""), path);
            assertEquals("no-store", headers.firstValue("Cache-Control").orElse(""), path);
            assertEquals("DENY", headers.firstValue("X-Frame-Options").orElse(""), path);
            assertEquals(
                    "same-origin",
                    headers.firstValue("Cross-Origin-Resource-Policy").orElse(""),
                    path);
            assertEquals(
                    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:;"
                            + " connect-src 'self'; base-uri 'none'; form-action 'none'",
                    headers.firstValue("Content-Security-Policy").orElse(""),
                    path);
            assertFalse(headers.firstValue("Access-Control-Allow-Origin").isPresent(), path);
        }
    }

    @Test
    void headTellsTheSizeOnly() throws Exception {
        HttpResponse<String> response = client.ask(client.to("/").method("HEAD", BodyPublishers.noBody()));

        assertEquals(200, response.statusCode());
        assertEquals(
                ReviewableRun.PAGE.length(),
                response.headers().firstValueAsLong("Content-Length").orElse(-1));
        assertEquals("", response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/config.yaml",
                "/run.json",
                "/predictions.csv",
                "/verdicts.sqlite",
                "/../config.yaml",
                "/assets/../config.yaml",
                "/assets/../../secret.js",
                "/%2e%2e/config.yaml",
                "/assets/%2e%2e/config.yaml",
                "/assets/..%2fconfig.yaml",
                "/assets/..%5cconfig.yaml",
                "/assets/..\\config.yaml",
                "/assets/%252e%252e/config.yaml",
                "/assets/.../config.yaml",
                "/assets//report.js",
                "/assets/./report.js",
                "/assets/",
                "/assets",
                "/assets/photographs",
                "/assets/.hidden.js",
                "/assets/report.js%00.jpg",
                "/assets/report%2ejs",
                "/assets/notes.txt",
                "/assets/out.js",
                "/assets/config.js",
                "/assets/outside/secret.js",
                "/assets/report.js/",
                "/index.html/",
                "/INDEX.HTML",
                "/api",
                "/api/verdicts/",
                "/%61pi/verdicts"
            })
    void nothingElseOfTheFolderIsServed(String path) throws Exception {
        Files.writeString(work.resolve("secret.js"), "secret");
        Files.writeString(run.root().resolve("assets/.hidden.js"), "secret");
        Files.writeString(run.root().resolve("assets/notes.txt"), "secret");
        Files.createSymbolicLink(run.root().resolve("assets/out.js"), work.resolve("secret.js"));
        Files.createSymbolicLink(run.root().resolve("assets/config.js"), run.configuration());
        Files.createSymbolicLink(run.root().resolve("assets/outside"), work);

        String reply = get(path, host());

        assertTrue(reply.startsWith("HTTP/1.1 40"), reply);
        assertFalse(reply.contains("secret: 1") || reply.endsWith("secret"), reply);
    }

    @Test
    void aWholeAddressInTheRequestLineIsRefused() throws IOException {
        for (String target :
                List.of("http://evil.example/index.html", "//evil.example/index.html", "http://" + host() + "/")) {
            assertTrue(get(target, host()).startsWith("HTTP/1.1 400"), target);
        }
    }

    @Test
    void aPageThatIsALinkToAnotherFileIsNotServed() throws Exception {
        Files.delete(run.report());
        Files.createSymbolicLink(run.report(), run.configuration());

        assertEquals(404, client.get("/").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
    void filesAreOnlyRead(String method) throws Exception {
        HttpResponse<String> response = client.ask(client.to("/").method(method, BodyPublishers.noBody()));

        assertEquals(405, response.statusCode());
        assertEquals("GET, HEAD", response.headers().firstValue("Allow").orElse(""));
    }

    // ---- who may ask ----

    @Test
    void onlyNamesOfThisMachineAreAnswered() throws IOException {
        int port = server.address().getPort();
        for (String good : List.of("127.0.0.1:" + port, "localhost:" + port, "LocalHost:" + port, "[::1]:" + port)) {
            assertTrue(get("/", good).startsWith("HTTP/1.1 200"), good);
        }
        for (String bad : List.of(
                "evil.example",
                "evil.example:" + port,
                "127.0.0.1",
                "127.0.0.1:" + (port + 1),
                "127.0.0.1.evil.example:" + port,
                "localhost.:" + port,
                "localhost:" + port + "@evil.example",
                "0.0.0.0:" + port,
                "127.0.0.1:" + port + "\r\nHost: evil.example",
                "")) {
            String reply = get("/", bad);
            assertTrue(reply.startsWith("HTTP/1.1 403"), bad + ": " + reply);
            assertTrue(get("/api/verdicts", bad).startsWith("HTTP/1.1 403"), bad);
        }
        assertTrue(raw("GET / HTTP/1.0\r\n\r\n").contains(" 403 "), "no Host at all");
    }

    @Test
    void writingIsForTheServersOwnPageOnly() throws Exception {
        String body = json(verdict("Ann", 0, Judgement.BACKGROUND, FIRST));
        String own = "http://" + host();
        for (String method : List.of("PUT", "DELETE")) {
            assertRefused(method, body, "application/json", null, null);
            assertRefused(method, body, "application/json", "http://evil.example", null);
            assertRefused(method, body, "application/json", "null", null);
            assertRefused(method, body, "application/json", "https://" + host(), null);
            assertRefused(method, body, "application/json", own + ".evil.example", null);
            assertRefused(
                    method,
                    body,
                    "application/json",
                    "http://localhost:" + server.address().getPort(),
                    null);
            assertRefused(method, body, "application/json", own, "cross-site");
            assertRefused(method, body, "application/json", own, "same-site");
            assertRefused(method, body, "application/json", own, "none");
            assertRefused(method, body, "text/plain", own, "same-origin");
            assertRefused(method, body, "application/jsonp", own, "same-origin");
            assertRefused(method, body, null, own, "same-origin");
        }
        assertEquals(List.of(), kept());
        HttpRequest.Builder fine = client.to("/api/verdicts")
                .header("Content-Type", "Application/JSON; charset=utf-8")
                .header("Origin", own)
                .PUT(BodyPublishers.ofString(body));
        assertEquals(200, client.ask(fine).statusCode(), "a browser that sends no Sec-Fetch-Site");
    }

    private void assertRefused(String method, String body, String type, String origin, String site) throws Exception {
        HttpRequest.Builder request = client.to("/api/verdicts").method(method, BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        HttpResponse<String> response = client.ask(request);
        assertEquals(403, response.statusCode(), type + " " + origin + " " + site);
        assertEquals(1, response.body().lines().count(), response.body());
    }

    @Test
    void verdictsAreNotReadOnBehalfOfOthers() throws Exception {
        for (String path : List.of("/api/verdicts", "/verdicts.csv")) {
            for (String site : List.of("cross-site", "same-site")) {
                assertEquals(
                        403,
                        client.ask(client.to(path).header("Sec-Fetch-Site", site))
                                .statusCode());
            }
            assertEquals(
                    200,
                    client.ask(client.to(path).header("Sec-Fetch-Site", "none")).statusCode());
        }
    }

    @Test
    void aPreflightOfAnotherOriginGetsNoPermission() throws Exception {
        HttpResponse<String> response = client.ask(client.to("/api/verdicts")
                .header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "PUT")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertEquals(405, response.statusCode());
        assertTrue(response.headers().map().keySet().stream().noneMatch(name -> name.startsWith("access-control")));
    }

    // ---- verdicts ----

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
        assertTrue(early.body().startsWith("something later of Ann on 0.png is kept"), early.body());
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
                new String[] {
                    "\"reviewer\":\"Ann\"", "\"reviewer\":\"A\\u0000nn\"", "reviewer has a character that is none"
                },
                new String[] {
                    "\"reviewer\":\"Ann\"", "\"reviewer\":\"A\\ud800nn\"", "reviewer has a character that is none"
                },
                new String[] {
                    "\"reviewer\":\"Ann\"", "\"reviewer\":\"" + "A".repeat(10_001) + "\"", "reviewer has more than"
                },
                new String[] {"\"reviewer\":\"Ann\"", "\"reviewer\":7", "reviewer is not a text"},
                new String[] {"\"reviewer\":\"Ann\",", "", "reviewer is missing"},
                new String[] {"\"reviewer\":\"Ann\"", "\"reviewer\":\"Ann\",\"reviewer\":\"Ben\"", "not JSON: "},
                new String[] {"\"reviewer\":\"Ann\"", "\"reviewer\":\"Ann\",\"x\":\"\"", "'x' is no part of a verdict"},
                new String[] {
                    "2026-11-01T08:00:00Z", "2126-11-01T08:00:00Z", "time is 2126-11-01T08:00:00Z, which is yet"
                },
                new String[] {"2026-11-01T08:00:00Z", "yesterday", "time is 'yesterday', expected such as"},
                new String[] {"\"comment\":\"\"", "\"comment\":\"\",\"corrected\"", "not JSON: "},
                new String[] {
                    "\"verdict\":\"background\",\"corrected\":\"\"",
                    "\"verdict\":\"label-wrong\",\"corrected\":\"daisi\"",
                    "corrected is 'daisi', which is no class of this run; did you mean 'daisy'?"
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
                "line\nbreak\r\nand\ttab",
                "\u202eright to left",
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

    // ---- size and time ----

    @Test
    void hugeBodiesAreNotTaken() throws Exception {
        HttpResponse<String> response = client.ask(client.writing("PUT", " ".repeat((64 << 10) + 1)));
        assertEquals(413, response.statusCode());

        String start = "PUT /api/verdicts HTTP/1.1\r\nHost: " + host() + "\r\nOrigin: http://" + host()
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

    // ---- starting ----

    @Test
    void severalServersMayServeOneRun() throws Exception {
        try (ReviewServer second = ReviewServer.start(run.root(), 0)) {
            Verdict ann = verdict("Ann", 0, Judgement.BACKGROUND, FIRST);
            Verdict ben = verdict("Ben", 0, Judgement.AMBIGUOUS, FIRST);
            assertEquals(200, client.put(ann).statusCode());
            assertEquals(200, new ReviewClient(second.address()).put(ben).statusCode());
            assertEquals(List.of(ann, ben), kept());
        }
    }

    @Test
    void aPortThatIsTakenIsTold() throws IOException {
        int taken = server.address().getPort();
        IOException e = assertThrows(IOException.class, () -> ReviewServer.start(run.root(), taken));
        assertTrue(e.getMessage().startsWith("port " + taken + " is taken"), e.getMessage());
    }

    @Test
    void theDefaultPortGivesWayToTheNext() throws IOException {
        try (ServerSocket holder = new ServerSocket()) {
            try {
                holder.bind(new InetSocketAddress("127.0.0.1", ReviewServer.PORT));
            } catch (IOException e) {
                // Someone else holds it: as good.
            }
            try (ReviewServer other = ReviewServer.start(run.root())) {
                int port = other.address().getPort();
                assertTrue(port > ReviewServer.PORT && port < ReviewServer.PORT + 20, "port " + port);
            }
        }
    }

    @Test
    void itListensAtTheLoopbackInterfaceOnly() throws Exception {
        List<String> elsewhere = java.net.NetworkInterface.networkInterfaces()
                .flatMap(i -> i.inetAddresses())
                .filter(a -> !a.isLoopbackAddress() && a instanceof java.net.Inet4Address)
                .map(a -> a.getHostAddress())
                .toList();
        for (String address : elsewhere) {
            assertThrows(
                    IOException.class,
                    () -> new Socket(address, server.address().getPort()).close(),
                    address);
        }
    }

    @Test
    void aFolderThatIsNoRunOrHasNoReportIsTold() throws IOException {
        IOException none = assertThrows(IOException.class, () -> ReviewServer.start(work, 0));
        assertTrue(none.getMessage().contains("holds no finished run"), none.getMessage());
        Files.delete(run.report());
        IOException e = assertThrows(IOException.class, () -> ReviewServer.start(run.root(), 0));
        assertTrue(e.getMessage().contains("has no report: write it first"), e.getMessage());
    }

    @Test
    void aDamagedDatabaseIsToldAndLeftAsItIs() throws Exception {
        server.close();
        byte[] garbage = "no database ".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        Files.write(run.verdictsDatabase(), garbage);

        VerdictsException e = assertThrows(VerdictsException.class, () -> ReviewServer.start(run.root(), 0));

        assertTrue(e.getMessage().startsWith(run.verdictsDatabase() + ": damaged, or no database"), e.getMessage());
        assertEquals(new String(garbage, StandardCharsets.US_ASCII), Files.readString(run.verdictsDatabase()));
    }
}
