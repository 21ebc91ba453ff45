package org.gazecheck.config;

/** What must be reviewed before a run is accepted. */
public record ReviewSettings(
        @Setting(
                        value = "errors, drawn from test, then from val; all where there are fewer",
                        initial = "30",
                        min = 0,
                        max = 100_000)
                int errors,
        @Setting(
                        value = "correct predictions, drawn from test, then from val; all where there are fewer",
                        initial = "20",
                        min = 0,
                        max = 100_000)
                int correct) {}
