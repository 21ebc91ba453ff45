package org.gazecheck.mitigate;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.MitigationTraining.Method;
import org.gazecheck.results.MitigationTraining.Target;
import org.gazecheck.results.RunFolder;

/** The shortcuts of an audited run that it is to be mended of. */
public final class Targets {
    private Targets() {}

    /**
     * Those that are named, or all that are proven; and those that the run was itself trained against where it mends another, since a
     * training that knows nothing of these would bring them back.
     *
     * @param findings ids; none: all
     * @param suspected whether suspected ones count too
     * @return one at least, in the order of the audit
     * @throws GazecheckException where there is nothing to mend, or nothing of that name
     */
    public static List<Shortcut> of(RunFolder run, List<String> findings, boolean suspected) throws IOException {
        List<Shortcut> tried = tried(run);
        List<Shortcut> graded = tried.stream().filter(Targets::isGraded).toList();
        List<Target> before = before(run);
        for (String id : findings) {
            Shortcut named = tried.stream()
                    .filter(shortcut -> id(shortcut).equals(id)
                            && (isGraded(shortcut) || match(shortcut, before).isPresent()))
                    .findFirst()
                    .orElseThrow(() -> usage("the audit of " + run.root() + " has no shortcut '" + id + "'"
                            + (graded.isEmpty() ? "; it found none" : "; it has " + ids(graded))));
            if (named.grade() == Grade.SUSPECTED
                    && !suspected
                    && match(named, before).isEmpty()) {
                throw usage("'" + id + "' is suspected and not proven: --suspected trains against it all the same");
            }
        }
        List<Shortcut> chosen = graded.stream()
                .filter(shortcut -> findings.isEmpty()
                        ? suspected || shortcut.grade() == Grade.PROVEN
                        : findings.contains(id(shortcut)))
                .toList();
        if (chosen.isEmpty()) {
            throw nothing(run, graded);
        }
        return tried.stream()
                .flatMap(shortcut -> chosen.contains(shortcut)
                        ? Stream.of(shortcut)
                        : match(shortcut, before).stream()
                                .map(target -> isGraded(shortcut) ? shortcut : shortcut.graded(target.grade())))
                .toList();
    }

    private static GazecheckException nothing(RunFolder run, List<Shortcut> graded) {
        return usage(
                graded.isEmpty()
                        ? "nothing to mend: the audit of " + run.root() + " found no shortcut"
                                + (Files.exists(run.interventions())
                                        ? ""
                                        : "; it wrote no " + run.interventions().getFileName()
                                                + ", because there were too few images to try any, or the file is gone")
                        : "no shortcut of " + run.root() + " is proven, only suspected: " + ids(graded)
                                + "; --suspected trains against these all the same");
    }

    /**
     * What a run was mended of that its next training does not know, a sentence each: groups, shortcuts that its audit did not try again,
     * and all shortcuts where that training balances groups.
     */
    public static List<String> forgotten(RunFolder run, boolean balancesGroups) throws IOException {
        List<Shortcut> tried = tried(run);
        List<String> forgotten = new ArrayList<>();
        for (Target target : before(run)) {
            if (balancesGroups || tried.stream().noneMatch(shortcut -> isOf(shortcut, target))) {
                forgotten.add(run.root() + " was trained against the shortcut of " + target.name() + " by "
                        + target.detail() + ": this training knows nothing of it, and it may come back.");
            }
        }
        if (Files.exists(run.mitigationTraining())
                && MitigationFile.readTraining(run.mitigationTraining()).method() == Method.GROUPS) {
            forgotten.add(run.root() + " was balanced over groups: this training knows nothing of these.");
        }
        return forgotten;
    }

    private static List<Target> before(RunFolder run) throws IOException {
        return Files.exists(run.mitigationTraining())
                ? MitigationFile.readTraining(run.mitigationTraining()).shortcuts()
                : List.of();
    }

    private static Optional<Target> match(Shortcut shortcut, List<Target> before) {
        return before.stream().filter(target -> isOf(shortcut, target)).findFirst();
    }

    private static boolean isOf(Shortcut shortcut, Target target) {
        return shortcut.name().equals(target.name())
                && shortcut.reason() == target.reason()
                && shortcut.detail().equals(target.detail());
    }

    private static List<Shortcut> tried(RunFolder run) throws IOException {
        return Files.exists(run.interventions())
                ? InterventionsFile.read(run.interventions()).shortcuts()
                : List.of();
    }

    private static boolean isGraded(Shortcut shortcut) {
        return shortcut.grade() != null;
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
