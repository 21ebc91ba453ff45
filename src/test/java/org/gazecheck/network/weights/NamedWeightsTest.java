package org.gazecheck.network.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.Adler32;
import org.gazecheck.config.ModelSettings;
import org.gazecheck.download.Checksum;
import org.gazecheck.download.DownloadException;
import org.gazecheck.download.Downloader;
import org.gazecheck.download.WrongContentException;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.WeightsException;
import org.gazecheck.progress.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedWeightsTest {
    private static final String NAME = "resnet18-f37072fd";

    @TempDir
    private Path folder;

    private final byte[] content = new byte[200_000];
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final Downloader downloader = new Downloader(Duration.ofMillis(500), Duration.ofMillis(1));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        new SplittableRandom(3).nextBytes(content);
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
    void everyNameOfTorchvisionStandsForItsFileAndItsHash() {
        for (String name : List.of(
                "resnet18-f37072fd",
                "resnet34-b627a593",
                "resnet50-0676ba61",
                "resnet101-63fe2227",
                "resnet152-394f9c45")) {
            NamedWeights named = NamedWeights.of(Path.of(name)).orElseThrow();
            assertEquals(
                    "https://download.pytorch.org/models/" + name + ".pth",
                    named.uri().toString());
            assertEquals(Checksum.sha256(name.substring(name.length() - 8)), named.checksum());
        }
    }

    @Test
    void theZoosArchiveHasTheUrlAndChecksumThatItsClassStates() {
        NamedWeights named = NamedWeights.of(Path.of("zoo-resnet50")).orElseThrow();
        assertTrue(named.uri().toString().endsWith("/models/resnet50_dl4j_inference.v3.zip"), named.toString());
        assertEquals(Checksum.adler32(3914447815L), named.checksum());
    }

    @Test
    void aPathStaysAPath() throws IOException {
        assertTrue(NamedWeights.of(Path.of("weights", NAME)).isEmpty());
        assertTrue(NamedWeights.of(Path.of(NAME + ".pth")).isEmpty());
        Path file = Files.write(folder.resolve("own.pth"), content);
        assertEquals(file, NamedWeights.file(model(file, true, null), Progress.SILENT));
        Path absent = folder.resolve("resnet50-0676ba6");
        WeightsException e = assertThrows(
                WeightsException.class, () -> NamedWeights.file(model(absent, true, null), Progress.SILENT));
        assertTrue(e.getMessage().contains("resnet50-0676ba61"), e.getMessage());
    }

    @Test
    void aBrokenDownloadIsResumedAndTheFileUsedFromThenOn() throws IOException {
        serve("/m/file.bin", exchange -> send(exchange, 120_000));
        NamedWeights named = named(Checksum.sha256(hash().substring(0, 8)));
        Path file = named.locate(folder, mirror("/m/"), true, downloader, Progress.SILENT);
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(List.of("none", "bytes=120000-"), ranges);
        named.locate(folder, mirror("/m/"), true, downloader, Progress.SILENT);
        assertEquals(2, ranges.size());
        assertEquals(List.of("file.bin"), names());
    }

    @Test
    void anArchiveIsHeldToItsAdler32() throws IOException {
        serve("/m/file.bin", exchange -> send(exchange, content.length));
        Adler32 sum = new Adler32();
        sum.update(content);
        NamedWeights right = named(Checksum.adler32(sum.getValue()));
        assertArrayEquals(
                content, Files.readAllBytes(right.locate(folder, mirror("/m/"), true, downloader, Progress.SILENT)));
        Files.delete(folder.resolve("file.bin"));
        NamedWeights wrong = named(Checksum.adler32(sum.getValue() + 1));
        assertThrows(
                WrongContentException.class,
                () -> wrong.locate(folder, mirror("/m/"), true, downloader, Progress.SILENT));
        assertEquals(List.of(), names());
    }

    @Test
    void anotherFileIsRefusedWithBothHashesAndNothingOfItStays() throws IOException {
        serve("/m/" + NAME + ".pth", exchange -> send(exchange, content.length));
        String mirror = mirror("/m/").toString();
        WrongContentException e = assertThrows(
                WrongContentException.class,
                () -> NamedWeights.file(model(Path.of(NAME), true, mirror), Progress.SILENT));
        assertTrue(e.getMessage().contains(hash()) && e.getMessage().contains("f37072fd"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
        assertEquals(List.of(), names());
    }

    @Test
    void aFileThatAServerEndsTooEarlyIsKeptAsAPartOnly() throws IOException {
        serve("/m/file.bin", exchange -> {
            exchange.sendResponseHeaders(200, 2L * content.length);
            exchange.getResponseBody().write(content);
        });
        DownloadException e = assertThrows(DownloadException.class, () -> named(Checksum.sha256(hash()))
                .locate(folder, mirror("/m/"), true, downloader, Progress.SILENT));
        assertTrue(e.getMessage().contains("resumes from there"), e.getMessage());
        assertEquals(List.of("file.bin.part"), names());
    }

    @Test
    void aRedirectIsFollowedAndALoopIsRefused() throws IOException {
        serve("/m/file.bin", exchange -> redirect(exchange, "/elsewhere"));
        serve("/elsewhere", exchange -> send(exchange, content.length));
        serve("/loop/file.bin", exchange -> redirect(exchange, "/loop/file.bin"));
        NamedWeights named = named(Checksum.sha256(hash()));
        DownloadException e = assertThrows(
                DownloadException.class,
                () -> named.locate(folder, mirror("/loop/"), true, downloader, Progress.SILENT));
        assertTrue(e.getMessage().contains("redirects more than"), e.getMessage());
        named.locate(folder, mirror("/m/"), true, downloader, Progress.SILENT);
        assertEquals(List.of("file.bin"), names());
    }

    @Test
    void aFileInTheFolderThatIsNotThePublishedOneIsNotUsed() throws IOException {
        Files.write(folder.resolve(NAME + ".pth"), content);
        WeightsException e = assertThrows(
                WeightsException.class, () -> NamedWeights.file(model(Path.of(NAME), true, null), Progress.SILENT));
        assertTrue(e.getMessage().contains("is not the published " + NAME), e.getMessage());
    }

    @Test
    void whatMayNotBeDownloadedIsSaidWithItsAddress() {
        WeightsException e = assertThrows(
                WeightsException.class, () -> NamedWeights.file(model(Path.of(NAME), false, null), Progress.SILENT));
        assertTrue(e.getMessage().contains("https://download.pytorch.org/models/" + NAME + ".pth"), e.getMessage());
        assertFalse(Files.exists(folder.resolve(NAME + ".pth.part")));
    }

    private static NamedWeights named(Checksum checksum) {
        return new NamedWeights("some", URI.create("https://publisher.invalid/file.bin"), checksum);
    }

    private ModelSettings model(Path weights, boolean download, String mirror) {
        return new ModelSettings(null, weights, null, folder, download, mirror, "auto", null, 224);
    }

    private String hash() {
        return Hashes.sha256(content);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".version"))
                    .sorted()
                    .toList();
        }
    }

    private URI mirror(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void serve(String path, Answer answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    /** Answers range requests truthfully, but breaks off after {@code most} bytes. */
    private void send(HttpExchange exchange, int most) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "none" : range);
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (range != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        exchange.getResponseBody().write(content, from, Math.min(most, content.length - from));
        exchange.getResponseBody().flush();
    }
}
