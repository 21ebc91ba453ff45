package org.gazecheck.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "baseline",
        description = "Which run others are compared with: one that is set, otherwise the last whose gates passed"
                + " and that was not rejected.",
        subcommands = {BaselineSetCommand.class, BaselineShowCommand.class, BaselineClearCommand.class})
final class BaselineCommand implements Runnable {
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
}
