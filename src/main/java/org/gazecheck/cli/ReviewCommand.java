package org.gazecheck.cli;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.io.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "review",
        description = "Work with reviewers' verdicts on a run: merge them, correct labels by them, sign the run.",
        subcommands = {
            ReviewMergeCommand.class,
            ReviewShowCommand.class,
            ReviewLabelsCommand.class,
            ReviewSignCommand.class
        })
final class ReviewCommand implements Runnable {
    private static final int SHOWN = 20;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    /** Without a command: help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    Main main() {
        return main;
    }

    /** The first twenty, indented, a line each whatever they hold, then how many more there are. */
    static List<String> shortened(List<String> items) {
        List<String> lines = new ArrayList<>();
        items.stream().limit(SHOWN).forEach(item -> lines.add("  " + Printable.of(item)));
        if (items.size() > SHOWN) {
            lines.add("  ... and " + (items.size() - SHOWN) + " more");
        }
        return lines;
    }
}
