package org.gazecheck.notify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class NotifierTest {
    private static final String SECRET = "s3cr3t-t0ken";
    private static final String KEY = "k3y-0f-the-signature";
    private static final String WORD = "passw0rd value";
    private static final byte[] JSON = "{\"event\":\"night\"}".getBytes(StandardCharsets.UTF_8);
    /** Waits for any answer, however slow the machine is: how often a server is asked never depends on time. */
    private static final RetryPolicy PATIENT =
            new RetryPolicy(Duration.ofSeconds(50), 3, Duration.ofMillis(5), Duration.ofSeconds(55));

    private static final RetryPolicy IMPATIENT =
            new RetryPolicy(Duration.ofMillis(100), 2, Duration.ofMillis(1), Duration.ofSeconds(5));

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final StringBuilder told = new StringBuilder();
    private Level level;
    private HttpServer server;
    private String address;
    private Map<String, String> environment;

    private record Seen(String method, String path, byte[] body, Map<String, List<String>> headers) {}

    @FunctionalInterface
    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        level = root.getLevel();
        root.setLevel(Level.TRACE);
        logged.start();
        root.addAppender(logged);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        address = "http://localhost:" + server.getAddress().getPort();
        environment = Map.of(
                "TOKEN",
                SECRET,
                "KEY",
                KEY,
                "WORD",
                WORD,
                "WHOLE",
                address + "/hook/" + SECRET,
                "EMPTY",
                "",
                "LINES",
                "a\r\nX-Injected: " + SECRET);
    }

    /** Whatever a test did, no secret was logged or told. */
    @AfterEach
    void nothingSecretWasSaid() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
        root.detachAppender(logged);
        root.setLevel(level);
        StringBuilder all = new StringBuilder(told);
        for (ILoggingEvent event : List.copyOf(logged.list)) {
            all.append(event.getFormattedMessage()).append(event.getThrowableProxy());
        }
        for (String secret : List.of(SECRET, KEY, WORD)) {
            assertFalse(all.toString().contains(secret), all.toString());
        }
        assertFalse(all.isEmpty());
    }

    @Test
    void aWebhookGetsTheJsonItsHeadersAndASignature() {
        serve("/hook/", exchange -> send(exchange, 200, "thanks for " + SECRET));
        Webhook hook = new Webhook(
                SecretText.of(address + "/hook/${TOKEN}"),
                Map.of("Authorization", SecretText.of("Bearer ${WORD}")),
                Optional.of(SecretText.of("${KEY}")));
        Delivery delivery = post(hook);
        assertTrue(delivery.delivered());
        assertEquals(1, delivery.attempts());
        assertEquals(address + ": delivered", delivery.text());
        Seen request = seen.get(0);
        assertEquals("POST", request.method);
        assertEquals("/hook/" + SECRET, request.path);
        assertArrayEquals(JSON, request.body);
        assertEquals(List.of("Bearer " + WORD), request.headers.get("Authorization"));
        assertEquals(List.of("application/json; charset=utf-8"), request.headers.get("Content-type"));
        assertEquals(List.of(Signatures.of(JSON, KEY)), request.headers.get("X-gazecheck-signature-256"));
    }

    /** The example of GitHub's documentation on validating webhook deliveries. */
    @Test
    void theSignatureIsThatOfAPublishedExample() {
        assertEquals(
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                Signatures.of("Hello, World!".getBytes(StandardCharsets.UTF_8), "It's a Secret to Everybody"));
        told.append("nothing else");
    }

    @Test
    void aServerThatFailsOnceIsAskedAgain() {
        serve("/", exchange -> send(exchange, seen.size() == 1 ? 500 : 204, ""));
        Delivery delivery = post(plain("/"));
        assertTrue(delivery.delivered());
        assertEquals(2, delivery.attempts());
    }

    @Test
    void aServerThatAlwaysFailsIsGivenUp() {
        serve("/", exchange -> send(exchange, 503, SECRET));
        Delivery delivery = post(plain("/"));
        assertEquals(address + ": not delivered: the answer is 503 (3 attempts)", delivery.text());
        assertEquals(3, seen.size());
    }

    @Test
    void whatTheServerRefusesIsNotRepeated() {
        for (int status : new int[] {400, 401, 404, 429}) {
            seen.clear();
            serve("/" + status, exchange -> send(exchange, status, SECRET));
            Delivery delivery = post(plain("/" + status));
            assertEquals("not delivered: the answer is " + status, delivery.outcome());
            assertEquals(List.of(1, 1), List.of(delivery.attempts(), seen.size()));
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsLeft() {
        serve("/", exchange -> await());
        long before = System.nanoTime();
        Delivery delivery = post(plain("/"), IMPATIENT);
        assertEquals("not delivered: no answer in time", delivery.outcome());
        assertEquals(2, delivery.attempts());
        assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(4));
    }

    @Test
    void allAttemptsTogetherHaveAnEnd() {
        serve("/", exchange -> send(exchange, 500, ""));
        RetryPolicy endless =
                new RetryPolicy(Duration.ofSeconds(1), 1000, Duration.ofMillis(50), Duration.ofMillis(400));
        long before = System.nanoTime();
        Delivery delivery = post(plain("/"), endless);
        assertFalse(delivery.delivered());
        assertTrue(delivery.attempts() < 5);
        assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void aPortWhereNobodyListensIsRefused() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Delivery delivery = post(hook("http://localhost:" + free + "/${TOKEN}"));
        assertEquals(
                "http://localhost:" + free + ": not delivered: the connection was refused (3 attempts)",
                delivery.text());
    }

    @Test
    void aServerThatDoesNotExistIsSaidSo() {
        assertEquals(
                "not delivered: there is no host of this name",
                post(hook("http://no-such-server.invalid/${TOKEN}")).outcome());
    }

    /** As most servers answer to what is no HTTP. */
    @Test
    void httpsWithoutTlsIsFinal() throws IOException {
        try (ServerSocket plain = new ServerSocket(0)) {
            Future<?> unused = threads.submit(() -> {
                while (true) {
                    try (Socket socket = plain.accept()) {
                        // All of the greeting: a socket that is closed with unread bytes resets the connection.
                        socket.getInputStream().read(new byte[1 << 14]);
                        socket.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    }
                }
            });
            Delivery delivery = post(hook("https://localhost:" + plain.getLocalPort() + "/${TOKEN}"));
            assertTrue(delivery.outcome().startsWith("not delivered: TLS failed"), delivery.outcome());
            assertEquals(1, delivery.attempts());
        }
    }

    @Test
    void httpsToAServerThatIsSilentToItEndsInTime() {
        serve("/", exchange -> send(exchange, 200, ""));
        assertEquals(
                "not delivered: no answer in time",
                post(hook(address.replace("http:", "https:") + "/${TOKEN}"), IMPATIENT)
                        .outcome());
        assertEquals(List.of(), seen);
    }

    @Test
    void aConnectionThatBreaksOffIsTriedAgain() {
        serve("/", exchange -> {
            if (seen.size() < 3) {
                throw new IOException("the plug is pulled");
            }
            send(exchange, 200, "");
        });
        assertTrue(post(plain("/")).delivered());
    }

    @Test
    void aRedirectWithinTheServerIsFollowedWithTheBody() {
        serve("/old", exchange -> redirect(exchange, 308, "/new"));
        serve("/new", exchange -> send(exchange, 200, ""));
        assertTrue(post(plain("/old")).delivered());
        assertEquals("POST", seen.get(1).method);
        assertArrayEquals(JSON, seen.get(1).body);
    }

    @Test
    void aRedirectElsewhereIsNot() throws IOException {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            elsewhere.add(exchange.getRequestURI().toString());
            send(exchange, 200, "");
        });
        other.start();
        try {
            String port = ":" + other.getAddress().getPort();
            for (String to :
                    List.of("http://localhost" + port + "/" + SECRET, "http://127.0.0.1" + port, "file:///etc")) {
                serve("/to" + to.hashCode(), exchange -> redirect(exchange, 307, to));
                assertEquals(
                        "not delivered: the answer is 307, a redirect that is not followed; configure the final"
                                + " address",
                        post(plain("/to" + to.hashCode())).outcome());
            }
        } finally {
            other.stop(0);
        }
        assertEquals(List.of(), elsewhere);
    }

    @Test
    void aPostDoesNotBecomeAGetAndCirclesEnd() {
        serve("/moved", exchange -> redirect(exchange, 302, "/new"));
        serve("/round", exchange -> redirect(exchange, 307, "/round"));
        assertTrue(post(plain("/moved")).outcome().contains("302, a redirect that is not followed"));
        assertTrue(post(plain("/round")).outcome().contains("more than 3 redirects"));
        assertEquals(5, seen.size());
    }

    @Test
    void aHugeOrTricklingAnswerHoldsNobodyUp() {
        AtomicLong sent = new AtomicLong();
        serve("/huge", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 16];
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 16_000; i++) {
                    out.write(block);
                    sent.addAndGet(block.length);
                }
            }
        });
        serve("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            await();
        });
        assertTrue(post(plain("/huge")).delivered());
        assertTrue(post(plain("/trickle")).delivered());
        assertEquals(2, seen.size());
        assertTrue(sent.get() < 64 << 20, sent + " bytes were read of an answer that nobody needs");
    }

    @Test
    void whatCannotBeSentSaysWhyWithoutTheValue() {
        assertEquals(
                "not delivered: not set in the environment: EMPTY, NOPE",
                post(hook("https://example.org/${NOPE}${EMPTY}${TOKEN}")).outcome());
        assertEquals(
                "not delivered: a URL must begin with https:// or http:// and a server",
                post(hook("ftp://example.org/${TOKEN}")).outcome());
        assertEquals(
                "not delivered: this is not a URL",
                post(hook("http://exa mple.org/${TOKEN}")).outcome());
        assertEquals(
                "not delivered: this is not a URL",
                post(hook("https://example.org/${WORD}")).outcome());
        assertEquals(
                "not delivered: a URL may hold no user or password; set the header Authorization",
                post(hook("https://ann:${TOKEN}@example.org/")).outcome());
        Webhook injected =
                new Webhook(SecretText.of(address), Map.of("X-A", SecretText.of("${LINES}")), Optional.empty());
        assertEquals(
                "not delivered: a header has a name or a value that cannot be sent",
                post(injected).outcome());
        Webhook host = new Webhook(SecretText.of(address), Map.of("Host", SecretText.of("${WORD}")), Optional.empty());
        assertEquals(
                "not delivered: a header has a name or a value that cannot be sent",
                post(host).outcome());
        assertEquals(List.of(), seen);
    }

    @Test
    void aTargetIsToldByServerOrByVariableNeverByPath() {
        told.append("nothing else");
        assertEquals("https://example.org:8443", Message.target(SecretText.of("https://example.org:8443/a/b?c=d")));
        assertEquals("the URL of ${WHOLE}", Message.target(SecretText.of("${WHOLE}")));
        assertEquals("the URL of ${TOKEN}", Message.target(SecretText.of("https://${TOKEN}.example.org")));
        assertEquals("the URL", Message.target(SecretText.of("https://ann:pass@example.org/")));
        Webhook hook = hook("https://example.org/clear-secret/${TOKEN}");
        assertFalse(hook.toString().contains("clear-secret"));
        assertThrows(IllegalArgumentException.class, () -> SecretText.of("https://example.org/${TO KEN}"));
        assertThrows(IllegalArgumentException.class, () -> SecretText.of("https://example.org/${"));
        assertEquals(
                List.of("NOPE"),
                new Webhook(SecretText.of("${TOKEN}"), Map.of("A", SecretText.of("${NOPE}")), Optional.empty())
                        .missing(environment));
    }

    @Test
    void aWholeUrlMayStandInTheEnvironment() {
        serve("/hook/", exchange -> send(exchange, 200, ""));
        assertEquals("the URL of ${WHOLE}: delivered", post(hook("${WHOLE}")).text());
    }

    @Test
    void aDeadWebhookDoesNotHoldUpALivingOne() {
        serve("/dead", exchange -> await());
        serve("/alive", exchange -> send(exchange, 200, ""));
        RetryPolicy policy = new RetryPolicy(Duration.ofMillis(1500), 1, Duration.ofMillis(1), Duration.ofSeconds(5));
        long before = System.nanoTime();
        List<Delivery> deliveries = new Notifier(environment, policy)
                .post(List.of(plain("/dead"), plain("/dead"), plain("/alive"), plain("/dead")), JSON);
        deliveries.forEach(this::told);
        assertEquals(
                List.of(false, false, true, false),
                deliveries.stream().map(Delivery::delivered).toList());
        assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(4));
        assertEquals(List.of(), new Notifier(environment, policy).post(List.of(), JSON));
    }

    @Test
    void anInterruptEndsItAndIsNotLost() throws InterruptedException {
        serve("/", exchange -> await());
        List<Delivery> ended = new CopyOnWriteArrayList<>();
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        RetryPolicy patient = new RetryPolicy(Duration.ofSeconds(30), 3, Duration.ofSeconds(1), Duration.ofSeconds(50));
        for (boolean ping : new boolean[] {true, false}) {
            Thread night = new Thread(() -> {
                Notifier notifier = new Notifier(environment, patient);
                ended.add(
                        ping
                                ? notifier.ping(SecretText.of(address + "/${TOKEN}"))
                                : notifier.post(List.of(plain("/")), JSON).get(0));
                interrupted.add(Thread.currentThread().isInterrupted());
            });
            night.start();
            Thread.sleep(300);
            night.interrupt();
            night.join(10_000);
        }
        ended.forEach(this::told);
        assertEquals(List.of(true, true), interrupted);
        assertEquals(
                List.of("not delivered: interrupted", "not delivered: interrupted"),
                ended.stream().map(Delivery::outcome).toList());
    }

    @Test
    void aPingIsAGetWithTheSameCare() {
        serve("/ping/", exchange -> send(exchange, seen.size() == 1 ? 502 : 200, "OK"));
        serve("/old/", exchange -> redirect(exchange, 301, "/ping/" + SECRET));
        Notifier notifier = new Notifier(environment, PATIENT);
        Delivery delivery = told(notifier.ping(SecretText.of(address + "/ping/${TOKEN}/start")));
        assertTrue(delivery.delivered());
        assertEquals(2, delivery.attempts());
        assertEquals("GET", seen.get(1).method);
        assertTrue(told(notifier.ping(SecretText.of(address + "/old/${TOKEN}"))).delivered());
        assertEquals(
                "not delivered: not set in the environment: NOPE",
                told(notifier.ping(SecretText.of("https://example.org/${NOPE}")))
                        .outcome());
    }

    @Test
    void theSwitchIsToldWhetherTheNightWasGood() {
        told.append("nothing else");
        SecretText good = SecretText.of("https://example.org/good");
        SecretText bad = SecretText.of("https://example.org/bad");
        DeadMansSwitch both = new DeadMansSwitch(Optional.empty(), Optional.of(good), Optional.of(bad));
        assertEquals(Optional.of(good), both.ended(0));
        assertEquals(Optional.of(bad), both.ended(3));
        assertEquals(Optional.empty(), DeadMansSwitch.NONE.ended(1));
    }

    private Delivery post(Webhook hook) {
        return post(hook, PATIENT);
    }

    private Delivery post(Webhook hook, RetryPolicy policy) {
        return told(new Notifier(environment, policy).post(List.of(hook), JSON).get(0));
    }

    private Delivery told(Delivery delivery) {
        told.append(delivery).append(delivery.text()).append('\n');
        return delivery;
    }

    private Webhook plain(String path) {
        return hook(address + path);
    }

    private Webhook hook(String url) {
        Webhook hook = new Webhook(SecretText.of(url), Map.of(), Optional.empty());
        told.append(hook).append('\n');
        return hook;
    }

    private void serve(String path, Answering answering) {
        server.createContext(path, exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    body,
                    Map.copyOf(exchange.getRequestHeaders())));
            try (exchange) {
                answering.answer(exchange);
            }
        });
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void redirect(HttpExchange exchange, int status, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(status, -1);
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
