package org.gazecheck.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.gazecheck.report.page.Parts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request: let in or not, answered, and never with more than a line about what went wrong. */
final class Requests implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    /** What every reply says to the browser: nothing but our own page may use it, and nothing is kept. */
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", Parts.BESIDE.policy(),
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store");

    private final Gate gate;
    private final ReportFiles files;
    private final VerdictRequests verdicts;
    private final SignatureRequests signatures;
    private final ViewRequests views;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Deadlines deadlines = new Deadlines();

    Requests(Gate gate, ReportFiles files, VerdictRequests verdicts, SignatureRequests signatures, ViewRequests views) {
        this.gate = gate;
        this.files = files;
        this.verdicts = verdicts;
        this.signatures = signatures;
        this.views = views;
    }

    @Override
    public void handle(HttpExchange exchange) {
        underWay.incrementAndGet();
        try (exchange) {
            send(exchange, reply(exchange), deadlines);
        } catch (IOException e) {
            LOG.debug("a client went away", e);
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** After the last request. */
    void end() {
        deadlines.close();
    }

    /** Waits until no request is being answered, but no longer than this. */
    void settle(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (underWay.get() > 0 && System.nanoTime() < end) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply reply(HttpExchange exchange) {
        try {
            return granted(exchange);
        } catch (Refusal e) {
            Map<String, String> headers = new HashMap<>(run());
            if (e.status() == 405) {
                headers.put("Allow", e.getMessage());
            }
            return Reply.problem(e.status(), String.valueOf(e.getMessage()), headers);
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
            return Reply.problem(503, String.valueOf(e.getMessage()), Map.of());
        } catch (RuntimeException e) {
            LOG.error("a request failed", e);
            return Reply.problem(500, "the server failed at this request", Map.of());
        }
    }

    private Map<String, String> run() {
        try {
            return verdicts.named();
        } catch (IOException e) {
            return Map.of();
        }
    }

    private Reply granted(HttpExchange exchange) throws Refusal, IOException {
        gate.admit(exchange);
        String path = exchange.getRequestURI().getRawPath();
        boolean byLink = ReportFiles.isPage(path) && gate.isByLink(exchange);
        if (!byLink) {
            gate.admitKnown(exchange);
        }
        String method = exchange.getRequestMethod();
        boolean reads = method.equals("GET") || method.equals("HEAD");
        switch (path) {
            case "/api/verdicts" -> {
                if (reads) {
                    gate.admitReading(exchange);
                    return verdicts.list();
                }
                if (!method.equals("PUT") && !method.equals("DELETE")) {
                    throw new Refusal(405, "GET, HEAD, PUT, DELETE");
                }
                gate.admitWriting(exchange);
                return method.equals("PUT") ? verdicts.put(exchange) : verdicts.delete(exchange);
            }
            case "/api/signature" -> {
                if (reads) {
                    gate.admitReading(exchange);
                    return signatures.signature();
                }
                if (!method.equals("PUT")) {
                    throw new Refusal(405, "GET, HEAD, PUT");
                }
                gate.admitWriting(exchange);
                return signatures.put(exchange);
            }
            case "/api/views" -> {
                if (reads) {
                    gate.admitReading(exchange);
                    return views.list();
                }
                if (!method.equals("PUT") && !method.equals("DELETE")) {
                    throw new Refusal(405, "GET, HEAD, PUT, DELETE");
                }
                gate.admitWriting(exchange);
                return method.equals("PUT") ? views.put(exchange) : views.delete(exchange);
            }
            case "/verdicts.csv" -> {
                requireReading(reads);
                gate.admitReading(exchange);
                return verdicts.table();
            }
            default -> {
                requireReading(reads);
                return files.file(path, byLink ? Map.of("Set-Cookie", gate.setCookie()) : Map.of());
            }
        }
    }

    private static void requireReading(boolean reads) throws Refusal {
        if (!reads) {
            throw new Refusal(405, "GET, HEAD");
        }
    }

    private static void send(HttpExchange exchange, Reply reply, Deadlines deadlines) throws IOException {
        try (reply;
                Deadlines.Running deadline = deadlines.of(exchange, reply.length())) {
            Headers headers = exchange.getResponseHeaders();
            ALWAYS.forEach(headers::set);
            reply.headers().forEach(headers::set);
            if (reply.type() != null) {
                headers.set("Content-Type", reply.type());
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", Long.toString(reply.length()));
                exchange.sendResponseHeaders(reply.status(), -1);
            } else {
                exchange.sendResponseHeaders(reply.status(), reply.length() == 0 ? -1 : reply.length());
                reply.body().transferTo(exchange.getResponseBody());
            }
        }
    }
}
