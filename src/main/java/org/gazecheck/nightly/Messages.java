package org.gazecheck.nightly;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
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

    /** What is wrong that only the end of a night would find. */
    static List<String> mistakes(NightlyConfiguration configuration) {
        List<String> mistakes = new ArrayList<>();
        Path metrics = configuration.notification().metrics();
        if (metrics != null && !metrics.toString().endsWith(".prom")) {
            mistakes.add(
                    "notification.metrics " + metrics + ": the textfile collector reads files that end in .prom only");
        }
        String link = configuration.notification().link();
        if (link != null && !link.matches("https?://[!-~]+")) {
            mistakes.add("notification.link is not a web address: expected such as https://audits.example/");
        }
        try {
            ZoneId.of(configuration.nightly().zone());
        } catch (DateTimeException e) {
            mistakes.add("nightly.zone '" + configuration.nightly().zone()
                    + "' is not a time zone: expected such as UTC or Europe/Berlin");
        }
        return mistakes;
    }

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
        refuse(mistakes);
        return new Messages(tonight, environment, webhooks, pings);
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

    void warnOfMissingSecrets() {
        webhooks.stream()
                .flatMap(hook -> hook.missing(environment).stream())
                .distinct()
                .forEach(name -> tonight.progress()
                        .message("warning: the environment variable " + name
                                + " of notification is not set: it cannot be sent"));
    }

    void started() {
        pings.start().ifPresent(url -> recorded(new Notifier(environment, RetryPolicy.SHORT).ping(url), tonight.id()));
    }

    /** Whether anybody was reached, or nobody is configured. */
    boolean send(NightNotice notice, RetryPolicy policy) {
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
        return notifications.isEmpty() || notifications.stream().anyMatch(Delivery::delivered);
    }

    private void recorded(Delivery delivery, @Nullable String night) {
        tonight.events()
                .append(
                        "notified",
                        night,
                        Map.of(
                                "target", delivery.target(),
                                "delivered", delivery.delivered(),
                                "outcome", delivery.outcome()));
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
