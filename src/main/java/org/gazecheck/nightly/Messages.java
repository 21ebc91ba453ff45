package org.gazecheck.nightly;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.notify.DeadMansSwitch;
import org.gazecheck.notify.Delivery;
import org.gazecheck.notify.NightNotice;
import org.gazecheck.notify.Notifier;
import org.gazecheck.notify.RetryPolicy;
import org.gazecheck.notify.SecretText;
import org.gazecheck.notify.Webhook;
import org.jspecify.annotations.Nullable;

/** Where messages of a night go, and what they say. */
record Messages(Tonight tonight, Map<String, String> environment, List<Webhook> webhooks, DeadMansSwitch pings) {

    static void refuse(List<String> mistakes) throws ConfigurationException {
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
    }

    /** @throws ConfigurationException with all mistakes in addresses and header fields */
    static Messages of(Tonight tonight, Map<String, String> environment) throws ConfigurationException {
        NightlyConfiguration.Notification notification = tonight.configuration().notification();
        List<String> mistakes = new ArrayList<>();
        Map<String, SecretText> headers = new HashMap<>();
        for (String header : notification.headers()) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                mistakes.add("notification.headers: entry "
                        + (1 + notification.headers().indexOf(header))
                        + " is not a header field, expected NAME: VALUE");
                continue;
            }
            secret("notification.headers", header.substring(colon + 1).strip(), mistakes)
                    .ifPresent(value -> headers.put(header.substring(0, colon).strip(), value));
        }
        Optional<SecretText> key = secret("notification.signatureKey", notification.signatureKey(), mistakes);
        List<Webhook> webhooks = new ArrayList<>();
        for (String url : notification.webhooks()) {
            secret("notification.webhooks", url, mistakes)
                    .ifPresent(text -> webhooks.add(new Webhook(text, headers, key)));
        }
        DeadMansSwitch pings = new DeadMansSwitch(
                secret("notification.pingStart", notification.pingStart(), mistakes),
                secret("notification.pingSuccess", notification.pingSuccess(), mistakes),
                secret("notification.pingFailure", notification.pingFailure(), mistakes));
        boolean understood = mistakes.isEmpty();
        for (int i = 0; i < webhooks.size() && understood; i++) {
            String entry = "notification.webhooks, entry " + (i + 1) + ": ";
            webhooks.get(i).problem(environment).ifPresent(problem -> mistakes.add(entry + problem));
        }
        undeliverable("pingStart", pings.start(), environment, mistakes);
        undeliverable("pingSuccess", pings.success(), environment, mistakes);
        undeliverable("pingFailure", pings.failure(), environment, mistakes);
        refuse(mistakes);
        return new Messages(tonight, environment, webhooks, pings);
    }

    private static void undeliverable(
            String key, Optional<SecretText> url, Map<String, String> environment, List<String> mistakes) {
        url.flatMap(text -> text.problem(environment))
                .ifPresent(problem -> mistakes.add("notification." + key + ": " + problem));
    }

    private static Optional<SecretText> secret(String key, @Nullable String text, List<String> mistakes) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretText.of(text));
        } catch (IllegalArgumentException e) {
            mistakes.add(key + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** How many could not be called. */
    int started() {
        return (int) pings.start().stream()
                .map(url -> recorded(new Notifier(environment, RetryPolicy.SHORT).ping(url), tonight.id()))
                .filter(delivery -> !delivery.delivered())
                .count();
    }

    /**
     * What became of a notification.
     *
     * @param reached whether anybody was reached, or nobody is configured
     * @param undelivered of each message that was not delivered what and why
     */
    record Sent(boolean reached, List<String> undelivered) {}

    Sent send(NightNotice notice, RetryPolicy policy) {
        Notifier notifier = new Notifier(environment, policy);
        List<Delivery> posts = notifier.post(webhooks, notice.json());
        List<Delivery> deliveries = new ArrayList<>(posts);
        pings.ended(notice.exitCode()).ifPresent(url -> deliveries.add(notifier.ping(url)));
        deliveries.forEach(delivery -> recorded(delivery, notice.run()));
        String outcome = notice.outcome().text();
        tonight.events()
                .append(
                        "night-ended",
                        notice.run(),
                        Map.of("outcome", outcome, "exitCode", notice.exitCode(), "alerts", notice.alerts()));
        List<Delivery> notifications = posts.isEmpty() ? deliveries : posts;
        return new Sent(
                notifications.isEmpty() || notifications.stream().anyMatch(Delivery::delivered),
                deliveries.stream()
                        .filter(delivery -> !delivery.delivered())
                        .map(Delivery::text)
                        .toList());
    }

    private Delivery recorded(Delivery delivery, @Nullable String night) {
        tonight.events()
                .append(
                        "notified",
                        night,
                        Map.of(
                                "target", delivery.target(),
                                "delivered", delivery.delivered(),
                                "outcome", delivery.outcome()));
        return delivery;
    }

    /** Where people find a folder of the folder of nights. */
    String link(String folder) {
        return Optional.ofNullable(tonight.configuration().notification().link())
                .map(base -> URI.create(base.endsWith("/") ? base : base + "/").resolve(folder + "/"))
                .map(URI::toString)
                .orElse(tonight.nights()
                        .root()
                        .resolve(folder)
                        .toAbsolutePath()
                        .normalize()
                        .toString());
    }

    /** A message from files in Markdown: no markup, mention or link. */
    static String escaped(String text) {
        return "`" + text.replaceAll("\\p{Cntrl}", " ").replace('`', '\'') + "`";
    }
}
