package org.gazecheck.config;

/** What the report shows. */
public record ReportSettings(
        @Setting(value = "longest side of a thumbnail, in pixels", initial = "224", min = 32, max = 4096) int thumbnail,
        @Setting(
                        value = "most predictions in the gallery; errors come first, then a sample of the"
                                + " correct ones",
                        initial = "10_000",
                        min = 1,
                        max = 1_000_000)
                int galleryImages) {}
