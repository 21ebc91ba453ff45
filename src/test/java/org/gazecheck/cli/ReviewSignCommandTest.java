package org.gazecheck.cli;

import static org.gazecheck.review.ReviewableRun.GRAVE;
import static org.gazecheck.review.Reviews.EARLIER;
import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.io.FolderLock;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.FindingVerdict.Ruling;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictJson;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.ReviewableRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReviewSignCommandTest extends ReviewedRunTest {
    @Test
    void theRunIsAcceptedOnlyWhenNothingIsOpen() throws IOException {
        assertEquals(3, sign("accept", "Ann"));
        assertTrue(err.toString().contains("not signed, because something that must be reviewed is open"));
        assertTrue(out.toString().contains("no verdicts: name their files with --verdicts"), out.toString());
        assertTrue(out.toString().contains("open: 4\n  finding:outliers:test odd ones\n  error "), out.toString());
        assertFalse(Files.exists(run.signature()));

        Path images = verdicts(
                "images.csv",
                verdict("Ann", "0.png", Judgement.AMBIGUOUS),
                verdict("Ann", "1.png", Judgement.AMBIGUOUS),
                verdict("Ann", "2.png", Judgement.AMBIGUOUS),
                right("3.png"),
                right("4.png"));
        assertEquals(3, sign("accept-with-conditions", "Ann", "--comment", "c", "--verdicts", images));
        Path findings = verdicts(
                "findings.csv", new FindingVerdict(GRAVE.id(), Ruling.REJECTED, "", "Ben", TIME, RunId.of(run)));
        assertEquals(0, sign("accept", "Ann", "--verdicts", images, "--verdicts", findings));

        assertEquals(Decision.ACCEPT, SignatureFile.read(run.signature()).decision());
        assertEquals(RunId.of(run), SignatureFile.read(run.signature()).run());
        assertEquals(2, SignatureFile.read(run.signature()).reviewed().errors().required());
    }

    @Test
    void verdictsOfAnotherRunCountForImagesAndNotForFindings() throws IOException {
        List<Verdict> earlier = new ArrayList<>();
        for (Prediction p : PredictionsFile.read(run.predictions())) {
            earlier.add(verdict("Ann", p, Judgement.AMBIGUOUS, "", TIME, EARLIER));
        }
        earlier.add(new FindingVerdict(GRAVE.id(), Ruling.CONFIRMED, "", "Ann", TIME, EARLIER));
        VerdictsFile.write(run.verdicts(), earlier);

        assertEquals(3, sign("accept", "Ann"));
        assertTrue(out.toString().contains("open: 1\n  finding:outliers:test"), out.toString());
        assertTrue(out.toString().contains("5 verdicts are inherited from other runs."), out.toString());
    }

    @Test
    void rejectingIsAlwaysPossibleWithAReason() throws IOException {
        assertEquals(2, sign("reject", "Ann"));
        assertTrue(err.toString().contains("comment is empty: say why the run is rejected"), err.toString());
        assertEquals(2, sign("accept-with-conditions", "Ann"));
        assertEquals(2, sign("reject", "  \u00a0", "--comment", "no"));
        assertEquals(2, sign("maybe", "Ann"));
        assertTrue(err.toString().contains("'maybe' is not a decision: accept, reject or accept-with-conditions"));
        assertFalse(Files.exists(run.signature()));

        assertEquals(0, sign("reject", "Ann", "--comment", "too many\nwrong labels"));
        assertTrue(out.toString().contains("rejected by Ann at "), out.toString());
        assertEquals(0, sign("reject", "Ben", "--comment", "indeed"));
        assertTrue(out.toString().contains("replaces: rejected by Ann at "), out.toString());
    }

    @Test
    void aSignatureIsVoidWhenTheRunChanges() throws IOException {
        assertEquals(0, review("show", run.root()));
        assertTrue(out.toString().contains("\nnot signed\nno verdicts: "), out.toString());
        assertEquals(0, sign("reject", "Ann", "--comment", "no"));
        assertEquals(0, review("show", run.root()));
        assertTrue(out.toString().contains("\nrejected by Ann at "), out.toString());

        FindingsFile.write(run.findings(), Findings.NONE);
        ReviewableRun.finish(run);

        assertEquals(0, review("show", run.root()));
        assertTrue(out.toString().contains("\nVOID, because the run has changed since: run "), out.toString());
        assertTrue(out.toString().contains("required: 0 of 0 findings"), out.toString());
    }

    @Test
    void onlyAFinishedRunThatNobodyTouchedIsSigned() throws IOException {
        FindingsFile.write(run.findings(), Findings.NONE);
        assertEquals(1, sign("reject", "Ann", "--comment", "no"));
        assertTrue(err.toString().contains("findings.json is not what a finished stage of the run wrote"));
        Files.delete(run.findings());
        assertEquals(1, sign("reject", "Ann", "--comment", "no"));
        assertTrue(err.toString().contains("holds no finished run: it has no findings.json"), err.toString());
        assertEquals(1, review("show", work.resolve("nowhere")));
        assertFalse(Files.exists(work.resolve("nowhere")));
    }

    @Test
    void aRunUnderWayIsNotSigned() throws IOException {
        try (FolderLock lock = FolderLock.of(run.root())) {
            assertEquals(5, sign("reject", "Ann", "--comment", "no"));
        }
    }

    // ---- what the page exported ----

    /** Verdicts on all that must be reviewed. */
    private List<Verdict> everything() throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Prediction p : PredictionsFile.read(run.predictions())) {
            verdicts.add(
                    verdict("Ann", p, p.correct() ? Judgement.CORRECT : Judgement.AMBIGUOUS, "", TIME, RunId.of(run)));
        }
        verdicts.add(new FindingVerdict(GRAVE.id(), Ruling.CONFIRMED, "", "Ann", TIME, RunId.of(run)));
        return verdicts;
    }

    private String exported(String decision, String comment, String replaces, List<Verdict> verdicts)
            throws IOException {
        return "{\"schemaVersion\":1,\"signing\":{\"decision\":\"" + decision + "\",\"reviewer\":\"Ann\",\"comment\":\""
                + comment + "\",\"run\":\"" + RunId.of(run) + "\",\"replaces\":\"" + replaces + "\"},\"verdicts\":"
                + new String(VerdictJson.of(verdicts), StandardCharsets.UTF_8) + "}\n";
    }

    private int imported(String json) throws IOException {
        return review("sign", run.root(), "--import", Files.writeString(work.resolve("signing.json"), json));
    }

    @Test
    void whatThePageExportedSignsAndItsVerdictsAreKept() throws IOException {
        VerdictsFile.write(run.verdicts(), List.of(verdict("Ben", "0.png", Judgement.BACKGROUND)));

        assertEquals(0, imported(exported("accept-with-conditions", "until May", "", everything())), err.toString());

        Signature signature = SignatureFile.read(run.signature());
        assertEquals(Decision.ACCEPT_WITH_CONDITIONS, signature.decision());
        assertEquals("Ann", signature.reviewer());
        assertEquals("until May", signature.comment());
        assertTrue(signature.reviewed().complete());
        assertEquals(7, VerdictsFile.read(run.verdicts()).size());
        assertTrue(VerdictsFile.read(run.verdicts()).containsAll(everything()));
        assertTrue(out.toString().startsWith("verdicts: 6 imported into " + run.verdicts()), out.toString());
        assertTrue(out.toString().contains("accepted with conditions by Ann at "), out.toString());
    }

    @Test
    void anExportIsCheckedAgainAndARefusalWritesNothing() throws IOException {
        List<Verdict> without = everything().subList(0, 5);

        assertEquals(3, imported(exported("accept", "", "", without)));
        assertTrue(out.toString().contains("open: 1\n  finding:outliers:test odd ones"), out.toString());
        assertFalse(Files.exists(run.signature()));
        assertFalse(Files.exists(run.verdicts()));

        VerdictsFile.write(run.verdicts(), everything().subList(5, 6));
        assertEquals(0, imported(exported("accept", "", "", without)), "the folder has the rest");
    }

    @Test
    void aRejectionNeedsNoVerdicts() throws IOException {
        assertEquals(0, imported(exported("reject", "no", "", List.of())));
        assertEquals(Decision.REJECT, SignatureFile.read(run.signature()).decision());
        assertFalse(Files.exists(run.verdicts()), "nothing to take over");
    }

    static Stream<String[]> tampered() {
        return Stream.of(
                new String[] {"\"accept\"", "\"maybe\"", "'maybe' is not a decision"},
                new String[] {"\"accept\"", "\"reject\"", "comment is empty: say why"},
                new String[] {"\"reviewer\":\"Ann\",\"comment\"", "\"reviewer\":\" \",\"comment\"", "reviewer is blank"
                },
                new String[] {"\"replaces\":\"\"", "\"replaces\":\"now\"", "replaces is 'now'"},
                new String[] {
                    "\"replaces\":\"\"", "\"replaces\":\"\",\"time\":\"\"", "'time' is not a part of a request"
                },
                new String[] {"\"ambiguous\"", "\"nonsense\"", "verdict 1: verdict is 'nonsense', expected one of "},
                new String[] {"\"daisy\"", "\"tulip\"", "verdict 1: this run has no prediction of 0.png"},
                new String[] {"outliers:test", "outliers:val", "verdict 6: this run has no finding 'outliers:val'"},
                new String[] {"2026-11-25T19:00:00Z", "2126-11-25T19:00:00Z", "verdict 1: time is 2126"},
                new String[] {"\"schemaVersion\":1", "\"schemaVersion\":2", "schemaVersion is 2"},
                new String[] {"\"verdicts\":[", "\"verdict\":[", "not what a report's page exports"},
                new String[] {"}\n", "", "not JSON: "});
    }

    @ParameterizedTest
    @MethodSource("tampered")
    void aTamperedExportIsInvalidData(String part, String instead, String reason) throws IOException {
        String good = exported("accept", "", "", everything());
        assertTrue(good.contains(part), good);
        int at = part.equals("}\n") ? good.lastIndexOf(part) : good.indexOf(part);

        assertEquals(4, imported(good.substring(0, at) + instead + good.substring(at + part.length())));

        assertTrue(
                err.toString().startsWith("gazecheck: " + work.resolve("signing.json") + ": " + reason),
                err.toString());
        assertFalse(Files.exists(run.signature()));
        assertFalse(Files.exists(run.verdicts()));
    }

    @Test
    void anExportOfAnotherRunIsInvalidData() throws IOException {
        String own = exported("accept", "", "", everything());
        assertEquals(4, imported(own.replace(RunId.of(run), EARLIER)));
        assertTrue(
                err.toString()
                        .contains("it is for run " + EARLIER + ", and this is run " + RunId.of(run)
                                + ": sign on this run's own page"),
                err.toString());
        assertEquals(4, imported("sha256,path,split\n"));
        assertTrue(err.toString().contains("signing.json: not JSON: "), err.toString());
        assertEquals(1, review("sign", run.root(), "--import", work.resolve("none.json")));
        assertFalse(Files.exists(run.signature()));
    }

    @Test
    void anExportDoesNotReplaceASignatureThatThePageDidNotShow() throws IOException {
        assertEquals(0, sign("reject", "Ben", "--comment", "no"));
        String before = SignatureFile.read(run.signature()).time().toString();

        assertEquals(3, imported(exported("accept", "", "", everything())));
        assertTrue(err.toString().contains("the run was rejected by Ben at " + before), err.toString());
        assertEquals("Ben", SignatureFile.read(run.signature()).reviewer());
        assertFalse(Files.exists(run.verdicts()));

        assertEquals(0, imported(exported("accept", "", before, everything())));
        Signature after = SignatureFile.read(run.signature());
        assertEquals("Ann", after.reviewer());
        assertTrue(after.time().isAfter(Instant.parse(before)), "no two have one time");
    }

    @Test
    void aDecisionIsEitherGivenOrImported() throws IOException {
        Path file = Files.writeString(work.resolve("signing.json"), exported("accept", "", "", everything()));
        assertEquals(2, sign("accept", "Ann", "--import", file));
        assertEquals(2, review("sign", run.root()));
        assertEquals(2, review("sign", run.root(), "--decision", "accept"));
        assertFalse(Files.exists(run.signature()));
    }
}
