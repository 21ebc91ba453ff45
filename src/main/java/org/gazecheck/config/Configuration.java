package org.gazecheck.config;

/**
 * All settings of a run, resolved: defaults filled in, paths as given (relative to the working directory).
 * Sections are never null. What each component means, its default and its range stand in its {@link Setting}; people
 * read them in {@code docs/configuration.md}.
 */
public record Configuration(
        @Setting(
                        value = "name of the job, for titles and the default run folder: the file's name without"
                                + " ending",
                        initial = Setting.NAME)
                String name,
        @Setting("which images") DataSettings data,
        @Setting("which network") ModelSettings model,
        @Setting("a network that others trained, audited as it is: with one, nothing is trained")
                ExternalSettings external,
        @Setting("how it is trained") TrainSettings train,
        @Setting("which run it mends, where it mends one") MitigationSettings mitigation,
        @Setting("how it is evaluated") EvaluateSettings evaluate,
        @Setting("how its heatmaps and data are audited") AuditSettings audit,
        @Setting("what the report shows") ReportSettings report,
        @Setting("what must be reviewed before a run is accepted, beside every finding of high severity")
                ReviewSettings review,
        @Setting("where results go") OutputSettings output,
        @Setting("where computed rows are kept from run to run") CacheSettings cache,
        @Setting("what computes") ComputeSettings compute,
        @Setting(value = "seed that every random number derives from", initial = "1") long seed,
        @Setting("figures that the run is compared with") ExpectSettings expect) {}
