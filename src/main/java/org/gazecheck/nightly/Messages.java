package org.gazecheck.nightly;

import org.jspecify.annotations.Nullable;
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
import org.gazecheck.notify.NightOutcome;
import org.gazecheck.notify.SecretText;
import org.gazecheck.notify.Webhook;

/** From the configuration to where messages go, and from exit codes to what they say. */
final class Messages {
    private Messages() {}

    /** @throws ConfigurationException when something is wrong that only the end of a night would find */
    static void check(NightlyConfiguration configuration) throws ConfigurationException {
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
                    + "' is not a time zone: expected such as UTC or" + " Europe/Berlin");
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
    }

    /** @throws ConfigurationException with all mistakes in addresses and header fields */
    static List<Webhook> webhooks(NightlyConfiguration.Notification notification) throws ConfigurationException {
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
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
        return webhooks;
    }

    /** @throws ConfigurationException with all mistakes in addresses */
    static DeadMansSwitch pings(NightlyConfiguration.Notification notification) throws ConfigurationException {
        List<String> mistakes = new ArrayList<>();
        DeadMansSwitch pings = new DeadMansSwitch(
                secret("notification.pingStart", notification.pingStart(), mistakes),
                secret("notification.pingSuccess", notification.pingSuccess(), mistakes),
                secret("notification.pingFailure", notification.pingFailure(), mistakes));
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
        return pings;
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

    /** What an exit code means for the night. */
    static NightOutcome outcome(int exitCode) {
        return switch (exitCode) {
            case 2 -> NightOutcome.MISCONFIGURED;
            case 4 -> NightOutcome.INVALID_DATA;
            case 5 -> NightOutcome.LOCKED;
            case 130, 143 -> NightOutcome.INTERRUPTED;
            default -> NightOutcome.FAILURE;
        };
    }

    /** A message from files in Markdown: no markup, mention or link. */
    static String escaped(String text) {
        return "`" + text.replaceAll("\\p{Cntrl}", " ").replace('`', '\'') + "`";
    }
}
