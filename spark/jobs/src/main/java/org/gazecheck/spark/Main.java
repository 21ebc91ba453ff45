package org.gazecheck.spark;

import org.apache.spark.sql.SparkSession;
import org.gazecheck.cli.ExitCode;
import org.gazecheck.cli.Failures;
import org.gazecheck.config.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** The command line of the driver: {@code spark-submit --class org.gazecheck.spark.Main ... pack CONFIG}. */
@Command(
        name = "gazecheck-spark",
        description = "Computes Gazecheck's rows on a Spark cluster.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT)
public final class Main implements Runnable {
    private final CommandLine line = new CommandLine(this);

    private Main() {
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
    }

    /** Ends the virtual machine with the exit code that the single machine's command has. */
    public static void main(String[] arguments) {
        System.exit(new Main().line.execute(arguments));
    }

    /** Without a command: help. */
    @Override
    public void run() {
        line.usage(System.out);
    }

    /** What is done with a session. */
    private interface Work {
        void with(SparkSession spark, Configuration configuration, RowFolder rows, JobProgress progress)
                throws Exception;
    }

    private static int done(JobOptions options, Work work) throws Exception {
        Configuration configuration = options.configuration();
        try (SparkSession spark = Sessions.open("gazecheck " + configuration.name())) {
            work.with(spark, configuration, RowFolder.of(spark, options.rows(configuration)), new JobProgress());
        }
        return ExitCode.DONE.code();
    }

    @Command(
            name = "pack",
            description = "Images, labels and masks to Parquet; every image is decoded and checked once.")
    private int pack(@Mixin JobOptions options) throws Exception {
        return done(options, (spark, configuration, rows, progress) -> new Packing(spark, configuration, rows, progress)
                .pack(options.imagesInFile()));
    }

    @Command(name = "score", description = "Logits, maps and features of the packed images, where they are missing.")
    private int score(@Mixin JobOptions options) throws Exception {
        return done(options, (spark, configuration, rows, progress) -> new Scoring(spark, configuration, rows, progress)
                .score(options.imagesInWave()));
    }

    @Command(
            name = "audit",
            description =
                    "Masks, properties, scenes, hashes and localisation of the packed images, where they are missing;"
                            + " collected, then what the network says of counterfactual images.")
    private int audit(@Mixin JobOptions options) throws Exception {
        return done(
                options, (spark, configuration, rows, progress) -> new Auditing(spark, configuration, rows, progress)
                        .audit(options.imagesInWave()));
    }

    @Command(
            name = "collect",
            description = "Rows into the single machine's store: its own commands then take them as computed.")
    private int collect(@Mixin JobOptions options) throws Exception {
        return done(
                options, (spark, configuration, rows, progress) -> new Collecting(spark, configuration, rows, progress)
                        .collect());
    }

    @Command(name = "run", description = "Pack, score, audit and collect, in one application.")
    private int run(@Mixin JobOptions options) throws Exception {
        return done(options, (spark, configuration, rows, progress) -> {
            new Packing(spark, configuration, rows, progress).pack(options.imagesInFile());
            new Scoring(spark, configuration, rows, progress).score(options.imagesInWave());
            if (!new Auditing(spark, configuration, rows, progress).audit(options.imagesInWave())) {
                new Collecting(spark, configuration, rows, progress).collect();
            }
        });
    }

    private static int failed(Exception failure) {
        Throwable cause = Failures.unwrapped(failure);
        System.err.println("gazecheck-spark: " + Failures.message(cause));
        if (Failures.exitCode(cause) == ExitCode.FAILURE) {
            failure.printStackTrace();
        }
        return Failures.exitCode(cause).code();
    }
}
