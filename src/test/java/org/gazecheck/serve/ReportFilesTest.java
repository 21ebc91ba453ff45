package org.gazecheck.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.gazecheck.review.ReviewableRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFilesTest extends ServedRunTest {
    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/index.html, text/html; charset=utf-8",
        "/assets/report.js, text/javascript; charset=utf-8",
        "/assets/thumbnails/00ff.jpg, image/jpeg"
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
                "/assets/thumbnails",
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
}
