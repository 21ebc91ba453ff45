package org.gazecheck.download;

import static org.junit.jupiter.api.Assertions.*;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
    @TempDir
    Path folder;

    private final byte[] content = new byte[300_000];
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final Downloader downloader = new Downloader(Duration.ofMillis(500), Duration.ofMillis(1));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private String md5;

    @BeforeEach
    void start() throws IOException {
        new SplittableRandom(5).nextBytes(content);
        Path whole = Files.write(folder.resolve("whole"), content);
        md5 = Hashes.md5(whole);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aFileIsFetchedAndNothingIsLeftBeside() throws IOException {
        serve("/file", exchange -> send(exchange, content.length));
        assertFetched("/file");
        assertEquals(List.of("none"), ranges);
    }

    @Test
    void aBrokenDownloadGoesOnWhereItStopped() throws IOException {
        serve("/file", exchange -> send(exchange, 120_000));
        assertFetched("/file");
        assertEquals(List.of("none", "bytes=120000- if \"v1\"", "bytes=240000- if \"v1\""), ranges);
    }

    @Test
    void aPartOfAnEarlierProcessIsUsed() throws IOException {
        Files.write(folder.resolve("file.part"), Arrays.copyOf(content, 100_000));
        serve("/file", exchange -> send(exchange, content.length));
        assertFetched("/file");
        assertEquals(List.of("bytes=100000-"), ranges);
    }

    @Test
    void aPartThatIsAlreadyWholeIsAccepted() throws IOException {
        Files.write(folder.resolve("file.part"), content);
        serve("/file", exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
            exchange.sendResponseHeaders(416, -1);
        });
        assertFetched("/file");
    }

    @Test
    void aDamagedPartIsFetchedAnew() throws IOException {
        Files.write(folder.resolve("file.part"), new byte[100_000]);
        serve("/file", exchange -> send(exchange, content.length));
        assertFetched("/file");
        assertEquals(List.of("bytes=100000-", "none"), ranges);
    }

    @Test
    void aServerWithoutRangesStartsOver() throws IOException {
        Files.write(folder.resolve("file.part"), Arrays.copyOf(content, 100_000));
        serve("/file", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
        assertFetched("/file");
    }

    @Test
    void aRedirectIsFollowedAndALoopIsNot() throws IOException {
        serve("/file", exchange -> send(exchange, content.length));
        serve("/old", exchange -> {
            exchange.getResponseHeaders().set("Location", "/file");
            exchange.sendResponseHeaders(302, -1);
        });
        serve("/loop", exchange -> {
            exchange.getResponseHeaders().set("Location", "/loop");
            exchange.sendResponseHeaders(302, -1);
        });
        assertFetched("/old");
        assertTrue(fails("/loop").contains("redirects more than"));
    }

    @Test
    void anotherFileIsRefusedAndNotKept() throws IOException {
        serve("/file", exchange -> {
            byte[] page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        });
        String message = fails("/file");
        assertTrue(message.contains("not the expected file") && message.contains(md5), message);
        assertFalse(Files.exists(folder.resolve("file")));
        assertFalse(Files.exists(folder.resolve("file.part")));
    }

    @Test
    void aMissingFileIsSaidAtOnceWithWhatToDo() throws IOException {
        serve("/file", exchange -> {
            ranges.add("asked");
            exchange.sendResponseHeaders(404, -1);
        });
        String message = fails("/file");
        assertTrue(message.contains("404") && message.contains("put it at"), message);
        assertEquals(List.of("asked"), ranges);
    }

    @Test
    void aServerThatKeepsFailingOrLiesAboutTheLengthIsGivenUp() throws IOException {
        serve("/down", exchange -> exchange.sendResponseHeaders(503, -1));
        assertTrue(fails("/down").contains("503"));
        serve("/file", exchange -> {
            exchange.sendResponseHeaders(200, content.length * 2L);
            exchange.getResponseBody().write(content);
        });
        String message = fails("/file");
        assertTrue(message.contains("300000 of 600000"), message);
        assertEquals(content.length, Files.size(folder.resolve("file.part")));
        assertFalse(Files.exists(folder.resolve("file")));
    }

    @Test
    void aServerThatStatesTooSmallALengthDoesNotPassAPartForTheWhole() throws IOException {
        serve("/file", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(content, 0, 1000);
        });
        WrongContentException wrong =
                assertThrows(WrongContentException.class, () -> downloader.fetch(download("/file"), Progress.SILENT));
        assertTrue(wrong.getMessage().contains("not the expected file"), wrong.getMessage());
        try (var left = Files.list(folder)) {
            assertEquals(
                    List.of("whole"), left.map(f -> f.getFileName().toString()).toList());
        }
    }

    @Test
    void aRedirectNeverLeavesHttpsNorTheWeb() throws IOException {
        Transfer transfer = new Transfer(download("/file"), null, Duration.ofMillis(1), Progress.SILENT);
        URI secure = URI.create("https://a.example/x/y");
        assertEquals(URI.create("https://b.example/z"), transfer.target(secure, "https://b.example/z"));
        assertEquals(URI.create("https://a.example/x/z"), transfer.target(secure, "z"));
        assertEquals(secure, transfer.target(URI.create("http://a.example/"), "https://a.example/x/y"));
        for (String location : List.of("http://a.example/x/y", "file:///etc/passwd", "ftp://a.example/", "://")) {
            String message = assertThrows(DownloadException.class, () -> transfer.target(secure, location))
                    .getMessage();
            assertTrue(message.contains("not followed"), message);
        }
    }

    @Test
    void aSilentServerTimesOut() throws IOException {
        serve("/file", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 10);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(fails("/file").contains("gave up"));
    }

    @Test
    void nobodyThereIsSaid() throws IOException {
        int port = server.getAddress().getPort();
        server.stop(0);
        Download download =
                new Download(URI.create("http://127.0.0.1:" + port + "/x"), folder.resolve("x"), Checksum.md5(md5));
        String message = assertThrows(DownloadException.class, () -> downloader.fetch(download, Progress.SILENT))
                .getMessage();
        assertTrue(message.contains("gave up after"), message);
    }

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void serve(String path, Answer answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    /** Answers range requests truthfully, but breaks off after {@code most} bytes. */
    private void send(HttpExchange exchange, int most) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        ranges.add(range == null ? "none" : range + (condition == null ? "" : " if " + condition));
        exchange.getResponseHeaders().set("ETag", "\"v1\"");
        int from = 0;
        if (range != null) {
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        exchange.getResponseBody().write(content, from, Math.min(most, content.length - from));
        exchange.getResponseBody().flush();
    }

    private Download download(String path) {
        return new Download(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
                folder.resolve("file"),
                Checksum.md5(md5));
    }

    private void assertFetched(String path) throws IOException {
        downloader.fetch(download(path), Progress.SILENT);
        assertArrayEquals(content, Files.readAllBytes(folder.resolve("file")));
        assertFalse(Files.exists(folder.resolve("file.part")));
        assertFalse(Files.exists(folder.resolve("file.part.version")));
    }

    private String fails(String path) {
        return assertThrows(DownloadException.class, () -> downloader.fetch(download(path), Progress.SILENT))
                .getMessage();
    }
}
