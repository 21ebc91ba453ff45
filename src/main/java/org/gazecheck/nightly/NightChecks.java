package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.gate.Gates;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;

/** What is wrong with a configuration that a night would find too late, or never. */
record NightChecks(NightlyConfiguration configuration) {
    /**
     * Before a night: nothing is done where anything of this is wrong.
     *
     * @throws ConfigurationException with all mistakes
     */
    void refuse() throws IOException {
        List<String> mistakes = settings();
        if (isRun()) {
            mistakes.addAll(NightFolders.of(configuration).mistakes());
        }
        Messages.refuse(mistakes);
    }

    /**
     * By day: likewise whether everything is there, and whether rules name classes that the watched run has.
     *
     * @throws ConfigurationException with all mistakes
     */
    void refuseByDay(Tonight tonight, Map<String, String> environment) throws IOException {
        List<String> mistakes = settings();
        mistakes.addAll(unwatched(tonight.gates()));
        NightlyConfiguration.Nightly nightly = configuration.nightly();
        if (!Files.exists(nightly.run())) {
            mistakes.add("nightly.run " + nightly.run()
                    + " is not there: set it to a configuration file, or to the folder of a finished run");
        } else if (isRun()) {
            try {
                NightFolders folders = NightFolders.of(configuration);
                mistakes.addAll(folders.mistakes());
                RunFolder run = new RunFolder(folders.run());
                if (Files.isRegularFile(run.manifest())) {
                    mistakes.addAll(unknownSubjects(tonight, ManifestFile.read(run.manifest())));
                }
            } catch (ConfigurationException e) {
                mistakes.addAll(e.mistakes());
            }
        } else {
            mistakes.add(notARun(nightly.run()));
        }
        Path incoming = nightly.incoming();
        if (incoming != null && !Files.isDirectory(incoming)) {
            mistakes.add(
                    "nightly.incoming " + incoming + " is not a folder: set it to the one into which images arrive");
        }
        try {
            Messages.of(tonight, environment);
        } catch (ConfigurationException e) {
            mistakes.addAll(e.mistakes());
        }
        Messages.refuse(mistakes);
    }

    /** @throws ConfigurationException when rules are about images that arrive, and no folder is watched into which they would */
    void refuseUnwatched(Gates gates) throws ConfigurationException {
        Messages.refuse(unwatched(gates));
    }

    private List<String> unwatched(Gates gates) {
        List<String> rules = gates.aboutArrivals();
        return configuration.nightly().incoming() != null || rules.isEmpty()
                ? List.of()
                : List.of("nightly.incoming is not set, so that rules about new images could never fail ("
                        + String.join("; ", rules)
                        + "): set it to the folder into which images arrive, or remove these rules");
    }

    /** Rules about findings of classes that the watched run does not have. */
    static List<String> unknownSubjects(Tonight tonight, RunManifest run) {
        return tonight.gates().unknownSubjects(run.classes());
    }

    static String notARun(Path given) {
        return "nightly.run " + given
                + " is neither a configuration file nor the folder of a finished run (gazecheck run)";
    }

    private boolean isRun() {
        Path run = configuration.nightly().run();
        return Files.isRegularFile(run) || Files.isRegularFile(new RunFolder(run).configuration());
    }

    private List<String> settings() {
        List<String> mistakes = new ArrayList<>();
        NightlyConfiguration.Gates gates = configuration.gates();
        if (gates.fail().isEmpty() && gates.warn().isEmpty()) {
            mistakes.add(
                    "gates.fail and gates.warn have no rule: nothing would ever alert; docs/gates.md says what a rule"
                            + " may be, config/nightly-demo.yaml has some");
        }
        Path metrics = configuration.notification().metrics();
        if (metrics != null && !metrics.toString().endsWith(".prom")) {
            mistakes.add(
                    "notification.metrics " + metrics + ": the textfile collector reads files that end in .prom only");
        }
        String link = configuration.notification().link();
        if (link != null && !link.matches("https?://[!-~]+")) {
            mistakes.add("notification.link is not a web address: expected such as https://audits.example/");
        }
        try {
            ZoneId.of(configuration.nightly().zone());
        } catch (DateTimeException e) {
            mistakes.add("nightly.zone '" + configuration.nightly().zone()
                    + "' is not a time zone: expected such as UTC or Europe/Berlin");
        }
        return mistakes;
    }
}
