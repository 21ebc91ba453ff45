package org.gazecheck.mitigate;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.RunFolder;

/** The shortcuts of an audited run that it is to be mended of. */
public final class Targets {
    private Targets() {}

    /**
     * Those that are named, or all that are proven.
     *
     * @param findings ids; none: all
     * @param suspected whether suspected ones count too
     * @return one at least, in the order of the audit
     * @throws GazecheckException where there is nothing to mend, or nothing of that name
     */
    public static List<Shortcut> of(RunFolder run, List<String> findings, boolean suspected) throws IOException {
        List<Shortcut> graded = graded(run);
        for (String id : findings) {
            Shortcut named = graded.stream()
                    .filter(shortcut -> id(shortcut).equals(id))
                    .findFirst()
                    .orElseThrow(() -> usage("the audit of " + run.root() + " has no shortcut '" + id + "'"
                            + (graded.isEmpty() ? "; it found none" : "; it has " + ids(graded))));
            if (named.grade() == Grade.SUSPECTED && !suspected) {
                throw usage("'" + id + "' is suspected and not proven: --suspected trains against it all the same");
            }
        }
        List<Shortcut> chosen = graded.stream()
                .filter(shortcut -> findings.isEmpty()
                        ? suspected || shortcut.grade() == Grade.PROVEN
                        : findings.contains(id(shortcut)))
                .toList();
        if (chosen.isEmpty()) {
            throw usage(
                    graded.isEmpty()
                            ? "nothing to mend: the audit of " + run.root() + " found no shortcut"
                                    + (Files.exists(run.interventions())
                                            ? ""
                                            : "; it wrote no "
                                                    + run.interventions().getFileName()
                                                    + ", because there were too few images to try any, or the file is gone")
                            : "no shortcut of " + run.root() + " is proven, only suspected: " + ids(graded)
                                    + "; --suspected trains against these all the same");
        }
        return chosen;
    }

    private static List<Shortcut> graded(RunFolder run) throws IOException {
        return Files.exists(run.interventions())
                ? InterventionsFile.read(run.interventions()).shortcuts().stream()
                        .filter(shortcut ->
                                Optional.ofNullable(shortcut.grade()).isPresent())
                        .toList()
                : List.of();
    }

    /** As that of its finding. */
    public static String id(Shortcut shortcut) {
        return shortcut.reason().kind().id() + ":" + shortcut.name();
    }

    private static String ids(List<Shortcut> shortcuts) {
        return shortcuts.stream().map(shortcut -> "'" + id(shortcut) + "'").collect(Collectors.joining(", "));
    }

    private static GazecheckException usage(String message) {
        return new GazecheckException(FailureKind.USAGE, message);
    }
}
