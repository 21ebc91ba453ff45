package org.gazecheck.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.data.DataException;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.FolderLock;
import org.gazecheck.io.Folders;
import org.gazecheck.io.LockedException;
import org.gazecheck.pipeline.Pipeline;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.ResultsException;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Signature;
import org.gazecheck.results.SignatureFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights over a small drawn model. */
@Tag("slow")
class NightlyTest {
    static final Nightly.Failures FAILURES = new Nightly.Failures() {
        @Override
        public int exitCode(Throwable e) {
            return e instanceof DataException
                    ? 4
                    : e instanceof LockedException ? 5 : e instanceof ConfigurationException ? 2 : 1;
        }

        @Override
        public String message(Throwable e) {
            return e.getMessage();
        }
    };

    @TempDir
    private static Path shared;

    @TempDir
    private Path work;

    private Path incoming;
    private Clock clock = Clock.systemUTC();

    @BeforeAll
    static void drawWhatArrives() throws Exception {
        Files.writeString(
                shared.resolve("model.yaml"),
                """
                data: {source: demo, dir: %1$s/flowers, drawn: {train: 30, val: 6, test: 30, size: 48}}
                model: {architecture: demo, size: 48}
                train:
                  recipe: finetune
                  views: {crops: 0, minScale: 0.6, hue: 0.02}
                  probe: {maxIterations: 60, l2: [1e-6]}
                  finetune: {from: all, views: 1, epochs: 8, batch: 24, learningRate: 1e-3, warmup: 10, smoothing: 0.05}
                evaluate: {bootstrap: 100}
                audit: {interventions: 0, trust: {images: 0}}
                output: {dir: %1$s/model}
                cache: {dir: %1$s/cache}
                """
                        .formatted(shared));
        Files.writeString(
                shared.resolve("later.yaml"),
                Files.readString(shared.resolve("model.yaml"))
                        .replace("/flowers,", "/later,")
                        .replace("train: 30, val: 6, test: 30", "train: 1, val: 1, test: 34")
                        .replace("/model}", "/later-run}"));
        var later = ConfigurationReader.read(shared.resolve("later.yaml"), List.of("seed=9"));
        try (var pipeline = Pipeline.open(later, Progress.SILENT)) {
            pipeline.runTo(Stage.PREPARE);
        }
        try (var pipeline =
                Pipeline.open(ConfigurationReader.read(shared.resolve("model.yaml"), List.of()), Progress.SILENT)) {
            pipeline.runTo(Stage.REPORT);
        }
    }

    @BeforeEach
    void nothingHasArrived() throws IOException {
        incoming = Files.createDirectories(work.resolve("incoming"));
    }

    @Test
    void aNightLooksAtWhatArrivedOnceAndNothingElse() throws Exception {
        Nightly.Night first = night();
        assertEquals(0, first.exitCode());
        arrive(0, 8, true);
        Nightly.Night second = night();
        assertEquals(0, second.exitCode(), second.verdict().toString());
        assertEquals(64, second.record().images());
        assertEquals(64, second.record().labelled());
        RunFolder run = new RunFolder(second.folder().orElseThrow());
        List<Prediction> predictions = PredictionsFile.read(run.predictions());
        assertTrue(predictions.stream().allMatch(p -> p.split().text().equals("new")));
        assertTrue(Files.exists(run.report()));
        assertFalse(ManifestFile.read(run.manifest()).facts().containsKey("Calibration"));

        Nightly.Night third = night();
        assertEquals(Optional.empty(), third.folder());
        assertEquals(0, third.exitCode());

        arrive(8, 9, false);
        Nightly.Night fourth = night();
        assertEquals(8, fourth.record().images());
        assertEquals(0, fourth.record().labelled());
        assertEquals(
                GateOutcome.NOT_APPLICABLE,
                gate(fourth, "new.top1 not worse than baseline").outcome());
        assertEquals(4, history().runs().size());
        assertTrue(Files.readString(reports().resolve("index.html"))
                .contains("./" + second.record().id() + "/night.html"));
    }

    @Test
    void aDarkenedCameraWakesOnceAndPersistsUntilItIsMended() throws Exception {
        night();
        arrive(0, 5, true);
        darken(incoming);
        Nightly.Night dark = night();
        assertEquals(Nightly.GATE_FAILED, dark.exitCode());
        GateResult drift = gate(dark, "new.drift is none");
        assertEquals(GateOutcome.FAILED, drift.outcome());
        assertTrue(drift.sentence().contains("brightness"), drift.sentence());
        String page = Files.readString(dark.folder().orElseThrow().resolve("night.html"));
        assertTrue(page.contains("1 of 5 gates failed."), page.substring(0, 200));
        assertTrue(page.contains("href=\"index.html\""), "the new images");
        assertEquals(Outcome.FAILED, history().runs().get(0).outcome());
        assertEquals(2, history().runs().size());
        assertEquals(
                history().runs().get(1).id(),
                history().baseline().map(RecordedRun::id).orElseThrow());

        Folders.delete(incoming);
        arrive(5, 10, false);
        darken(incoming);
        Nightly.Night again = night();
        assertEquals(GateOutcome.PERSISTING, gate(again, "new.drift is none").outcome());
        assertEquals(0, again.exitCode(), again.verdict().toString());

        Folders.delete(incoming);
        Files.createDirectories(incoming);
        arrive(10, 15, true);
        assertEquals(0, night().exitCode());
        assertTrue(history().runs().get(0).outcome().good());
    }

    @Test
    void aNightWithoutImagesMakesAKnownDriftNeitherNewsNorMended() throws Exception {
        night();
        arrive(0, 5, true);
        darken(incoming);
        assertEquals(Nightly.GATE_FAILED, night().exitCode());
        Files.writeString(incoming.resolve("broken.jpg"), "no image");
        Nightly.Night without = night("gates.fail=[new.drift is none]");
        assertEquals(GateOutcome.PERSISTING, gate(without, "new.drift is none").outcome());
        assertTrue(gate(without, "new.drift is none").sentence().contains("open since before"));
        assertFalse(history().runs().get(0).outcome().good());
        Files.delete(incoming.resolve("broken.jpg"));
        Folders.delete(incoming);
        arrive(5, 10, true);
        darken(incoming);
        Nightly.Night again = night("gates.fail=[new.drift is none]");
        assertEquals(GateOutcome.PERSISTING, gate(again, "new.drift is none").outcome());
        assertEquals(0, again.exitCode());
    }

    @Test
    void aNightWhileTheClockWasAheadIsComparedWithNothing() throws Exception {
        night();
        String first = history().runs().get(0).id();
        clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(900));
        arrive(0, 2, true);
        assertEquals(0, night().exitCode());
        assertTrue(Nightly.lastGood(configuration(), Instant.now())
                .orElseThrow()
                .id()
                .equals(first));
        clock = Clock.systemUTC();
        arrive(2, 4, true);
        Nightly.Night now = night("nightly.keep=1");
        assertEquals(first, now.record().baseline());
        assertTrue(Files.exists(now.folder().orElseThrow()));
        assertEquals(Optional.empty(), night("nightly.keep=1").folder());
    }

    @Test
    void aWorseModelWakesAndItsNewMistakesAreShown() throws Exception {
        night();
        Nightly.Night worse = night("nightly.run=" + worse());
        assertEquals(Nightly.GATE_FAILED, worse.exitCode(), worse.verdict().toString());
        GateResult gate = gate(worse, "test.top1 not worse than baseline");
        assertEquals(GateOutcome.FAILED, gate.outcome());
        String page = Files.readString(worse.folder().orElseThrow().resolve("night.html"));
        assertTrue(page.contains("Newly wrong: "), "gallery");
        assertTrue(page.contains("src=\"data:image/jpeg;base64,"), "images");
        assertFalse(page.contains("cannot be read"), "images");
        assertEquals(0, night().exitCode(), "rolled back");
    }

    @Test
    void aMendedRunIsWatchedAndAskedWhetherItIsRecommended() throws Exception {
        List<String> lines = new ArrayList<>(List.of("path,group"));
        for (DatasetRow row : DatasetFile.read(new RunFolder(shared.resolve("model")).dataset())) {
            lines.add(row.path() + "," + (row.path().hashCode() % 2 == 0 ? "even" : "odd"));
        }
        Path groups = Files.write(work.resolve("groups.csv"), lines);
        Path mended = work.resolve("mended");
        List<String> settings = List.of(
                "output.dir=" + mended, "mitigation.run=" + shared.resolve("model"), "mitigation.groups=" + groups);
        try (var pipeline = Pipeline.open(
                ConfigurationReader.read(shared.resolve("model/config.yaml"), settings), Progress.SILENT)) {
            pipeline.runTo(Stage.REPORT);
        }
        boolean recommended =
                MitigationFile.read(new RunFolder(mended).mitigation()).recommended();
        String rule = "mitigation.recommended = " + !recommended;
        assertEquals(
                GateOutcome.NOT_APPLICABLE,
                gate(night("gates.warn=[\"" + rule + "\"]"), rule).outcome(),
                "the model that it mends mends none");
        arrive(0, 5, true);
        Nightly.Night night = night("nightly.run=" + mended, "gates.warn=[\"" + rule + "\"]");
        assertEquals(40, night.record().images());
        GateResult gate = gate(night, rule);
        assertEquals(GateOutcome.WARNED, gate.outcome(), gate.sentence());
    }

    @Test
    void wrongLabelsWake() throws Exception {
        night();
        arrive(0, 8, true);
        mislabelMost();
        Nightly.Night night = night();
        assertEquals(Nightly.GATE_FAILED, night.exitCode(), night.verdict().toString());
        assertTrue(
                gate(night, "new.drift is none").sentence().contains("contradict"),
                night.verdict().toString());
    }

    @Test
    void whatWasThereAlreadyAndWhatCannotBeReadIsCounted() throws Exception {
        night();
        arrive(0, 2, true);
        Files.copy(incoming.resolve("poppy/000.png"), incoming.resolve("again.png"));
        Path known = shared.resolve("flowers/train/poppy");
        try (Stream<Path> files = Files.list(known)) {
            Files.copy(files.findFirst().orElseThrow(), incoming.resolve("train.png"));
        }
        Files.writeString(incoming.resolve("broken.jpg"), "no image");
        Nightly.Night night = night();
        assertEquals(2, night.record().duplicates());
        assertEquals(1, night.record().refused());
        assertEquals(16, night.record().images());
        assertEquals(Nightly.GATE_FAILED, night.exitCode());
        assertEquals(GateOutcome.FAILED, gate(night, "new.refused <= 0").outcome());
        assertTrue(night.record().warnings().toString().contains("broken.jpg"));
        assertEquals(Optional.empty(), night().folder());
    }

    /** Labels often come later than images, and wrong ones are corrected. */
    @Test
    void whatGetsALabelOrAnotherOneIsLookedAtAgain() throws Exception {
        night();
        arrive(0, 1, false);
        assertEquals(0, night().record().labelled());
        Folders.delete(incoming.resolve("camera"));
        arrive(0, 1, true);
        Nightly.Night labelled = night();
        assertEquals(8, labelled.record().labelled());
        assertEquals(0, labelled.record().duplicates());
        Files.move(incoming.resolve("poppy/000.png"), incoming.resolve("daisy/corrected.png"));
        assertEquals(1, night().record().images());
        Files.move(incoming.resolve("daisy/corrected.png"), incoming.resolve("poppy/back.png"));
        Files.move(incoming.resolve("camellia"), incoming.resolve("quarantine"));
        Nightly.Night back = night();
        assertEquals(0, back.record().images());
        assertEquals(2, back.record().duplicates());
    }

    @Test
    void whatFailedStaysOpenWhileItsRuleDoesNotApply() throws Exception {
        Nightly.Night good = night();
        arrive(0, 8, true);
        mislabelMost();
        String rule = "new.top1 not worse than baseline";
        assertEquals(GateOutcome.FAILED, gate(night(), rule).outcome());
        Nightly.Night unchanged = night();
        assertTrue(unchanged.text().contains("persisting"), unchanged.text());
        arrive(20, 22, false);
        Nightly.Night unlabelled = night();
        assertEquals(GateOutcome.PERSISTING, gate(unlabelled, rule).outcome());
        assertEquals(0, unlabelled.exitCode());
        arrive(22, 24, false);
        assertEquals(good.record().id(), night().record().baseline(), "not the night in which it was open");
    }

    @Test
    void aCameraThatWritesEmptyFilesIsToldOfEachTime() throws Exception {
        night();
        Files.createFile(incoming.resolve("first.jpg"));
        Files.createFile(incoming.resolve("second.jpg"));
        assertEquals(1, night().record().refused());
        Files.createFile(incoming.resolve("third.jpg"));
        assertEquals(1, night().record().refused());
        assertEquals(Optional.empty(), night().folder());
    }

    @Test
    void aLastNightWhoseFolderWasRemovedIsJudgedAgain() throws Exception {
        night();
        arrive(0, 5, true);
        darken(incoming);
        assertEquals(Nightly.GATE_FAILED, night().exitCode());
        Folders.delete(incoming);
        Files.createDirectories(incoming);
        arrive(5, 10, true);
        Nightly.Night good = night();
        Folders.delete(good.folder().orElseThrow());
        Nightly.Night again = night();
        assertTrue(again.folder().isPresent());
        assertTrue(history().runs().get(0).outcome().good());
    }

    @Test
    void onlyRefusedFilesMakeANightWithoutImages() throws Exception {
        night();
        Files.writeString(incoming.resolve("broken.jpg"), "no image");
        Nightly.Night night = night();
        assertEquals(0, night.record().images());
        assertEquals(1, night.record().refused());
        assertEquals(GateOutcome.FAILED, gate(night, "new.refused <= 0").outcome());
    }

    @Test
    void whatANightLeftUnfinishedIsDoneByTheNext() throws Exception {
        night();
        arrive(0, 2, true);
        Path left = reports().resolve("20260101T000000Z-00000000");
        Files.createDirectories(left.resolve("maps"));
        Files.writeString(left.resolve(".unfinished"), "");
        Path copied = Files.createDirectories(reports().resolve("20260101T000000Z-11111111"));
        Path others = Files.createDirectories(reports().resolve("my-notes"));
        Nightly.Night night = night();
        assertEquals(16, night.record().images());
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(others));
        assertTrue(Files.exists(copied));
    }

    @Test
    void oldNightsGoTheBaselineStays() throws Exception {
        Nightly.Night first = night("nightly.keep=1");
        HistoryFile.of(reports()).setBaseline(history().runs().get(0).id());
        arrive(0, 1, true);
        Nightly.Night second = night("nightly.keep=1");
        arrive(1, 2, true);
        Nightly.Night third = night("nightly.keep=1");
        assertTrue(Files.exists(first.folder().orElseThrow()));
        assertFalse(Files.exists(second.folder().orElseThrow()));
        assertTrue(Files.exists(third.folder().orElseThrow()));
        assertEquals(3, history().runs().size());
    }

    @Test
    void aFolderThatVanishedBreaksTheNightAndEverybodyIsTold() throws Exception {
        night();
        Folders.delete(incoming);
        try (Inbox inbox = new Inbox()) {
            assertThrows(DataException.class, () -> night("notification.webhooks=[" + inbox.url() + "]"));
            assertEquals(1, inbox.bodies.size());
            assertTrue(inbox.bodies.get(0).contains("\"outcome\":\"invalid-data\""), inbox.bodies.get(0));
        }
        RecordedRun broken = history().runs().get(0);
        assertEquals(Outcome.BROKEN, broken.outcome());
        assertEquals(4, broken.exitCode());
        assertTrue(Files.readString(reports().resolve("metrics.prom")).contains("gazecheck_night_exit_code"));
        Files.createDirectories(incoming);
        assertEquals(0, night().exitCode());
    }

    @Test
    void whatFailedIsSentAndADeadServerFailsNothing() throws Exception {
        night();
        arrive(0, 5, true);
        darken(incoming);
        try (Inbox inbox = new Inbox()) {
            Nightly.Night night = night(
                    "notification.webhooks=[" + inbox.url() + ", \"http://127.0.0.1:1/x\"]",
                    "notification.pingStart=http://127.0.0.1:1/start");
            assertEquals(Nightly.GATE_FAILED, night.exitCode());
            assertTrue(inbox.bodies.get(0).contains("\"alerts\":true"), inbox.bodies.get(0));
        }
        assertEquals(2, lines("events.jsonl", "\"delivered\":false"), "the ping and the webhook");
        assertEquals(1, lines("events.jsonl", "\"delivered\":true"));
        assertEquals(2, lines("nightly.log", "WARN"), "each warned of once");
    }

    private long lines(String file, String with) throws IOException {
        return Files.readAllLines(reports().resolve(file)).stream()
                .filter(line -> line.contains(with))
                .count();
    }

    @Test
    void whatNobodyWasToldOfIsToldByTheNextNight() throws Exception {
        night();
        arrive(0, 5, true);
        darken(incoming);
        Nightly.Night dark = night();
        assertEquals(Nightly.GATE_FAILED, dark.exitCode());
        Files.delete(dark.folder().orElseThrow().resolve(".notified"));
        try (Inbox inbox = new Inbox()) {
            assertEquals(
                    Nightly.GATE_FAILED,
                    night("notification.webhooks=[" + inbox.url() + "]").exitCode());
            assertTrue(inbox.bodies.get(0).contains(dark.record().id()), inbox.bodies.get(0));
        }
        assertEquals(0, night().exitCode());
    }

    @Test
    void metricsThatCannotBeWrittenUndoNothing() throws Exception {
        night();
        arrive(0, 2, true);
        Files.createDirectories(work.resolve("blocked.prom/x"));
        Nightly.Night night = night("notification.metrics=" + work.resolve("blocked.prom"));
        assertEquals(0, night.exitCode());
        assertTrue(Files.exists(night.folder().orElseThrow().resolve("night.json")));
        assertEquals(2, history().runs().size());
    }

    @Test
    void theFirstNightOfAllMayBeKilledWhileItsHistoryIsBegun() throws Exception {
        Nightly.Night first = night();
        Files.writeString(first.folder().orElseThrow().resolve(".unfinished"), "");
        Files.write(reports().resolve("history.sqlite"), new byte[0]);
        assertEquals(0, night().exitCode());
        assertEquals(1, history().runs().size());
    }

    @Test
    void aHistoryThatIsGoneIsNoFirstNightHoweverOftenOneIsTried() throws Exception {
        night();
        Files.delete(reports().resolve("history.sqlite"));
        for (int i = 0; i < 2; i++) {
            IOException e = assertThrows(IOException.class, this::night);
            assertTrue(e.getMessage().contains("history.sqlite"), e.getMessage());
        }
        Files.copy(reports().resolve("history-backup.sqlite"), reports().resolve("history.sqlite"));
        assertEquals(Optional.empty(), night().folder(), "the copy knows the first night");
    }

    @Test
    void aWorseModelThatIsAcknowledgedIsNotTheNextBaseline() throws Exception {
        Nightly.Night good = night();
        Nightly.Night worse = night("nightly.run=" + worse());
        String rule = "test.top1 not worse than baseline";
        HistoryFile.of(reports())
                .acknowledge(new Acknowledgement(
                        rule,
                        LocalDate.now(ZoneOffset.UTC).plusDays(1),
                        "known",
                        "Ann",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        Nightly.Night silenced = night("nightly.run=" + worse());
        assertEquals(GateOutcome.ACKNOWLEDGED, gate(silenced, rule).outcome());
        arrive(0, 2, true);
        Nightly.Night next = night("nightly.run=" + worse(), "nightly.keep=1");
        assertEquals(good.record().id(), next.record().baseline());
        assertTrue(Files.exists(good.folder().orElseThrow()), "kept for later nights");
        assertFalse(Files.exists(worse.folder().orElseThrow()));
    }

    @Test
    void aChosenBaselineDoesNotCostTheLastGoodNight() throws Exception {
        Nightly.Night first = night();
        HistoryFile.of(reports()).setBaseline(first.record().id());
        arrive(0, 2, true);
        Nightly.Night good = night("nightly.keep=1");
        arrive(2, 6, true);
        darken(incoming);
        assertEquals(Nightly.GATE_FAILED, night("nightly.keep=1").exitCode());
        assertTrue(Files.exists(good.folder().orElseThrow()));
    }

    @Test
    void whatCannotBeOpenedIsCountedOnce() throws Exception {
        night();
        Files.createSymbolicLink(incoming.resolve("image.jpg"), work.resolve("nowhere.jpg"));
        Nightly.Night night = night();
        assertEquals(1, night.record().refused());
        assertEquals(Nightly.GATE_FAILED, night.exitCode());
        assertTrue(night.record().warnings().toString().contains("leads nowhere"));
        assertEquals(Optional.empty(), night().folder());
    }

    @Test
    void aRuleMayAskThatImagesArrive() throws Exception {
        String rule = "gates.fail=[\"new.images >= 1\"]";
        assertEquals(Nightly.GATE_FAILED, night(rule).exitCode());
        assertEquals(0, night(rule).exitCode(), "persists");
        arrive(0, 2, true);
        assertEquals(0, night(rule).exitCode());
        assertEquals(Nightly.GATE_FAILED, night(rule).exitCode());
    }

    @Test
    void aMessageThatReachedNobodyIsSentAgainAndWakesOnce() throws Exception {
        night();
        arrive(0, 5, true);
        darken(incoming);
        Nightly.Night dark;
        try (Inbox refusing = new Inbox(404)) {
            dark = night("notification.webhooks=[" + refusing.url() + "]");
        }
        assertEquals(Nightly.GATE_FAILED, dark.exitCode());
        try (Inbox inbox = new Inbox()) {
            String hook = "notification.webhooks=[" + inbox.url() + "]";
            assertEquals(0, night(hook).exitCode());
            assertTrue(inbox.bodies.get(0).contains(dark.record().id()), inbox.bodies.get(0));
            assertEquals(2, inbox.bodies.size());
            night(hook);
            assertEquals(3, inbox.bodies.size());
        }
    }

    @Test
    void theLastOutcomeStandsBesideTheNights() throws Exception {
        night();
        assertTrue(Files.readString(reports().resolve("summary.md")).startsWith("# Gates: nothing failed"));
        night();
        assertTrue(Files.readString(reports().resolve("summary.md")).startsWith("Nothing is new"));
        Folders.delete(incoming);
        assertThrows(DataException.class, this::night);
        assertTrue(Files.readString(reports().resolve("summary.md")).startsWith("# The night failed"));
        assertTrue(Files.readString(reports().resolve("junit.xml")).contains("errors=\"1\""));
    }

    @Test
    void oneNightAtATime() throws Exception {
        try (FolderLock lock = FolderLock.of(reports())) {
            LockedException e = assertThrows(LockedException.class, this::night);
            assertTrue(e.getMessage().contains("in use"), e.getMessage());
        }
        assertEquals(0, night().exitCode());
    }

    @Test
    void aMistakeInARuleIsFoundBeforeAnythingIsDone() throws Exception {
        ConfigurationException e =
                assertThrows(ConfigurationException.class, () -> night("gates.fail=[\"test.topp1 >= 0.9\"]"));
        assertTrue(e.getMessage().contains("test.top1"), e.getMessage());
        assertFalse(Files.exists(reports().resolve("history.sqlite")));
    }

    @Test
    void whatThereIsNoTimeForIsNewToTheNextNight() throws Exception {
        night();
        arrive(0, 34, true);
        Nightly.Night night = night("nightly.minutes=0.0001");
        assertEquals(Nightly.OUT_OF_TIME, night.exitCode(), night.verdict().toString());
        assertEquals(256, night.record().images());
        assertEquals(16, night.record().leftOut());
        assertEquals(16, night().record().images());
    }

    @Test
    void filesOfOtherFormatsAreCountedAndNamedUntilTheyAreGone() throws Exception {
        night();
        for (int i = 0; i < 9; i++) {
            Files.writeString(incoming.resolve("poppy-" + i + ".mov"), "no picture");
        }
        Files.writeString(incoming.resolve("copying.jpg.part"), "half");
        String rule = "gates.fail=[new.ignored <= 0]";
        Nightly.Night night = night(rule);
        assertEquals(9, night.record().ignored());
        assertEquals(Nightly.GATE_FAILED, night.exitCode());
        assertTrue(night.text().contains("9 .mov"), night.text());
        assertTrue(
                Files.readString(reports().resolve("metrics.prom")).contains("figure=\"new.ignored\",class=\"\"} 9"));
        arrive(0, 2, true);
        Nightly.Night later = night(rule);
        assertEquals(0, later.record().ignored());
        assertEquals(GateOutcome.PERSISTING, gate(later, "new.ignored <= 0").outcome());
        for (int i = 0; i < 9; i++) {
            Files.delete(incoming.resolve("poppy-" + i + ".mov"));
        }
        assertEquals(GateOutcome.PASSED, gate(night(rule), "new.ignored <= 0").outcome());
        assertTrue(history().runs().get(0).outcome().good(), "at once, before anything else arrives");
    }

    @Test
    void linksAreNotFollowedUnlessToldTo() throws Exception {
        night();
        Path outside = Files.createDirectories(work.resolve("private"));
        Files.copy(shared.resolve("later/test/poppy/000.png"), outside.resolve("a.png"));
        Files.createSymbolicLink(incoming.resolve("album"), outside);
        Files.createSymbolicLink(incoming.resolve("one.png"), outside.resolve("a.png"));
        Nightly.Night night = night();
        assertEquals(0, night.record().images());
        assertEquals(2, night.record().refused());
        assertTrue(night.record().warnings().toString().contains("nightly.followLinks"), night.text());
        assertEquals(1, night("nightly.followLinks=true").record().images());
    }

    @Test
    void aLostFolderOfNightsIsNoFirstNight() throws Exception {
        Nightly.Night first = night();
        assertEquals(0, first.record().earlier());
        assertTrue(first.text().contains("first night"), first.text());
        Folders.delete(reports());
        for (int i = 0; i < 2; i++) {
            IOException e = assertThrows(IOException.class, this::night);
            assertTrue(e.getMessage().contains(reports().toString()), e.getMessage());
            assertTrue(e.getMessage().contains(first.record().id()), e.getMessage());
            assertTrue(
                    e.getMessage().contains(shared.resolve(".model.nights.json").toString()), e.getMessage());
        }
        Files.delete(shared.resolve(".model.nights.json"));
        Folders.delete(reports());
        assertEquals(0, night().exitCode());
    }

    @Test
    void whatTheTimeBudgetLeavesOutIsDrawnAtRandomAndTold() throws Exception {
        night();
        arrive(0, 34, true);
        darken(incoming);
        Nightly.Night night = night("nightly.minutes=0.0001", "gates.fail=[new.drift is none, new.images >= 300]");
        assertEquals(Nightly.OUT_OF_TIME, night.exitCode(), "6 is the worse");
        assertTrue(night.verdict().orElseThrow().alerts());
        assertTrue(night.text().contains("256 of 272 new images"), night.text());
        assertEquals(
                GateOutcome.NOT_APPLICABLE, gate(night, "new.images >= 300").outcome());
        String drift = gate(night, "new.drift is none").sentence();
        assertTrue(drift.contains("brightness") && !drift.contains("label_distribution"), drift);
        List<Prediction> seen =
                PredictionsFile.read(new RunFolder(night.folder().orElseThrow()).predictions());
        assertEquals(8, seen.stream().map(Prediction::label).distinct().count());
        assertTrue(seen.stream().filter(p -> p.label().equals("sunflower")).count() > 22, "of every class");
    }

    @Test
    void wrongLabelsStayOpenUntilTheyAreDealtWith() throws Exception {
        night();
        arrive(0, 8, true);
        mislabelMost();
        String drift = "new.drift.labels is none";
        String[] rules = {"gates.fail=[new.drift.labels is none, new.findings.severity >= high is empty]"};
        Nightly.Night wrong = night(rules);
        assertEquals(Nightly.GATE_FAILED, wrong.exitCode(), wrong.text());
        arrive(20, 28, true);
        Nightly.Night good = night(rules);
        assertEquals(0, good.exitCode(), good.text());
        assertEquals(GateOutcome.PERSISTING, gate(good, drift).outcome(), "the wrong labels still lie there");
        assertFalse(history().runs().get(0).outcome().good());
        for (Path species : arriving()) {
            for (int i = 0; i < 8; i++) {
                Files.delete(incoming.resolve(species.getFileName()).resolve(String.format("%03d.png", i)));
            }
        }
        Nightly.Night mended = night(rules);
        assertEquals(GateOutcome.NOT_APPLICABLE, gate(mended, drift).outcome(), mended.text());
        assertTrue(history().runs().get(0).outcome().good(), mended.text());
    }

    @Test
    void aRejectedRunIsNoBaselineAndNobodyElseIsWhereOnlyAPersonSetsIt() throws Exception {
        Nightly.Night first = night();
        arrive(0, 2, true);
        assertEquals(null, night("nightly.baseline=set").record().baseline());
        RunFolder run = new RunFolder(shared.resolve("model"));
        try {
            reject(run, RunId.of(run));
            arrive(2, 4, true);
            Nightly.Night rejected = night();
            assertEquals(null, rejected.record().baseline());
            assertTrue(rejected.text().contains("rejected by Ann"), rejected.text());
            assertEquals(Optional.empty(), history().baseline());
            assertTrue(history().signOffs().get(first.record().id()).rejected());
            assertEquals(Optional.empty(), night().folder(), "nothing has changed");
        } finally {
            Files.delete(run.signature());
        }
    }

    private static void reject(RunFolder run, String id) throws IOException {
        Signature.Share none = new Signature.Share(0, 0);
        SignatureFile.write(
                run.signature(),
                new Signature(
                        Signature.Decision.REJECT,
                        "Ann",
                        Instant.parse("2026-03-14T02:00:00Z"),
                        "half of it is wrong",
                        id,
                        new Signature.Reviewed(none, none, none)));
    }

    @Test
    void aSignatureThatIsVoidIsToldAndADamagedOneEndsTheNight() throws Exception {
        RunFolder run = new RunFolder(shared.resolve("model"));
        try {
            reject(run, "0123456789abcdef");
            Nightly.Night changed = night();
            assertTrue(changed.text().contains("has changed since it was rejected by Ann"), changed.text());
            assertTrue(changed.text().contains("void"), changed.text());
            Files.writeString(run.signature(), "{");
            assertThrows(ResultsException.class, this::night);
        } finally {
            Files.delete(run.signature());
        }
    }

    @Test
    void whatWasNotDeliveredIsToldAndCounted() throws Exception {
        night();
        Nightly.Night night;
        try (Inbox refusing = new Inbox(404)) {
            night = night("notification.webhooks=[" + refusing.url() + "]");
        }
        assertTrue(night.text().contains("Not delivered"), night.text());
        assertTrue(Files.readString(reports().resolve("summary.md")).contains("127.0.0.1"));
        assertTrue(Files.readString(reports().resolve("metrics.prom")).contains("night.undelivered\",class=\"\"} 1"));
        Nightly.Night next = night("gates.fail=[night.undelivered <= 0]");
        assertEquals(Nightly.GATE_FAILED, next.exitCode());
        assertEquals(1, next.record().undelivered());
    }

    private Path worse() throws IOException {
        return Files.writeString(
                work.resolve("worse.yaml"),
                Files.readString(shared.resolve("model.yaml"))
                        .replace("/model}", "/worse}")
                        .replace("epochs: 8", "epochs: 1")
                        .replace("maxIterations: 60", "maxIterations: 1"));
    }

    private Path reports() {
        return work.resolve("nights");
    }

    private History history() throws IOException {
        return HistoryFile.of(reports()).read();
    }

    private static GateResult gate(Nightly.Night night, String rule) {
        return night.verdict().orElseThrow().gates().stream()
                .filter(gate -> gate.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private Nightly.Night night(String... settings) throws Exception {
        return Nightly.run(configuration(settings), Map.of(), clock, Progress.SILENT, FAILURES);
    }

    private NightlyConfiguration configuration(String... settings) throws Exception {
        Path yaml = Files.writeString(
                work.resolve("nights.yaml"),
                """
                nightly: {run: %s/model.yaml, incoming: %s}
                output: {dir: %s}
                gates:
                  fail:
                    - test.top1 not worse than baseline
                    - new.top1 not worse than baseline
                    - new.drift is none
                    - findings.new.severity >= high is empty
                    - new.refused <= 0
                """
                        .formatted(shared, incoming, reports()));
        return ConfigurationReader.nightly(yaml, List.of(settings));
    }

    /** Drawings of each species, that neither model nor earlier nights know. */
    private void arrive(int from, int to, boolean labelled) throws IOException {
        for (Path folder : arriving()) {
            String name = folder.getFileName().toString();
            Path target = Files.createDirectories(labelled ? incoming.resolve(name) : incoming.resolve("camera"));
            for (int i = from; i < to; i++) {
                String file = String.format("%03d.png", i);
                Files.copy(folder.resolve(file), target.resolve(labelled ? file : name + "-" + file));
            }
        }
    }

    private static List<Path> arriving() throws IOException {
        try (Stream<Path> species = Files.list(shared.resolve("later/test"))) {
            return species.sorted().toList();
        }
    }

    /** Six of the eight species that arrived get the label of one that looks different. */
    private void mislabelMost() throws IOException {
        swap("poppy", "daisy");
        swap("camellia", "sunflower");
        swap("anemone", "rudbeckia");
    }

    private void swap(String one, String other) throws IOException {
        Path kept = incoming.resolve("kept");
        Files.move(incoming.resolve(one), kept);
        Files.move(incoming.resolve(other), incoming.resolve(one));
        Files.move(kept, incoming.resolve(other));
    }

    private static void darken(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            BufferedImage image = ImageIO.read(file.toFile());
            BufferedImage dark = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = dark.createGraphics();
            graphics.drawImage(image, 0, 0, null);
            graphics.setColor(new Color(0, 0, 0, 150));
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.dispose();
            ImageIO.write(dark, "png", file.toFile());
        }
    }

    /** A server that keeps what it is told. */
    private static final class Inbox implements AutoCloseable {
        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Inbox() throws IOException {
            this(204);
        }

        /** @param answer to everything */
        Inbox(int answer) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(answer, -1);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "\"http://127.0.0.1:" + server.getAddress().getPort() + "/hook\"";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
