package org.gazecheck.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.results.RunFolder;
import org.gazecheck.review.VerdictsDatabase;

/**
 * Hands a run's report out to browsers on this machine, and keeps reviewers' verdicts in {@code verdicts.sqlite} of the
 * run folder. Several servers may serve one run. It listens at 127.0.0.1 only.
 */
public final class ReviewServer implements AutoCloseable {
    /** Where it listens unless another port is asked for. */
    public static final int PORT = 8765;

    private static final int PORTS_TRIED = 20;
    private static final int BACKLOG = 64;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** Read once by the JDK's server, before the first of them is made; seconds, but for the number of connections. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "600",
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", "200");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Requests requests;
    private final Gate gate;

    private ReviewServer(HttpServer server, RunFolder folder, ServedRun run, VerdictsDatabase database) {
        this.server = server;
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        gate = new Gate(server.getAddress().getPort(), ServerKey.of(folder.root()));
        requests = new Requests(
                gate,
                new ReportFiles(folder),
                new VerdictRequests(run, database),
                new SignatureRequests(folder, run),
                new ViewRequests(folder, run));
        server.createContext("/", requests);
        server.start();
    }

    /**
     * Serves at {@link #PORT}, or at the next port that is free.
     *
     * @throws IOException if the run has no report, or its verdicts cannot be kept
     */
    public static ReviewServer start(Path run) throws IOException {
        return start(run, PORT, PORTS_TRIED);
    }

    /**
     * Serves at a port.
     *
     * @param port 0 for any that is free
     * @throws IOException if it is taken, the run has no report, or its verdicts cannot be kept
     */
    public static ReviewServer start(Path run, int port) throws IOException {
        return start(run, port, 1);
    }

    private static ReviewServer start(Path root, int port, int tried) throws IOException {
        RunFolder folder = new RunFolder(root);
        ServedRun run = new ServedRun(folder);
        if (!Files.isRegularFile(folder.report())) {
            throw new GazecheckException(root + " has no report: write it first (gazecheck report " + root + ")");
        }
        folder.requireOwn();
        VerdictsDatabase database = VerdictsDatabase.create(folder.verdictsDatabase());
        return new ReviewServer(bound(port, tried), folder, run, database);
    }

    private static HttpServer bound(int port, int tried) throws IOException {
        LIMITS.forEach((limit, value) -> System.getProperties().putIfAbsent(limit, value));
        InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        for (int at = port; at < port + tried; at++) {
            try {
                return HttpServer.create(new InetSocketAddress(loopback, at), BACKLOG);
            } catch (BindException e) {
                if (at == port + tried - 1) {
                    throw new GazecheckException(
                            (tried == 1 ? "port " + port + " is" : "ports " + port + " to " + at + " are")
                                    + " taken, or not allowed (" + e.getMessage() + "): choose another with --port",
                            e);
                }
            }
        }
        throw new IllegalArgumentException("no port is to be tried");
    }

    /** The link that lets a browser in, such as {@code http://127.0.0.1:8765/?key=...}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/?" + gate.query());
    }

    /** Lets requests under way end. */
    @Override
    public void close() {
        requests.settle(FAREWELL);
        server.stop(0);
        threads.shutdownNow();
        requests.end();
    }
}
