package org.gazecheck.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A receiver of notifications about nights.
 *
 * @param url http or https
 * @param headers beside those that are always sent
 * @param signatureKey whose value is the key of the signature (HMAC-SHA-256 over the body), if it is to be signed
 */
public record Webhook(SecretText url, Map<String, SecretText> headers, Optional<SecretText> signatureKey) {
    public Webhook {
        headers = Map.copyOf(headers);
    }

    /** Why nothing could ever be delivered, whatever the server does; the text holds no secret. */
    public Optional<String> problem(Map<String, String> environment) {
        try {
            Message.post(this, new byte[0], environment).request();
            return Optional.empty();
        } catch (Message.UnusableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Environment variables that it needs and that are not set. */
    public List<String> missing(Map<String, String> environment) {
        List<String> missing = new ArrayList<>(url.missing(environment));
        headers.values().forEach(value -> missing.addAll(value.missing(environment)));
        signatureKey.ifPresent(key -> missing.addAll(key.missing(environment)));
        return missing.stream().distinct().sorted().toList();
    }
}
