package org.gazecheck.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gazecheck.store.Store;
import org.gazecheck.store.StoredTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "cache",
        description = "Show the rows that are cached from run to run (cache.dir): kind, number, size, last use.",
        subcommands = CacheClearCommand.class)
final class CacheCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    @ParentCommand
    private Main main;

    @Mixin
    private CacheFolder folder;

    @Override
    public Integer call() throws Exception {
        Path dir = folder.existing();
        try (Console console = main.console()) {
            console.result(text(dir, new Store(dir).tables(), ZoneId.systemDefault()));
        }
        return ExitCode.DONE.code();
    }

    Main main() {
        return main;
    }

    /** Tables with a line of figures and a line of words each, the least recently used first, then their sum. */
    static String text(Path dir, List<StoredTable> tables, ZoneId zone) throws Exception {
        if (tables.isEmpty()) {
            return "nothing is kept in " + dir;
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-14s %10s %10s  %-16s  %s", "kind", "rows", "size", "last used", "in use"));
        long bytes = 0;
        for (StoredTable table : tables) {
            Instant used = table.used().truncatedTo(ChronoUnit.MINUTES);
            lines.add(String.format(
                            Locale.ROOT,
                            "%-14s %10d %10s  %-16s  %s",
                            table.kind(),
                            table.rows(),
                            size(table.bytes()),
                            TIME.withZone(zone).format(used),
                            table.inUse() ? "yes" : "")
                    .stripTrailing());
            lines.add("  " + table.context().map(CacheCommand::words).orElse(""));
            bytes += table.bytes();
        }
        lines.add(size(bytes) + " in " + dir);
        return String.join("\n", lines);
    }

    /** A context without what only the program needs, hashes shortened. */
    private static String words(String context) {
        return context.lines()
                .filter(line -> !line.matches("(version|row) \\d+|encoding .*"))
                .map(line -> line.replaceAll("\\b([0-9a-f]{8})[0-9a-f]{24,}\\b", "$1"))
                .collect(Collectors.joining("; "));
    }

    static String size(long bytes) {
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        }
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
