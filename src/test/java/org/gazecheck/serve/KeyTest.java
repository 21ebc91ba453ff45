package org.gazecheck.serve;

import static org.gazecheck.serve.ReviewClient.FIRST;
import static org.gazecheck.serve.ReviewClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.junit.jupiter.api.Test;

/** Who is let in, and who waits for whom. */
class KeyTest extends ServedRunTest {
    @Test
    void whoDidNotComeByTheLinkReadsAndWritesNothing() throws Exception {
        for (String path : List.of(
                "/",
                "/index.html",
                "/assets/report.js",
                "/api/verdicts",
                "/api/signature",
                "/verdicts.csv",
                "/nothing",
                "/?key=",
                "/?key=" + "0".repeat(32),
                "/api/verdicts?" + query())) {
            HttpResponse<String> response = client.ask(client.stranger(path));
            assertEquals(403, response.statusCode(), path);
            assertTrue(response.body().contains("open the link that gazecheck serve printed"), response.body());
        }
        String body = json(verdict("Ann", 0, Judgement.BACKGROUND, FIRST));
        for (String cookie : List.of("", "Cookie: gazecheck-" + port() + "=" + "0".repeat(32) + "\r\n")) {
            String reply = plain("PUT /api/verdicts HTTP/1.1\r\nHost: " + host() + "\r\nOrigin: http://" + host()
                    + "\r\nContent-Type: application/json\r\n" + cookie + "Connection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
            assertTrue(reply.startsWith("HTTP/1.1 403"), reply);
        }
        assertEquals(List.of(), kept());
    }

    private String query() {
        return server.address().getRawQuery();
    }

    private int port() {
        return server.address().getPort();
    }

    @Test
    void theLinkLetsABrowserIn() throws Exception {
        HttpResponse<String> page = client.ask(client.stranger("/?" + query()));

        assertEquals(200, page.statusCode());
        String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.startsWith("gazecheck-" + port() + "="), cookie);
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
        String sent = cookie.substring(0, cookie.indexOf(';'));
        assertEquals(
                200,
                client.ask(client.stranger("/api/verdicts").header("Cookie", "other=1; " + sent))
                        .statusCode());
        assertTrue(client.get("/").headers().firstValue("Set-Cookie").isEmpty(), "once is enough");
    }

    @Test
    void theKeyOutlivesTheServerButNotTheRun() throws Exception {
        try (ReviewServer again = ReviewServer.start(run.root(), 0)) {
            assertEquals(query(), again.address().getRawQuery());
        }
        assertEquals(32, query().length() - "key=".length());
    }

    @Test
    void repliesToMistakesAreAsGuardedAsPages() throws Exception {
        for (var request : List.of(
                client.stranger("/"),
                client.to("/nothing"),
                client.to("/..%2f"),
                client.writing("POST", "{}"),
                client.writing("PUT", "{}"),
                client.writing("PUT", " ".repeat(70_000)))) {
            HttpResponse<String> response = client.ask(request);
            assertTrue(response.statusCode() >= 400, response.toString());
            for (String header : List.of(
                    "Content-Security-Policy",
                    "X-Content-Type-Options",
                    "X-Frame-Options",
                    "Cross-Origin-Resource-Policy",
                    "Referrer-Policy",
                    "Cache-Control")) {
                assertTrue(response.headers().firstValue(header).isPresent(), response + " " + header);
            }
        }
    }

    @Test
    void slowReadersAndSlowSendersKeepNobodyWaiting() throws Exception {
        Files.write(run.root().resolve("assets/large.js"), new byte[32 << 20]);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket("127.0.0.1", port());
                slow.add(socket);
                String whole = "GET /assets/large.js HTTP/1.1\r\nHost: " + host() + "\r\nCookie: "
                        + ReviewClient.cookie(server.address()) + "\r\n\r\n";
                String begun = i % 3 == 0 ? whole.substring(0, 30) : whole;
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            }
            long began = System.nanoTime();
            assertEquals(200, client.get("/").statusCode());
            assertEquals(
                    200,
                    client.put(verdict("Ann", 0, Judgement.BACKGROUND, FIRST)).statusCode());
            assertTrue(System.nanoTime() - began < 5e9, "others waited");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void namesThatSteerTheTextAndTimesOfNoReviewAreRefused() throws Exception {
        String sound = json(verdict("Ann", 0, Judgement.BACKGROUND, FIRST));
        List<String> names = List.of(
                "Ann\\u0000",
                "A\\nB",
                "\\u202eAnn",
                "An\\u2066n",
                "A\\u001b[31m",
                "A\\u200bnn",
                "A".repeat(101),
                "A\\u2028B",
                "\\ud800A");
        for (String name : names) {
            HttpResponse<String> response =
                    client.ask(client.writing("PUT", sound.replace("\"Ann\"", "\"" + name + "\"")));
            assertEquals(400, response.statusCode(), name);
        }
        for (String time : List.of(
                "1999-12-31T23:59:59Z",
                "0001-01-01T00:00:00Z",
                "-1000-01-01T00:00:00Z",
                "2999-01-01T00:00:00Z",
                "+99999-01-01T00:00:00Z")) {
            HttpResponse<String> response = client.ask(client.writing("PUT", sound.replace(FIRST.toString(), time)));
            assertEquals(400, response.statusCode(), time);
        }
        assertEquals(List.of(), kept());
        for (String name :
                List.of("Ann", "J\\u00fcrgen M\\u00fcller", "\\u674e\\u96f7", "\\u0645\\u06cc\\u200c\\u062e")) {
            assertEquals(
                    200,
                    client.ask(client.writing("PUT", sound.replace("\"Ann\"", "\"" + name + "\"")))
                            .statusCode(),
                    name);
        }
    }
}
