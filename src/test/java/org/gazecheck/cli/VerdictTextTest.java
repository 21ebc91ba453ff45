package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.Signature.Reviewed;
import org.gazecheck.results.Signature.Share;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.review.ReviewableRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTextTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void aRunThatLooksRight() throws IOException {
        run = ReviewableRun.write(folder, 3);
        FindingsFile.write(run.findings(), Findings.NONE.concluding(RunVerdict.of(List.of(), "Nothing found.")));
    }

    @Test
    void itSaysTheLevelThenTheSentence() throws IOException {
        assertEquals("verdict: looks right. Nothing found.", VerdictText.of(run));
    }

    @Test
    void whoeverHasAPartInItIsNamed() throws IOException {
        Share none = new Share(0, 0);
        SignatureFile.write(
                run.signature(),
                new Signature(
                        Decision.REJECT,
                        "Ada",
                        Instant.EPOCH,
                        "It cheats.",
                        RunId.of(run),
                        new Reviewed(none, none, none)));
        assertEquals("verdict with review: do not use. Rejected in review by Ada.", VerdictText.of(run));
    }

    @Test
    void whatAnEarlierVersionAuditedHasNone() throws IOException {
        FindingsFile.write(run.findings(), Findings.NONE);
        assertTrue(VerdictText.of(run).startsWith("verdict: none, since an earlier version audited this run"));
    }
}
