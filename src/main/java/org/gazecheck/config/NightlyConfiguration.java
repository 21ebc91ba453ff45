package org.gazecheck.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of nightly audits, resolved: defaults filled in, paths as given (relative to the working directory). Sections
 * are never null. People read the keys in {@code docs/configuration.md}.
 */
public record NightlyConfiguration(
        @Setting(
                        value = "name of the audits, in messages and metrics: the file's name without ending where"
                                + " none is given",
                        initial = Setting.NAME)
                String name,
        @Setting("what is watched, and when it ends") Nightly nightly,
        @Setting("rules that a night must meet; docs/gates.md has their grammar") Gates gates,
        @Setting("who is notified of a night; ${NAME} stands for an environment variable") Notification notification,
        @Setting("where results go") Output output) {

    /** What is watched. */
    public record Nightly(
            @Setting("the model that is watched: the configuration of its run (.yaml), which is brought up to date"
                            + " first and made where it is not there, or the folder of a finished run")
                    Path run,
            @Setting(
                            value = "folder into which images arrive, folders in it included; the name of the folder in"
                                    + " which one lies is its label where the model has such a class",
                            initial = "null")
                    @Nullable
                    Path incoming,
            @Setting(
                            value = "whether links in that folder are followed, wherever they lead; otherwise each is"
                                    + " counted as refused",
                            initial = "false")
                    boolean followLinks,
            @Setting(
                            value = "what nights are compared with, unless a person set a night (gazecheck baseline"
                                    + " set): passed: the last night whose gates passed, and whose run was not"
                                    + " rejected; set: nothing",
                            initial = "passed")
                    Baseline baseline,
            @Setting(
                            value = "folders of nights that are kept; the baseline's, the last night's whose gates"
                                    + " passed and the last whole night's always are",
                            initial = "30",
                            min = 1,
                            max = 100_000)
                    int keep,
            @Setting(
                            value =
                                    "hours after which gazecheck status reports the last night whose gates passed as too old",
                            initial = "26",
                            min = 0,
                            above = true,
                            max = 10_000)
                    double maxAge,
            @Setting(
                            value = "minutes after which a night postpones the new images that remain (exit code 6);"
                                    + " 0: no limit",
                            initial = "0",
                            min = 0,
                            max = 100_000)
                    double minutes,
            @Setting(value = "time zone in which times are shown to people", initial = "UTC") String zone,
            @Setting(value = "seed that every random number of comparisons derives from", initial = "1") long seed) {}

    /** What nights are compared with where nobody has set anything. */
    public enum Baseline {
        PASSED,
        SET
    }

    /** Rules. */
    public record Gates(
            @Setting(value = "rules that alert when they do not hold (exit code 3)", initial = "[]") List<String> fail,
            @Setting(value = "rules that are listed when they do not hold", initial = "[]") List<String> warn,
            @Setting(
                            value = "chance of a false alarm that all rules together may have in a night",
                            initial = "0.01",
                            min = 0,
                            above = true,
                            max = 0.5)
                    double falseAlarms) {}

    /** Who is notified. */
    public record Notification(
            @Setting(value = "web addresses that get a JSON message after every night", initial = "[]")
                    List<String> webhooks,
            @Setting(value = "header fields of these messages, each NAME: VALUE", initial = "[]") List<String> headers,
            @Setting(
                            value = "key of the messages' signature, such as ${GAZECHECK_WEBHOOK_KEY}; null: not"
                                    + " signed",
                            initial = "null")
                    @Nullable
                    String signatureKey,
            @Setting(value = "address that is called when a night begins", initial = "null") @Nullable String pingStart,
            @Setting(value = "address that is called when a night ended with exit code 0", initial = "null") @Nullable
                    String pingSuccess,
            @Setting(value = "address that is called when a night ended otherwise", initial = "null") @Nullable
                    String pingFailure,
            @Setting(
                            value = "file for the node exporter's textfile collector (.prom); null: metrics.prom in"
                                    + " output.dir",
                            initial = "null")
                    @Nullable
                    Path metrics,
            @Setting(
                            value = "web address under which people find output.dir, for links in messages; null:"
                                    + " its path",
                            initial = "null")
                    @Nullable
                    String link) {}

    /** Where results go. */
    public record Output(
            @Setting(value = "folder of the nights, their history and index.html", initial = "reports") Path dir) {}
}
