package org.gazecheck.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request with its secrets filled in.
 *
 * @param target what may be said of its destination
 * @param body null for a GET
 */
record Message(String target, URI uri, Map<String, String> headers, byte @Nullable [] body) {
    private static final Pattern LITERAL_SERVER = Pattern.compile("(?i)(https?)://([A-Za-z0-9.:\\[\\]-]+)(?:[/?#].*)?");

    private static final int HIGHEST_PORT = 65_535;

    /** Why there is no request; the message holds no secret. */
    static final class UnusableException extends Exception {
        UnusableException(String reason) {
            super(reason);
        }
    }

    static Message ping(SecretText url, Map<String, String> environment) throws UnusableException {
        refuseMissing(url.missing(environment));
        return new Message(target(url), uri(url.resolved(environment)), Map.of(), null);
    }

    static Message post(Webhook hook, byte[] json, Map<String, String> environment) throws UnusableException {
        refuseMissing(hook.missing(environment));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        Optional<String> key = hook.signatureKey().map(secret -> secret.resolved(environment));
        if (key.isPresent()) {
            headers.put(Signatures.HEADER, Signatures.of(json, key.get()));
        }
        hook.headers().forEach((name, value) -> headers.put(name, value.resolved(environment)));
        return new Message(target(hook.url()), uri(hook.url().resolved(environment)), headers, json);
    }

    private static void refuseMissing(Iterable<String> names) throws UnusableException {
        String missing = String.join(", ", names);
        if (!missing.isEmpty()) {
            throw new UnusableException("not set in the environment: " + missing);
        }
    }

    /** The server where the configuration says it in clear, else the variables; never a path, which may be the secret. */
    static String target(SecretText url) {
        Matcher server = LITERAL_SERVER.matcher(url.template());
        if (server.matches()) {
            return server.group(1).toLowerCase(Locale.ROOT) + "://" + server.group(2);
        }
        return url.variables().isEmpty() ? "the URL" : "the URL of ${" + String.join("}, ${", url.variables()) + "}";
    }

    private static URI uri(String text) throws UnusableException {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new UnusableException("this is not a URL");
        }
        if (!web(uri)) {
            throw new UnusableException("a URL must begin with https:// or http:// and a server");
        }
        if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            throw new UnusableException("a port lies from 1 to " + HIGHEST_PORT);
        }
        if (uri.getUserInfo() != null) {
            throw new UnusableException("a URL may hold no user or password; set the header Authorization");
        }
        return uri;
    }

    private static boolean web(URI uri) {
        return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null;
    }

    /** Makes the request that would be sent first. */
    HttpRequest request() throws UnusableException {
        return request(uri);
    }

    HttpRequest request(URI at) throws UnusableException {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            try {
                request.setHeader(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                throw new UnusableException("a header has a name or a value that cannot be sent");
            }
        }
        try {
            request.uri(at).setHeader("User-Agent", "gazecheck");
        } catch (IllegalArgumentException e) {
            throw new UnusableException("this is not a URL");
        }
        return (body == null ? request.GET() : request.POST(HttpRequest.BodyPublishers.ofByteArray(body))).build();
    }

    /**
     * Where a redirect leads, if it stays at the server: the same host and port, or from http to https at the usual ports.
     */
    static Optional<URI> redirected(URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!web(to) || !to.getHost().equalsIgnoreCase(from.getHost()) || to.getUserInfo() != null) {
            return Optional.empty();
        }
        boolean same = to.getScheme().equalsIgnoreCase(from.getScheme()) && port(to) == port(from);
        boolean upgrade = port(from) == 80 && port(to) == 443;
        return same || upgrade ? Optional.of(to) : Optional.empty();
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return "a message to " + target;
    }
}
