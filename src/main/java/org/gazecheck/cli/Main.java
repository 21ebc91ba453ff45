package org.gazecheck.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.gazecheck.config.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
        name = "gazecheck",
        description = "Fine-tunes image classifiers and audits where they look.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            PrepareCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            AuditCommand.class,
            ReportCommand.class,
            ExplainCommand.class,
            LayersCommand.class,
            PredictCommand.class,
            MitigateCommand.class,
            ReproduceCommand.class,
            ReviewCommand.class,
            ServeCommand.class,
            HistoryCommand.class,
            BaselineCommand.class,
            CompareCommand.class,
            NightlyCommand.class,
            GateCommand.class,
            AckCommand.class,
            StatusCommand.class,
            ConfigCommand.class,
            CacheCommand.class,
            CommandLine.HelpCommand.class
        },
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        version = "gazecheck 0.1.0",
        usageHelpAutoWidth = true)
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show what is logged, and stack traces of failures.")
    private boolean verbose;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Show results and errors only.")
    private boolean quiet;

    private final PrintWriter out;
    private final PrintWriter err;

    private Main(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Entry of the program: ends the virtual machine with the command's exit code. */
    public static void main(String[] args) {
        Interruption interruption = Interruption.ofThisThread(System::exit);
        int code = execute(args);
        interruption.done();
        System.exit(code);
    }

    /** Runs a command on the standard streams and returns its exit code. */
    public static int execute(String... args) {
        return execute(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args);
    }

    static int execute(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main(out, err);
        CommandLine line = new CommandLine(main)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> main.failed(failure));
        line.setParameterExceptionHandler((mistake, arguments) -> usageMistake(err, mistake));
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.published());
        try {
            return line.execute(args);
        } catch (OutOfMemoryError | LinkageError | StackOverflowError e) {
            return main.failed(e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Without a command: help. */
    @Override
    public void run() {
        spec.commandLine().usage(out);
    }

    /** The console of the command under way; close it when the command ends. */
    Console console() {
        boolean terminal = Boolean.getBoolean("gazecheck.terminal");
        int columns = Math.max(20, Integer.getInteger("gazecheck.columns", 80));
        return new Console(out, new ConsoleProgress(err, terminal, columns, System::nanoTime), quiet, verbose);
    }

    private static int usageMistake(PrintWriter err, ParameterException mistake) {
        err.println("gazecheck: " + mistake.getMessage());
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            Map<String, CommandLine> commands = mistake.getCommandLine().getSubcommands();
            Suggestion.nearest(unmatched.getUnmatched().get(0), commands.keySet())
                    .ifPresent(meant -> err.println("Did you mean " + meant + "?"));
        }
        String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
        err.println("Try " + command + " --help");
        return ExitCode.USAGE.code();
    }

    private int failed(Throwable failure) {
        Throwable cause = Failures.unwrapped(failure);
        err.println("gazecheck: " + Failures.message(cause));
        if (verbose) {
            failure.printStackTrace(err);
        }
        return Failures.exitCode(cause).code();
    }
}
