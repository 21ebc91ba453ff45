package org.gazecheck.notify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of the configuration with secrets that stand in the environment: {@code https://example.org/${TOKEN}}. It is
 * resolved where it is sent, and nowhere else; nothing prints what it resolves to.
 */
public final class SecretText {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final String template;

    private SecretText(String template) {
        this.template = template;
    }

    /** @throws IllegalArgumentException where a <code>${</code> is no reference to a variable */
    public static SecretText of(String template) {
        int open = REFERENCE.matcher(template).replaceAll("").indexOf("${");
        if (open >= 0) {
            throw new IllegalArgumentException(
                    "'${' begins the name of an environment variable, such as ${TOKEN}: letters, digits and _, then '}'");
        }
        return new SecretText(template);
    }

    /** The environment variables that it refers to, in order. */
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        Matcher reference = REFERENCE.matcher(template);
        while (reference.find()) {
            names.add(reference.group(1));
        }
        return names;
    }

    /** Those of its variables that are not set, or empty. */
    public List<String> missing(Map<String, String> environment) {
        return new ArrayList<>(variables())
                .stream()
                        .filter(name -> environment.getOrDefault(name, "").isEmpty())
                        .toList();
    }

    /** Why it could never be called as a web address, whatever the server does; the text holds no secret. */
    public Optional<String> problem(Map<String, String> environment) {
        try {
            Message.ping(this, environment).request();
            return Optional.empty();
        } catch (Message.UnusableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** With the values of its variables; none may be {@link #missing}. Line ends around values are left out. */
    String resolved(Map<String, String> environment) {
        return REFERENCE
                .matcher(template)
                .replaceAll(reference -> Matcher.quoteReplacement(
                        environment.getOrDefault(reference.group(1), "").strip()));
    }

    /** As the configuration has it. */
    String template() {
        return template;
    }

    /** The names of its variables: even what the configuration says in clear may be a secret. */
    @Override
    public String toString() {
        return "a text with " + variables();
    }
}
