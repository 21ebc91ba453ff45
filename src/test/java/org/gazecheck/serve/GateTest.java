package org.gazecheck.serve;

import static org.gazecheck.serve.ReviewClient.FIRST;
import static org.gazecheck.serve.ReviewClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.junit.jupiter.api.Test;

class GateTest extends ServedRunTest {
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
}
