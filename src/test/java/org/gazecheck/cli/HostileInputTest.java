package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.cli.HostileRunner.Outcome;
import org.gazecheck.hostile.Corpus;
import org.gazecheck.hostile.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The corpus of hostile files, given to the program in a process of its own with a heap of 640 MB. */
@Tag("slow")
class HostileInputTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path work;

    private static List<Row> rows;
    private static List<String> before;

    @BeforeAll
    static void run() throws Exception {
        Path folder = Files.createDirectory(work.resolve("corpus"));
        Path done = Files.createDirectory(work.resolve("done"));
        rows = Corpus.write(folder, work.resolve("executed"));
        Path list = work.resolve("rows.json");
        JSON.writeValue(list.toFile(), rows);
        Path log = work.resolve("log.txt");
        Files.createFile(log);
        before = outside();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx640m",
                        "-XX:+UseSerialGC",
                        "-Djava.awt.headless=true",
                        "-Dorg.bytedeco.javacpp.maxbytes=512m",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileRunner.class.getName(),
                        list.toString(),
                        done.toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int code = process.waitFor();
        System.out.println(Files.readString(log));
        assertEquals(0, code, Files.readString(log));
    }

    @TestFactory
    Stream<DynamicTest> eachIsToldInOneLineWithItsExitCodeAndStaysInBounds() {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> dynamicTest(rows.get(i).name(), () -> check(i)));
    }

    @TestFactory
    Stream<DynamicTest> nothingIsExecutedOrWrittenOutside() {
        return Stream.of(
                dynamicTest("nothing is executed", () -> assertFalse(Files.exists(work.resolve("executed")))),
                dynamicTest("nothing is written outside", () -> assertEquals(before, outside())));
    }

    private static void check(int i) throws IOException {
        Row row = rows.get(i);
        Outcome outcome = JSON.readValue(work.resolve("done/" + i + ".json").toFile(), Outcome.class);
        String told = outcome.err().strip();
        assertAll(
                () -> assertEquals(row.code(), outcome.code(), told),
                () -> assertTrue(told.contains(row.words()), told),
                () -> assertTrue(row.code() == 0 || told.startsWith("gazecheck: "), told),
                () -> assertFalse(told.contains("Exception"), told),
                () -> assertTrue(told.lines().allMatch(line -> line.length() < 2000), told),
                () -> assertTrue(told.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r'), told),
                () -> assertTrue(outcome.seconds() < 10, outcome.seconds() + " s"),
                () -> assertTrue(outcome.elapsed() < 60, outcome.elapsed() + " s elapsed"),
                () -> assertTrue(outcome.megabytes() < 1024, outcome.megabytes() + " MB"));
    }

    /** What lies beside the corpus and the results of the run. */
    private static List<String> outside() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return List.copyOf(new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList()));
        }
    }
}
