package org.gazecheck.config;

import java.nio.file.Path;
import java.util.List;
import org.gazecheck.results.Split;
import org.jspecify.annotations.Nullable;

/** Which images. */
public record DataSettings(
        @Setting("the official Oxford Flowers 102 files, any folder of images, a table, or drawn flowers")
                Source source,
        @Setting("where the images lie, or are downloaded to, or are drawn to") Path dir,
        @Setting(
                        value = "folder of masks under the images' relative paths; docs/data.md says how they are read",
                        initial = "null")
                @Nullable
                Path masks,
        @Setting(
                        value = "what images without a mask do where data.masks is given: stop the run (those of train"
                                + " never do), have it estimated, or be left out of what needs masks",
                        initial = "stop")
                MissingMasks missingMasks,
        @Setting(value = "table with the columns file, label, split; for source csv", initial = "null") @Nullable
                Path file,
        @Setting(value = "whether missing official files are fetched; for source flowers102", initial = "true")
                boolean download,
        @Setting(value = "splits whose absent images are counted and left out", initial = "[]")
                List<Split> allowMissing,
        @Setting(value = "what an unreadable image does: stop the run, or be left out and counted", initial = "stop")
                Invalid invalid,
        @Setting(
                        value = "largest image that is decoded, in pixels",
                        initial = "100_000_000",
                        min = 1,
                        max = 1_000_000_000)
                long maxPixels,
        @Setting(
                        value =
                                "share of a class that goes to val; for a folder without splits, and of train where there is no val",
                        initial = "0.15",
                        min = 0,
                        max = 1,
                        below = true)
                double valShare,
        @Setting(
                        value = "share of a class that goes to test; for a folder without splits",
                        initial = "0.15",
                        min = 0,
                        max = 1)
                double testShare,
        @Setting("images that are drawn; for source demo") Drawn drawn) {

    /** Where images come from. */
    public enum Source {
        FLOWERS102,
        FOLDER,
        CSV,
        DEMO
    }

    /** What invalid images do. */
    public enum Invalid {
        STOP,
        LEAVE_OUT
    }

    /** What images without a mask do, where masks are given. */
    public enum MissingMasks {
        STOP,
        ESTIMATE,
        LEAVE_OUT
    }

    /** Images of the drawn demo set. */
    public record Drawn(
            @Setting(value = "images a class in train", initial = "60", min = 1, max = 10_000) int train,
            @Setting(value = "images a class in val", initial = "20", min = 1, max = 10_000) int val,
            @Setting(value = "images a class in test", initial = "40", min = 1, max = 10_000) int test,
            @Setting(value = "side in pixels", initial = "128", min = 32, max = 1024) int size) {}
}
