package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;
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
    private static final GateVerdict FAILED = new GateVerdict(
            2,
            "run",
            Instant.EPOCH,
            0.01,
            1,
            0.01,
            List.of(new GateResult("test.top1 >= 0.9", GateLevel.FAIL, GateOutcome.FAILED, "It is 0.8.", List.of())),
            List.of());

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
        assertEquals("verdict: looks right. Nothing found.", VerdictText.of(run, null));
    }

    @Test
    void whoeverHasAPartInItIsNamed() throws IOException {
        assertEquals("verdict with gates: look at this. A gate failed: test.top1 >= 0.9.", VerdictText.of(run, FAILED));
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
        assertEquals(
                "verdict with review and gates: do not use. Rejected in review by Ada.", VerdictText.of(run, FAILED));
    }

    @Test
    void whatAnEarlierVersionAuditedHasNone() throws IOException {
        FindingsFile.write(run.findings(), Findings.NONE);
        assertTrue(VerdictText.of(run, null).startsWith("verdict: none, since an earlier version audited this run"));
    }
}
