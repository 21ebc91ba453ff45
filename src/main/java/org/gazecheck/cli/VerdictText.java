package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.io.Printable;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.RunVerdict.Source;
import org.gazecheck.results.Signature;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.verdict.VerdictRule;
import org.jspecify.annotations.Nullable;

/** The verdict on a run in a line, with who has a part in it. */
final class VerdictText {
    private VerdictText() {}

    /** @param gates what they came to on this run; null where they were not asked */
    static String of(RunFolder run, @Nullable GateVerdict gates) throws IOException {
        RunVerdict audited = FindingsFile.read(run.findings()).verdict();
        if (audited == null) {
            return "verdict: none, since an earlier version audited this run (gazecheck audit " + run.root() + ")";
        }
        Optional<Signature> signature =
                Files.exists(run.signature()) ? Optional.of(SignatureFile.read(run.signature())) : Optional.empty();
        RunVerdict verdict = VerdictRule.reviewed(audited, signature, RunId.of(run));
        if (gates != null) {
            verdict = VerdictRule.gated(verdict, gates);
        }
        return Printable.of("verdict" + others(verdict) + ": " + verdict.level().text() + ". " + verdict.sentence());
    }

    /** Those who add to what the audit says. */
    private static String others(RunVerdict verdict) {
        List<String> others = new ArrayList<>();
        for (Source source : List.of(Source.REVIEW, Source.GATES)) {
            if (verdict.grounds().stream().anyMatch(ground -> ground.source() == source)) {
                others.add(source.text());
            }
        }
        return others.isEmpty() ? "" : " with " + String.join(" and ", others);
    }
}
