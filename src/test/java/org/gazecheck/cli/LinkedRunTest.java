package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.gazecheck.io.Folders;
import org.gazecheck.results.RunFolder;
import org.gazecheck.review.ReviewableRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Run folders of others whose files lead elsewhere. */
class LinkedRunTest {
    private static final String TEXT = "name: precious\n";

    @TempDir
    private Path work;

    private Path victim;
    private RunFolder run;
    private String told = "";

    @BeforeEach
    void makeRun() throws IOException {
        victim = Files.writeString(work.resolve("precious.yaml"), TEXT);
        run = ReviewableRun.write(work.resolve("run"), 2);
    }

    /** Everything that {@link RunFolder} names, and what is written besides. */
    static Stream<String> names() {
        RunFolder some = new RunFolder(Path.of("some"));
        Stream<String> files = Arrays.stream(RunFolder.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == Path.class && method.getParameterCount() == 0)
                .map(method -> path(method, some))
                .filter(path -> !path.equals(some.root()))
                .map(path -> path.getFileName().toString());
        return Stream.concat(
                files,
                Stream.of(
                        ".lock",
                        "verdicts.sqlite-journal",
                        "assets",
                        ".assets.new",
                        ".assets.old",
                        "assets/report.js",
                        "assets/thumbnails/00ff.jpg",
                        "audit/localisation.json",
                        "maps/grad-cam_layer4_true.npy"));
    }

    private static Path path(Method method, RunFolder some) {
        try {
            return (Path) Objects.requireNonNull(method.invoke(some));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<List<String>> commands() throws IOException {
        String folder = run.root().toString();
        Path configuration = Files.writeString(
                work.resolve("new.yaml"),
                "data: {source: folder, dir: " + work + "/none}\nmodel: {architecture: demo}\ncache: {dir: " + work
                        + "/cache}\n");
        String here = "output.dir=" + folder;
        return List.of(
                List.of("run", configuration.toString(), "--set", here),
                List.of("prepare", configuration.toString(), "--set", here),
                List.of("evaluate", configuration.toString(), "--set", here),
                List.of("audit", folder),
                List.of("report", folder),
                List.of("review", "sign", folder, "--decision", "reject", "--reviewer", "Ann", "--comment", "no"),
                List.of("serve", folder, "--port", "0"));
    }

    private int execute(List<String> command) {
        StringWriter err = new StringWriter();
        int code = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> Main.execute(
                        new PrintWriter(new StringWriter()), new PrintWriter(err), command.toArray(String[]::new)));
        told = err.toString();
        return code;
    }

    private static void clear(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Folders.delete(file);
        } else {
            Files.deleteIfExists(file);
        }
        Files.createDirectories(file.getParent());
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingIsWrittenThroughALinkToAFile(String name) throws IOException {
        Path link = run.root().resolve(name);
        clear(link);
        Files.createSymbolicLink(link, victim);

        for (List<String> command : commands()) {
            int code = execute(command);
            assertTrue(code == 4 || code == 2 || code == 1, command + ": " + code + " " + told);
            assertFalse(told.contains("Exception"), told);
            assertEquals(TEXT, Files.readString(victim), command.toString());
            assertTrue(Files.isSymbolicLink(link), command + " went on: " + told);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingIsMadeThroughALinkThatLeadsNowhereYet(String name) throws IOException {
        Path link = run.root().resolve(name);
        Path absent = work.resolve("absent");
        clear(link);
        Files.createSymbolicLink(link, absent);

        for (List<String> command : commands()) {
            assertTrue(execute(command) != 0, command + ": " + told);
            assertFalse(Files.exists(absent), command.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"audit", "maps", "checkpoints", "counterfactuals", "assets", ".assets.new", "assets/thumbnails"})
    void nothingIsWrittenOrDeletedInAFolderThatALinkLeadsTo(String name) throws IOException {
        Path elsewhere = Files.createDirectory(work.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("localisation.json"), TEXT);
        Files.writeString(elsewhere.resolve(".x.host.1.tmp"), TEXT);
        Path link = run.root().resolve(name);
        clear(link);
        Files.createSymbolicLink(link, elsewhere);

        for (List<String> command : commands()) {
            assertEquals(4, execute(command), command + ": " + told);
            assertTrue(told.contains("is a link to"), told);
            assertTrue(told.contains(link.getFileName().toString()), told);
            try (Stream<Path> files = Files.list(elsewhere)) {
                assertEquals(2, files.count(), command.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".lock", "gazecheck.log", "verdicts.sqlite"})
    void aSecondNameOfAFileElsewhereIsNotWrittenInPlace(String name) throws IOException {
        Files.createLink(run.root().resolve(name), victim);

        for (List<String> command : commands()) {
            if (command.contains("serve") && !name.equals("verdicts.sqlite")) {
                continue;
            }
            execute(command);
            assertEquals(TEXT, Files.readString(victim), command.toString());
        }
    }

    @Test
    void whatIsNoLockIsNotTruncated() throws IOException {
        Path lock = Files.writeString(run.root().resolve(".lock"), "my notes\n");

        assertEquals(4, execute(List.of("report", run.root().toString())), told);
        assertTrue(told.contains("is no lock that Gazecheck wrote, and was left as it is"), told);
        assertEquals("my notes\n", Files.readString(lock));
    }

    @Test
    void anOutputOfRunJsonMustLieInTheRun() throws IOException {
        for (String name : List.of("../precious.yaml", victim.toString(), "audit/../../precious.yaml", ".lock", "")) {
            String json = Files.readString(run.manifest());
            Files.writeString(
                    run.manifest(),
                    json.replaceFirst(
                            "\"parts\": \\{ ?\\}",
                            "\"parts\": {\"localisation\": {\"inputs\": \"x\", \"outputs\": {\"" + name
                                    + "\": \"0\"}}}"));
            assertTrue(Files.readString(run.manifest()).contains("\"localisation\""));

            assertEquals(4, execute(List.of("audit", run.root().toString())), name + told);
            assertTrue(told.contains("does not lie in the run folder"), told);
            assertEquals(TEXT, Files.readString(victim));
            Files.writeString(run.manifest(), json);
        }
    }
}
