package org.gazecheck.config;

import java.util.List;

/** A configuration with mistakes; the message lists all of them, each with file and line. */
public final class ConfigurationException extends Exception {
    private final transient List<String> mistakes;

    public ConfigurationException(List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
