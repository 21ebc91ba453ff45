package org.gazecheck.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.nightly.Nightly;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "status",
        description =
                "Show when the last night was whose gates passed; exit code 1 when that is longer ago than nightly.maxAge, or never.")
final class StatusCommand implements Callable<Integer> {
    private static final double SECONDS_AN_HOUR = 3600;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "CONFIG", description = "A configuration of nightly audits, such as config/nightly.yaml.")
    private Path configuration;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        NightlyConfiguration resolved = ConfigurationReader.nightly(configuration, overrides.all());
        DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ROOT)
                .withZone(ZoneId.of(resolved.nightly().zone()));
        Instant now = Instant.now();
        Optional<RecordedRun> last = Nightly.lastGood(resolved, now);
        try (Console console = main.console()) {
            if (last.isEmpty()) {
                console.result("no night that passed in " + resolved.output().dir() + " yet");
                return ExitCode.FAILURE.code();
            }
            double hours = Duration.between(last.get().ended(), now).toSeconds() / SECONDS_AN_HOUR;
            boolean late = hours > resolved.nightly().maxAge();
            console.result(String.format(
                    Locale.ROOT,
                    "last night that passed: %s, ended %s, %.1f hours ago%s",
                    last.get().id(),
                    time.format(last.get().ended()),
                    hours,
                    late ? ", which is more than nightly.maxAge" : ""));
            return late ? ExitCode.FAILURE.code() : ExitCode.DONE.code();
        }
    }
}
