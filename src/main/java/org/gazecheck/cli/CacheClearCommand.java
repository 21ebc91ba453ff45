package org.gazecheck.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gazecheck.store.Store;
import org.gazecheck.store.StoredTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "clear",
        description =
                "Remove cached rows that no run is using; a later run computes again what it needs of them. Without"
                        + " --yes: list what would be removed.")
final class CacheClearCommand implements Callable<Integer> {
    @ParentCommand
    private CacheCommand cache;

    @Mixin
    private CacheFolder folder;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only rows of this kind, such as activations; repeatable.")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            converter = Age.class,
            description = "Only rows last used longer ago than this: 12h, 30d, 8w.")
    private Duration age = Duration.ZERO;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        Path dir = folder.existing();
        Instant before = Instant.now().minus(age);
        List<String> lines = new ArrayList<>();
        long bytes = 0;
        for (StoredTable table : new Store(dir).tables()) {
            if (!chosen(table, before)) {
                continue;
            }
            if (table.inUse()) {
                lines.add("in use, stays: " + described(table));
            } else if (yes) {
                bytes += table.remove(Long.MAX_VALUE);
            } else {
                bytes += table.bytes();
                lines.add("would go: " + described(table));
            }
        }
        String sum = CacheCommand.size(bytes);
        lines.add(yes ? "removed " + sum + " from " + dir : sum + " would go from " + dir + ": add --yes to remove it");
        try (Console console = cache.main().console()) {
            console.result(String.join("\n", lines));
        }
        return ExitCode.DONE.code();
    }

    private boolean chosen(StoredTable table, Instant before) {
        return (kinds.isEmpty() || kinds.contains(table.kind())) && table.used().isBefore(before);
    }

    private static String described(StoredTable table) throws Exception {
        return table.kind() + ", " + table.rows() + " rows, " + CacheCommand.size(table.bytes());
    }

    /** A number of hours, days or weeks. */
    static final class Age implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("\\d{1,5}[hdw]")) {
                throw new TypeConversionException("'" + text + "' is not an age such as 12h, 30d or 8w");
            }
            long count = Long.parseLong(text.substring(0, text.length() - 1));
            return switch (text.charAt(text.length() - 1)) {
                case 'h' -> Duration.ofHours(count);
                case 'd' -> Duration.ofDays(count);
                default -> Duration.ofDays(7 * count);
            };
        }
    }
}
