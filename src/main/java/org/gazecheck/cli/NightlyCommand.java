package org.gazecheck.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.gate.SummaryFile;
import org.gazecheck.metric.MetricTable;
import org.gazecheck.nightly.Nightly;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "nightly",
        description = {
            "One night: brings the watched model up to date, puts what arrived through it, compares both with the"
                    + " baseline, applies the gates, and notifies whom the configuration names (docs/nightly.md).",
            "Where nothing is new and nothing has changed it says so and computes nothing."
        })
final class NightlyCommand implements Callable<Integer> {
    private static final Nightly.Failures FAILURES = new Nightly.Failures() {
        @Override
        public int exitCode(Throwable failure) {
            return Failures.exitCode(Failures.unwrapped(failure)).code();
        }

        @Override
        public String message(Throwable failure) {
            return Failures.message(Failures.unwrapped(failure));
        }
    };

    @ParentCommand
    private Main main;

    @Parameters(
            paramLabel = "CONFIG",
            arity = "0..1",
            description = "A configuration of nightly audits, such as config/nightly.yaml.")
    private Path configuration;

    @Option(names = "--check", description = "Only read and check the configuration and its rules.")
    private boolean check;

    @Option(names = "--measures", description = "Print the names that rules can use, and exit.")
    private boolean measures;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        try (Console console = main.console()) {
            if (measures) {
                console.result(MetricTable.text());
                return ExitCode.DONE.code();
            }
            if (configuration == null) {
                console.problem("gazecheck: give a configuration, such as config/nightly.yaml");
                return ExitCode.USAGE.code();
            }
            NightlyConfiguration resolved = ConfigurationReader.nightly(configuration, overrides.all());
            if (check) {
                int rules = Nightly.check(resolved, System.getenv()).gates().size();
                console.result(configuration + " is valid: " + rules + (rules == 1 ? " rule" : " rules"));
                return ExitCode.DONE.code();
            }
            Nightly.Night night =
                    Nightly.run(resolved, System.getenv(), Clock.systemUTC(), console.progress(), FAILURES);
            night.late()
                    .map(SummaryFile::text)
                    .ifPresent(late -> console.result("The night before had notified nobody:\n\n" + late));
            console.result(night.text().stripTrailing());
            if (night.record().leftOut() > 0 && night.folder().isPresent()) {
                console.result("out of time: " + night.record().leftOut()
                        + " images are left for the next night (nightly.minutes)");
            }
            night.folder()
                    .ifPresent(folder ->
                            console.result("night: " + folder.toAbsolutePath().normalize()));
            return night.exitCode();
        }
    }
}
