package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.gazecheck.io.Printable;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.Signature;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.verdict.VerdictRule;

/** The verdict on a run in a line, with who has a part in it. */
final class VerdictText {
    private VerdictText() {}

    static String of(RunFolder run) throws IOException {
        RunVerdict audited = FindingsFile.read(run.findings()).verdict();
        if (audited == null) {
            return "verdict: none, since an earlier version audited this run (gazecheck audit " + run.root() + ")";
        }
        Optional<Signature> signature =
                Files.exists(run.signature()) ? Optional.of(SignatureFile.read(run.signature())) : Optional.empty();
        return Printable.of(
                VerdictRule.reviewed(audited, signature, RunId.of(run)).line());
    }
}
