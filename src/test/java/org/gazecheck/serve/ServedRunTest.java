package org.gazecheck.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Verdict;
import org.gazecheck.review.ReviewableRun;
import org.gazecheck.review.VerdictsDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A run that is served to a client, for tests of what the server answers. */
abstract class ServedRunTest {
    @TempDir
    Path work;

    RunFolder run;
    ReviewServer server;
    ReviewClient client;

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

    ImageVerdict verdict(String reviewer, int image, Judgement judgement, Instant time) throws IOException {
        return ReviewableRun.verdict(run, reviewer, image, judgement, time);
    }

    List<Verdict> kept() throws IOException {
        return VerdictsDatabase.read(run.verdictsDatabase()).verdicts();
    }

    /** What a raw request of a browser that came by the link is answered with; its first line says how. */
    String raw(String request) throws IOException {
        return plain(request.replaceFirst("\r\n", "\r\nCookie: " + ReviewClient.cookie(server.address()) + "\r\n"));
    }

    /** What a raw request is answered with. */
    String plain(String request) throws IOException {
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

    String host() {
        return "127.0.0.1:" + server.address().getPort();
    }

    String get(String target, String host) throws IOException {
        return raw("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }
}
