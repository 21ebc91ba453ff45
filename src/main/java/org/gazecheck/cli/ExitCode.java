package org.gazecheck.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command ends with. */
public enum ExitCode {
    DONE(0, "done"),
    FAILURE(1, "failure"),
    USAGE(2, "mistake in the command line or the configuration"),
    GATE(3, "a gate failed"),
    INVALID_DATA(4, "invalid data or weights"),
    LOCKED(5, "another process works in this folder"),
    OUT_OF_TIME(6, "the time budget of a night ended before all new images were looked at"),
    INTERRUPTED(130, "interrupted (SIGINT); the same command continues"),
    TERMINATED(143, "terminated (SIGTERM); the same command continues");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** Codes and meanings for {@code --help}. */
    static Map<String, String> published() {
        Map<String, String> list = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(code -> list.put(Integer.toString(code.code), code.meaning));
        return list;
    }
}
