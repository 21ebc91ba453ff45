package org.gazecheck.knownanswers;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.audit.Audit;
import org.gazecheck.io.Hashes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the benchmark of the audit, as far as it has not been run, and writes its page. */
@Command(name = "known-answers", usageHelpAutoWidth = true)
final class KnownAnswers implements Callable<Integer> {
    private static final List<String> ROOMS = List.of("audit", "image", "stats");

    @Option(names = "--reference", required = true, description = "the folder of the reference data")
    private Path reference;

    @Option(names = "--work", required = true, description = "where sets, runs and results are kept")
    private Path work;

    @Option(
            names = "--only",
            split = ",",
            description = "background, patch, object, colour, blur, compression, size, decoy, null; or how names begin")
    private List<String> only = List.of();

    @Option(names = "--minutes", defaultValue = "1e9", description = "no set is begun after so long")
    private double minutes;

    @Option(names = "--page", description = "the page to write, such as docs/known-answers.md")
    private Path page;

    @Option(names = "--list", description = "show the sets only")
    private boolean list;

    @Option(names = "--effects", description = "train and measure the true effects only")
    private boolean effects;

    /** Entry of the program. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new KnownAnswers()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Entry> entries = Matrix.entries().stream()
                .filter(entry -> only.isEmpty() || only.stream().anyMatch(entry::isOf))
                .toList();
        if (list) {
            entries.forEach(System.out::println);
            return 0;
        }
        long began = System.nanoTime();
        for (Entry entry : entries) {
            if ((System.nanoTime() - began) * 1e-9 / 60 > minutes) {
                System.out.println("the time is up before " + entry.name());
                break;
            }
            if (effects) {
                new SetRun(reference, work, "").effects(entry).forEach(System.out::println);
            } else {
                run(reference, work, entry);
            }
        }
        if (page != null) {
            Files.writeString(page, KnownAnswersPage.of(rows(work)));
        }
        return 0;
    }

    /** What is known of all sets of the matrix. */
    static List<Row> rows(Path work) throws IOException {
        Set<String> names = Matrix.entries().stream().map(Entry::name).collect(Collectors.toSet());
        return Row.read(table(work)).stream()
                .filter(row -> names.contains(row.set()))
                .toList();
    }

    /** Runs a set unless there are rows of it by this very code and recipe. */
    static void run(Path reference, Path work, Entry entry) throws IOException {
        String audit = Hashes.sha256(audit() + entry.recipe().text()).substring(0, 12);
        boolean known = Row.read(table(work)).stream()
                .anyMatch(row -> row.set().equals(entry.name()) && row.audit().equals(audit));
        if (known) {
            return;
        }
        List<Row> rows = new SetRun(reference, work, audit).rows(entry);
        Row.append(table(work), rows);
        System.out.println(entry);
        rows.stream()
                .filter(row -> row.tied() || !row.verdicts().isEmpty())
                .forEach(row -> System.out.printf(
                        Locale.ROOT,
                        "  %s %s: %.0f points; candidate: %s; said: %s%n",
                        row.label(),
                        row.property(),
                        100 * row.effect(),
                        row.candidate(),
                        row.verdicts()));
    }

    private static Path table(Path work) {
        return work.resolve("results.csv");
    }

    /** The hash of the classes that what the audit says depends on most. */
    static String audit() throws IOException {
        Path root;
        try {
            root = Path.of(Audit.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where classes lie", e);
        }
        List<String> hashes = new ArrayList<>();
        for (String room : ROOMS) {
            try (Stream<Path> files = Files.walk(root.resolve("org/gazecheck").resolve(room))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    hashes.add(root.relativize(file) + " " + Hashes.sha256(file));
                }
            }
        }
        return Hashes.sha256(String.join("\n", hashes));
    }
}
