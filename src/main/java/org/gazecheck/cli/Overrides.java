package org.gazecheck.cli;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.config.ConfigurationException;
import picocli.CommandLine.Option;

/** {@code --set key=value}, for every command. */
final class Overrides {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the configuration (docs/configuration.md); repeatable.")
    private List<String> assignments = new ArrayList<>();

    List<String> all() {
        return List.copyOf(assignments);
    }

    /**
     * All, for a command on which only some sections have an effect.
     *
     * @throws ConfigurationException when there are others
     */
    List<String> only(List<String> sections) throws ConfigurationException {
        List<String> others = assignments.stream()
                .filter(assignment -> !sections.contains(assignment.split("[.=]", 2)[0].strip()))
                .map(assignment ->
                        "--set " + assignment.split("=", 2)[0] + ": has no effect here; this command takes keys of "
                                + String.join(", ", sections) + " (for others: gazecheck run CONFIG --set ...)")
                .toList();
        if (!others.isEmpty()) {
            throw new ConfigurationException(others);
        }
        return all();
    }
}
