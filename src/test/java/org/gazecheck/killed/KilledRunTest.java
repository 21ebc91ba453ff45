package org.gazecheck.killed;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.ReferenceData;
import org.gazecheck.killed.KilledRun.Kill;
import org.gazecheck.killed.KilledRun.Moment;
import org.gazecheck.killed.KilledRun.Moment.Made;
import org.gazecheck.killed.KilledRun.Moment.Within;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed with SIGKILL and given again end with the bytes of an undisturbed one. */
class KilledRunTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    @Tag("slow")
    void aRunKilledInTheMiddleOfWritesAndOfStagesEndsAsAnUndisturbedOne() throws Exception {
        KilledRun demo = KilledRun.ofDemo(folder);
        demo.runUndisturbed();
        demo.begin();
        List<String> struck = new ArrayList<>();
        for (Moment moment : List.of(
                new Within("prepare", 0.5),
                new Made("train", ".latest.bin.*"),
                new Made("evaluate", ".gradcam_*"),
                new Within("audit", 0.5),
                new Made("report", ".assets.new"))) {
            demo.kill(moment).ifPresent(kill -> struck.add(kill.stage()));
        }
        assertTrue(struck.containsAll(List.of("train", "evaluate", "report")), struck.toString());
        demo.assertEndsAsUndisturbed();
    }

    /**
     * Rounds that begin with nothing, are killed three to seven times, and then run to their end. Every sixth kill, in the
     * mean, waits for a file that is being written (a checkpoint, the model, a map) or for the folder of images that the
     * report is about to move.
     */
    @Test
    @Tag("slowest")
    void runsKilledAtRandomMomentsEndAsAnUndisturbedOne() throws Exception {
        KilledRun demo = KilledRun.ofDemo(folder);
        demo.runUndisturbed();
        List<Kill> kills = new ArrayList<>();
        for (int round = 1; kills.size() < Kills.COUNT; round++) {
            assertTrue(round <= Kills.COUNT, "commands end before they are killed");
            SplittableRandom random = Kills.random(round);
            demo.begin();
            for (Moment moment : moments(random, Math.min(random.nextInt(3, 8), Kills.COUNT - kills.size()))) {
                demo.kill(moment).ifPresent(kills::add);
            }
            System.out.println("round " + round + ": " + kills.size() + " kills, last " + kills.get(kills.size() - 1));
            demo.assertEndsAsUndisturbed();
        }
        Map<String, Long> stages = Kills.counts(kills.stream().map(Kill::stage));
        System.out.println("kills by what was under way: " + stages);
        System.out.println("of these in the middle of a write or a move: "
                + Kills.counts(kills.stream().map(Kill::halfWritten)));
        if (Kills.MANY) {
            assertTrue(stages.keySet().containsAll(KilledRun.STAGES), "a stage was not hit");
            long middle = kills.stream()
                    .filter(kill -> kill.halfWritten().matches(".*(latest\\.bin|assets|model\\.zip|\\.npy).*"))
                    .count();
            assertTrue(middle >= 3, middle + " kills struck in the middle of a checkpoint or a move");
        }
    }

    /** The reference job, or another run of {@code kills.config} with settings {@code kills.set} divided by blanks. */
    @Test
    @Tag("slowest")
    void aRealRunKilledInTheMiddleOfEveryStageEndsAsAnUndisturbedOne() throws Exception {
        KilledRun run = new KilledRun(folder, Command::startLarge, realRun());
        run.runUndisturbed();
        run.begin();
        List<Kill> kills = new ArrayList<>();
        for (String stage : KilledRun.STAGES.subList(1, KilledRun.STAGES.size())) {
            run.kill(new Within(stage, 0.5))
                    .filter(kill -> kill.stage().equals(stage))
                    .ifPresent(kills::add);
        }
        System.out.println(
                "killed in the middle of: " + Kills.counts(kills.stream().map(Kill::stage)));
        run.assertEndsAsUndisturbed();
        assertNotEquals(List.of(), kills);
    }

    private static List<String> realRun() {
        String configuration = System.getProperty("kills.config");
        List<String> settings = configuration == null
                ? List.of(
                        "data.dir=" + ReferenceData.path("flowers102"),
                        "data.allowMissing=[test]",
                        "data.download=false",
                        "model.weights=" + ReferenceData.path("weights/resnet50.safetensors"))
                : List.of(System.getProperty("kills.set", "").split(" "));
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.add(configuration == null ? "config/flowers102.yaml" : configuration);
        settings.stream().filter(setting -> !setting.isEmpty()).forEach(setting -> arguments.add("--set=" + setting));
        return arguments;
    }

    private static List<Moment> moments(SplittableRandom random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> moment(random))
                .sorted(Comparator.comparing(moment -> KilledRun.STAGES.indexOf(moment.stage())))
                .toList();
    }

    private static Moment moment(SplittableRandom random) {
        if (random.nextInt(6) == 0) {
            return switch (random.nextInt(6)) {
                case 0, 1, 2 -> new Made("train", ".latest.bin.*");
                case 3 -> new Made("train", ".model.zip.*");
                case 4 -> new Made("evaluate", ".gradcam_*");
                default -> new Made("report", ".assets.new");
            };
        }
        int pick = random.nextInt(20);
        String stage = pick < 2
                ? "draw"
                : pick < 4 ? "prepare" : pick < 11 ? "train" : pick < 14 ? "evaluate" : pick < 17 ? "audit" : "report";
        return new Within(stage, random.nextDouble());
    }
}
