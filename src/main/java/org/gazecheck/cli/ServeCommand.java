package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.gazecheck.results.RunFolder;
import org.gazecheck.serve.ReviewServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = "Serve a run's report to browsers on this machine, and keep the verdicts of all reviewers in"
                + " RUN/verdicts.sqlite. Ends with Ctrl-C (docs/review.md).")
final class ServeCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65535;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "RUN", description = "A run folder with its report, such as reports/flowers102.")
    private Path run;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where it listens, at 127.0.0.1 (default: " + ReviewServer.PORT
                    + ", or the next that is free; 0: any that is free). Keep to one: what a page could not send"
                    + " waits in"
                    + " the browser for the same port.")
    private Integer port;

    @Override
    public Integer call() throws Exception {
        if (port != null && (port < 0 || port > LAST_PORT)) {
            throw new ParameterException(spec.commandLine(), "--port is " + port + ", expected 0 to " + LAST_PORT);
        }
        try (ReviewServer server = port == null ? ReviewServer.start(run) : ReviewServer.start(run, port);
                Console console = main.console()) {
            console.result("serving " + run + " at " + server.address());
            console.result("verdicts: " + new RunFolder(run).verdictsDatabase());
            console.result("Ctrl-C ends it");
            return untilInterrupted(console);
        }
    }

    private static int untilInterrupted(Console console) {
        try {
            new CountDownLatch(1).await();
            throw new IllegalStateException("only an interruption ends the waiting");
        } catch (InterruptedException e) {
            console.result("stopped");
            return ExitCode.INTERRUPTED.code();
        }
    }
}
