package org.gazecheck.config;

import java.util.List;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A configuration with mistakes; the message lists all of them, each with file and line. */
public final class ConfigurationException extends GazecheckException {
    private static final long serialVersionUID = 1;

    private final transient List<String> mistakes;

    public ConfigurationException(List<String> mistakes) {
        super(FailureKind.USAGE, String.join(System.lineSeparator(), mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
