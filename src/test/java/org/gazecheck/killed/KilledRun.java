package org.gazecheck.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.io.Folders;
import org.gazecheck.results.RunFolder;

/** A command that makes a run folder: killed, given again until it ends, and compared with itself undisturbed. */
final class KilledRun {
    /** Stages in their order; the demo's images are drawn before. */
    static final List<String> STAGES = List.of("draw", "prepare", "train", "evaluate", "audit", "report");

    private static final List<String> SMALL = List.of(
            "data.drawn.train=10",
            "data.drawn.val=6",
            "data.drawn.test=6",
            "data.drawn.size=64",
            "model.size=64",
            "compute.threads=1",
            "train.probe.maxIterations=5",
            "train.finetune.views=0",
            "train.finetune.batch=12",
            "train.finetune.epochs=4",
            "train.finetune.warmup=5",
            "train.finetune.learningRate=2e-3",
            "audit.trust.images=4");
    private static final Pattern STAGE = Pattern.compile("stage ([a-z]+) (begins|ends)(?: after ([\\d.]+) s)?");
    private static final Pattern TEMPORARY = Pattern.compile("\\.(.+)\\.[^.]*\\.(\\d+)\\.tmp");
    private static final double SECONDS_OF_DRAWING = 1;

    /** What is killed when. */
    sealed interface Moment {
        String stage();

        /** @param share of the time that the stage took undisturbed */
        record Within(String stage, double share) implements Moment {}

        /** @param text that the command says in the stage, at which the kill strikes */
        record Said(String stage, String text) implements Moment {}

        /** @param glob of a file's name, at whose making in the run folder the kill strikes */
        record Made(String stage, String glob) implements Moment {}
    }

    /**
     * A kill that struck.
     *
     * @param stage that was under way, "between" two or at the "start"
     * @param halfWritten the files that the dead process was writing, and the folder that it was about to move; may be empty
     */
    record Kill(String stage, String halfWritten) {}

    interface Start {
        Command command(Path output, List<String> arguments) throws IOException;
    }

    private final Path expected;
    private final Path work;
    private final Path output;
    private final Start start;
    private final List<String> arguments;

    /** @param arguments of the command, whose run folder, cache and drawn data are set to lie in {@code folder} */
    KilledRun(Path folder, Start start, List<String> arguments) {
        this(folder, start, arguments, "--set=output.dir=");
    }

    private KilledRun(Path folder, Start start, List<String> arguments, String into) {
        this.expected = folder.resolve("expected");
        this.work = folder.resolve("work");
        this.output = folder.resolve("output.txt");
        this.start = start;
        this.arguments = new ArrayList<>(arguments);
        this.arguments.add(into + run());
        this.arguments.add("--set=cache.dir=" + work.resolve("cache"));
    }

    /** The demo made small: some ten seconds on an idle core. */
    static KilledRun ofDemo(Path folder) {
        List<String> arguments = new ArrayList<>(List.of("demo"));
        arguments.add("--set=data.dir=" + folder.resolve("work/data"));
        arguments.add("--set=data.masks=" + folder.resolve("work/data/masks"));
        SMALL.forEach(setting -> arguments.add("--set=" + setting));
        return new KilledRun(folder, Command::startSmall, arguments);
    }

    /** A run that mends one of its shortcuts, on one thread. */
    static KilledRun ofMitigation(Path folder, RunFolder mended, String finding) {
        List<String> arguments =
                List.of("mitigate", mended.root().toString(), "--finding=" + finding, "--set=compute.threads=1");
        return new KilledRun(folder, Command::startSmall, arguments, "--output=");
    }

    private Path run() {
        return work.resolve("run");
    }

    /** Runs the command once without a disturbance. */
    void runUndisturbed() throws Exception {
        begin();
        end();
        Files.createDirectories(expected);
        for (String part : List.of("run", "data")) {
            if (Files.exists(work.resolve(part))) {
                Files.move(work.resolve(part), expected.resolve(part));
            }
        }
    }

    /** Begins with nothing. */
    void begin() throws IOException {
        Folders.delete(work);
        Files.createDirectories(run());
    }

    /** Gives the command and kills it; empty when it ended before the moment came. */
    Optional<Kill> kill(Moment moment) throws Exception {
        int logged = log(run()).length();
        try (NewFiles made = new NewFiles(run(), moment instanceof Moment.Made file ? file.glob() : "");
                Command command = start.command(output, arguments)) {
            if (moment instanceof Moment.Within within) {
                awaitMoment(command, within, logged);
            } else if (moment instanceof Moment.Said said) {
                awaitText(command, said.text());
            } else {
                made.await(command);
            }
            int code = command.kill();
            if (code != Command.KILLED) {
                assertEquals(0, code, command.said());
                return Optional.empty();
            }
            String stage = underWay(logged);
            return Optional.of(new Kill(stage, halfWritten(command.pid(), stage)));
        }
    }

    /** Lets the command end; its end must be the undisturbed one. */
    void assertEndsAsUndisturbed() throws Exception {
        end();
        new Ending(expected.resolve("run"), List.of()).assertEqual(new Ending(run(), List.of()));
        if (Files.exists(expected.resolve("data"))) {
            new Ending(expected.resolve("data"), List.of()).assertEqual(new Ending(work.resolve("data"), List.of()));
        }
        Ending.assertNothingIsLeftBehind(work);
    }

    private void end() throws Exception {
        try (Command command = start.command(output, arguments)) {
            assertEquals(0, command.end(), command.said());
        }
    }

    private void awaitMoment(Command command, Moment.Within moment, int logged) throws Exception {
        boolean drawn = moment.stage().equals("draw");
        while (command.isAlive()
                && !(drawn
                        ? isDrawing()
                        : log(run()).substring(logged).contains("stage " + moment.stage() + " begins"))) {
            Thread.sleep(20);
        }
        double seconds = drawn ? SECONDS_OF_DRAWING : seconds(moment.stage());
        long end = System.nanoTime() + (long) (1e9 * seconds * moment.share());
        while (command.isAlive() && System.nanoTime() < end) {
            Thread.sleep(1);
        }
    }

    private static void awaitText(Command command, String text) throws Exception {
        while (command.isAlive() && !command.said().contains(text)) {
            Thread.sleep(1);
        }
    }

    private boolean isDrawing() {
        return Files.exists(work.resolve("data/.drawn.begun"));
    }

    /** Seconds that a stage took undisturbed. */
    private double seconds(String stage) throws IOException {
        return STAGE.matcher(log(expected.resolve("run")))
                .results()
                .filter(line -> line.group(1).equals(stage) && line.group(3) != null)
                .mapToDouble(line -> Double.parseDouble(line.group(3)))
                .findFirst()
                .orElseThrow();
    }

    /** The stage that the log's last words speak of. */
    private String underWay(int logged) throws IOException {
        return STAGE.matcher(log(run()).substring(logged))
                .results()
                .reduce((first, second) -> second)
                .map(last -> last.group(2).equals("begins") ? last.group(1) : "between")
                .orElse(isDrawing() ? "draw" : "start");
    }

    private String halfWritten(long process, String stage) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            return files.map(file -> file.getFileName().toString())
                    .flatMap(name -> halfWritten(name, process, stage).stream())
                    .sorted()
                    .collect(Collectors.joining(" "));
        }
    }

    private static Optional<String> halfWritten(String name, long process, String stage) {
        if (stage.equals("report") && (name.equals(".assets.new") || name.equals(".assets.old"))) {
            return Optional.of(name.substring(1));
        }
        Matcher temporary = TEMPORARY.matcher(name);
        return temporary.matches() && temporary.group(2).equals(Long.toString(process))
                ? Optional.of(temporary.group(1))
                : Optional.empty();
    }

    private static String log(Path run) throws IOException {
        Path log = run.resolve("gazecheck.log");
        return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    }
}
