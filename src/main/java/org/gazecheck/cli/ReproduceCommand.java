package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gazecheck.io.OwnFile;
import org.gazecheck.pipeline.ComparedFigure;
import org.gazecheck.pipeline.Comparison;
import org.gazecheck.pipeline.Reproduction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "reproduce",
        description =
                "Do a finished run again in a new folder and compare every figure; exit code 1 if one is outside its"
                        + " tolerance.")
final class ReproduceCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "RUN", description = "A finished run folder. It is only read.")
    private Path run;

    @Option(names = "--output", paramLabel = "DIR", description = "The new folder (default: RUN-reproduced).")
    private Path output;

    @Option(names = "--keep-cache", description = "Keep the rows computed on the way (DIR/cache).")
    private boolean keepCache;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        Path recorded = run.toAbsolutePath().normalize();
        Path target = output == null ? recorded.resolveSibling(recorded.getFileName() + "-reproduced") : output;
        if (output == null) {
            OwnFile.require(target);
        }
        List<String> settings = overrides.only(List.of("data", "model", "mitigation", "compute"));
        try (Console console = main.console()) {
            Comparison comparison = Reproduction.of(run, target, settings).run(console.progress(), keepCache);
            tell(comparison, console);
            console.result("run folder: " + target.toAbsolutePath().normalize());
            return (comparison.kept() ? ExitCode.DONE : ExitCode.FAILURE).code();
        }
    }

    private static void tell(Comparison comparison, Console console) {
        console.result(String.format(Locale.ROOT, "%-42s %10s %10s %10s", "figure", "recorded", "here", "tolerance"));
        for (ComparedFigure figure : comparison.figures()) {
            console.result(String.format(
                    Locale.ROOT,
                    "%-42s %10.6f %10.6f %10s%s",
                    figure.name(),
                    figure.recorded(),
                    figure.here(),
                    tolerance(figure.tolerance()),
                    figure.within() ? "" : "  OUTSIDE"));
        }
        if (comparison.sameMachine()) {
            console.result("same program, machine and threads: everything must be equal bit for bit");
        } else {
            console.result("different here, so that figures may differ within their tolerance:");
            comparison.machine().forEach(line -> console.result("  " + line));
        }
        console.result(comparison
                .differing()
                .map(stage -> "first stage whose outputs differ: " + stage)
                .orElse("all outputs are equal bit for bit"));
        console.result(comparison.kept() ? "reproduced" : "NOT reproduced");
    }

    private static String tolerance(double tolerance) {
        return tolerance == 0 ? "equal" : Double.isInfinite(tolerance) ? "none" : "" + tolerance;
    }
}
