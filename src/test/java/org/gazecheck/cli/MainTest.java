package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    @Test
    void withoutArgumentsThereIsHelp() {
        Outcome outcome = execute();

        assertEquals(0, outcome.code());
        assertTrue(outcome.out().startsWith("Usage: gazecheck"), outcome.out());
        assertEquals("", outcome.err());
    }

    @Test
    void helpNamesEveryCommandAndEveryExitCode() {
        String help = execute("--help").out();

        for (String command :
                "demo run prepare train evaluate audit report explain predict config history baseline compare"
                        .split(" ")) {
            assertTrue(help.matches("(?s).*\\n  " + command + " .*"), command);
        }
        for (ExitCode code : ExitCode.values()) {
            assertTrue(help.matches("(?s).*\\n  " + code.code() + " +\\w.*"), code.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo", "run", "prepare", "train", "evaluate", "audit", "report", "explain", "predict", "config"
            })
    void everyCommandHasHelpAndTakesOverrides(String command) {
        Outcome outcome = execute(command, "--help");

        assertEquals(0, outcome.code());
        assertTrue(outcome.out().contains("--set=KEY=VALUE"), outcome.out());
        assertTrue(outcome.out().contains("--verbose"), outcome.out());
    }

    @Test
    void aMistypedCommandIsAUsageMistakeWithASuggestion() {
        Outcome outcome = execute("rnu", "config/demo.yaml");

        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("Did you mean run?"), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "explain --model x",
                "explain a.jpg",
                "predict a.jpg",
                "predict a.jpg --model x --top 0",
                "compare a",
                "history --format xml",
                "history add",
                "baseline set",
                "audit",
                "config",
                "run a b",
                "run --nope a"
            })
    void missingAndUnknownArgumentsAreUsageMistakes(String line) {
        Outcome outcome = execute(line.split(" "));

        assertEquals(2, outcome.code());
        assertTrue(outcome.err().startsWith("gazecheck: "), outcome.err());
    }

    @Test
    void aTrueTargetNeedsALabel() {
        for (String target : List.of("true", "contrast")) {
            Outcome outcome = execute("explain", "a.jpg", "--model", "x", "--target", target);

            assertEquals(2, outcome.code());
            assertTrue(outcome.err().contains("--target " + target + " needs --label"), outcome.err());
        }
    }

    @Test
    void mistakesInAConfigurationAreListedWithoutAStackTrace() throws IOException {
        Path file = Files.writeString(folder.resolve("three.yaml"), "data:\n  source: flower\n  dirr: x\nseed: many\n");

        Outcome outcome = execute("run", file.toString());

        assertEquals(2, outcome.code());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("three.yaml:2:11: "), outcome.err());
        assertTrue(outcome.err().contains("three.yaml:3:3: "), outcome.err());
        assertTrue(outcome.err().contains("three.yaml:4:7: "), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
        assertTrue(execute("--verbose", "run", file.toString()).err().contains("\tat "));
    }

    @Test
    void aMistakenOverrideOfDemoIsToldUnderItsKey() {
        Outcome outcome = execute("demo", "--set", "train.finetune.epocs=1");

        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--set train.finetune.epocs: unknown key"), outcome.err());
    }

    @Test
    void configPrintsTheResolvedConfiguration() {
        Outcome outcome = execute("config", "config/flowers102.yaml", "--set", "seed=7", "--set=compute.threads=3");

        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("\nseed: 7\n"), outcome.out());
        assertTrue(outcome.out().contains("  threads: 3\n"), outcome.out());
        assertTrue(outcome.out().contains("  dir: reports/flowers102\n"), outcome.out());
    }

    @Test
    void overridesWithoutEffectOnACommandAreRefused() {
        Outcome outcome = execute("report", folder.toString(), "--set", "train.recipe=probe");

        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--set train.recipe: has no effect here"), outcome.err());
    }

    @Test
    void aFolderThatIsNoRunIsAFailure() {
        assertEquals(1, execute("report", folder.toString()).code());
    }

    private static Outcome execute(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Outcome(code, out.toString(), err.toString());
    }
}
