package org.gazecheck.config;

import java.nio.file.Path;

/** Where computed rows are kept from run to run. */
public record CacheSettings(
        @Setting(
                        value = "the store; may be deleted at any time, may be shared by configurations",
                        initial = "data/cache")
                Path dir,
        @Setting(
                        value = "how much the store may hold: beyond it the least recently used rows go, never"
                                + " those"
                                + " of running work",
                        initial = "20 GB",
                        min = 1e6,
                        max = 1e15,
                        bytes = true)
                long maxSize) {}
