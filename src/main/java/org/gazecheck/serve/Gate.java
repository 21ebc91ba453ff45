package org.gazecheck.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose requests are let in. A page of another origin can make a browser send requests here, and a name of another's
 * that is bound to this address (DNS rebinding) makes it send them with that name: the first is told by {@code Origin}
 * and {@code Sec-Fetch-Site}, the second by {@code Host}. Whoever else is logged in to this machine does not know the key,
 * which is in the link that is printed and goes into a cookie of the browser that opens it.
 */
final class Gate {
    private static final int HTTP = 80;
    private static final int KEY_BYTES = 16;

    private final Set<String> hosts;
    private final String cookie;
    private final String key;

    /**
     * @param port that the server listens at
     * @param key {@link #newKey}
     */
    Gate(int port, String key) {
        this.key = key;
        cookie = "gazecheck-" + port;
        hosts = Stream.of("127.0.0.1", "localhost", "[::1]")
                .flatMap(name -> port == HTTP ? Stream.of(name, name + ":" + port) : Stream.of(name + ":" + port))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Any request: it must be meant for this server by a name that only this machine has. */
    void admit(HttpExchange exchange) throws Refusal {
        if (exchange.getRequestURI().isAbsolute() || exchange.getRequestURI().getRawAuthority() != null) {
            throw new Refusal(400, "expected a path, not a whole address");
        }
        host(exchange.getRequestHeaders());
    }

    /** A random one of 128 bits, in hexadecimal. */
    static String newKey() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** What a link to the page ends with, to be let in. */
    String query() {
        return "key=" + key;
    }

    /** The header that lets a browser in which came by the link. */
    String setCookie() {
        return cookie + "=" + key + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /** Whether a request for the page came by the link. */
    boolean isByLink(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query != null && same(query, query());
    }

    /** Any request but one by the link: of a browser that came by it. */
    void admitKnown(HttpExchange exchange) throws Refusal {
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String each : header.split(";", -1)) {
                if (same(each.strip(), cookie + "=" + key)) {
                    return;
                }
            }
        }
        throw new Refusal(403, "open the link that gazecheck serve printed: it holds the key to this server");
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** A request for verdicts: not on behalf of another origin. */
    void admitReading(HttpExchange exchange) throws Refusal {
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new Refusal(403, "verdicts are for this server's own page only");
        }
    }

    /** A request that writes: of this server's own page. */
    void admitWriting(HttpExchange exchange) throws Refusal {
        Headers headers = exchange.getRequestHeaders();
        String type = headers.getOrDefault("Content-Type", List.of("")).get(0);
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new Refusal(403, "expected Content-Type: application/json");
        }
        List<String> origins = headers.getOrDefault("Origin", List.of());
        if (!origins.equals(List.of("http://" + host(headers)))) {
            throw new Refusal(403, "only this server's own page may write: Origin is not the server's");
        }
        List<String> sites = headers.getOrDefault("Sec-Fetch-Site", List.of("same-origin"));
        if (!sites.equals(List.of("same-origin"))) {
            throw new Refusal(403, "only this server's own page may write: Sec-Fetch-Site is not same-origin");
        }
    }

    private String host(Headers headers) throws Refusal {
        List<String> found = headers.getOrDefault("Host", List.of());
        String host = found.size() == 1 ? found.get(0).strip().toLowerCase(Locale.ROOT) : "";
        if (!hosts.contains(host)) {
            throw new Refusal(403, "this server answers to 127.0.0.1 and localhost only");
        }
        return host;
    }
}
