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
    private static final List<String> AUDIT = List.of("audit", "image", "stats");
    private static final List<String> MITIGATION = List.of("audit", "image", "stats", "mitigate", "train");

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

    @Option(names = "--mended", description = "mend the runs whose ties were proven, and write that page instead")
    private boolean mended;

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
            if (mended) {
                mend(entry);
            } else if (effects) {
                new SetRun(reference, work, "").effects(entry).forEach(System.out::println);
            } else {
                run(reference, work, entry);
            }
        }
        if (page != null) {
            Files.writeString(page, mended ? mendedPage() : KnownAnswersPage.of(rows(work)));
        }
        return 0;
    }

    /** Strong ties of a set that were proven. */
    private List<Row> proven(Entry entry) throws IOException {
        return rows(work).stream()
                .filter(row -> row.set().equals(entry.name()) && row.tied())
                .filter(row -> Tally.Band.of(row) == Tally.Band.STRONG && Tally.proven(row))
                .toList();
    }

    private void mend(Entry entry) throws IOException {
        MendedSet set = new MendedSet(reference, work);
        List<Row> proven = proven(entry);
        if (proven.isEmpty()) {
            return;
        }
        String code = Hashes.sha256(code(MITIGATION) + entry.recipe().text() + set.audit(entry))
                .substring(0, 12);
        boolean known = MendedTie.read(mendedTable()).stream()
                .anyMatch(tie -> tie.set().equals(entry.name()) && tie.code().equals(code));
        if (!known) {
            List<MendedTie> ties = set.ties(entry, proven, code);
            MendedTie.append(mendedTable(), ties);
            System.out.println(entry);
            ties.forEach(tie -> System.out.printf(
                    Locale.ROOT,
                    "  %s %s: %.0f points before, %.0f after; wrong on carriers %d before, %d after of %d, on free images %d, %d of"
                            + " %d; %s; %.0f s%n",
                    tie.label(),
                    tie.property(),
                    100 * tie.before().difference(),
                    100 * tie.after().difference(),
                    tie.carriers().wrongBefore(),
                    tie.carriers().wrongAfter(),
                    tie.carriers().n(),
                    tie.free().wrongBefore(),
                    tie.free().wrongAfter(),
                    tie.free().n(),
                    tie.choice(),
                    tie.seconds()));
        }
    }

    private String mendedPage() throws IOException {
        MendedSet set = new MendedSet(reference, work);
        Set<String> audited = rows(work).stream().map(Row::set).collect(Collectors.toSet());
        long asked = 0;
        long untouched = 0;
        for (Entry entry : Matrix.entries()) {
            if (entry.name().startsWith(Matrix.NULL) && audited.contains(entry.name())) {
                asked++;
                untouched += set.nothing(entry) ? 1 : 0;
            }
        }
        return MendedPage.of(MendedTie.read(mendedTable()), untouched, asked);
    }

    private Path mendedTable() {
        return work.resolve("mended.csv");
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
        String audit = Hashes.sha256(code(AUDIT) + entry.recipe().text()).substring(0, 12);
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

    /** The hash of the classes of rooms. */
    static String code(List<String> rooms) throws IOException {
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
        for (String room : rooms) {
            try (Stream<Path> files = Files.walk(root.resolve("org/gazecheck").resolve(room))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    hashes.add(root.relativize(file) + " " + Hashes.sha256(file));
                }
            }
        }
        return Hashes.sha256(String.join("\n", hashes));
    }
}
