package org.gazecheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project in {@code docs/sample}, built against the packaged jar as somebody else would, and run. */
@Tag("slow")
class SampleIT {
    private static final Path GROUP = Path.of("org/gazecheck");

    @TempDir
    private Path work;

    @Test
    void theSampleBuildsAgainstThePackagedJarAndRuns() throws Exception {
        Path sample = work.resolve("sample");
        copy(Path.of("docs/sample"), sample);
        Path repository = repository();
        run(
                sample,
                "mvn",
                "-B",
                "-q",
                "-o",
                "-Dmaven.repo.local=" + repository,
                "compile",
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + work.resolve("classpath"));
        String classpath = Files.readString(work.resolve("classpath"));
        assertTrue(classpath.contains("gazecheck-"), classpath);

        Path model = TinyModel.export(work);
        Path image = TinyModel.image(work.resolve("image.png"), 1);
        String said = run(
                work,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                sample.resolve("target/classes") + File.pathSeparator + classpath,
                "Sample",
                model.toString(),
                image.toString());
        try (Model loaded = Model.load(model)) {
            Prediction.Candidate best = loaded.predict(image).best();
            List<String> lines = said.lines().toList();
            assertEquals(best.name() + " " + best.probability(), lines.get(0), said);
            assertTrue(lines.get(1).matches("row [0-3] of 4, column [0-3] of 4"), said);
            assertEquals(2, lines.size(), said);
        }
    }

    /** The machine's local repository by links, with the packaged jar and its POM in it. */
    private Path repository() throws IOException {
        Path local = Path.of(System.getProperty("sample.repository"));
        Path repository = Files.createDirectories(work.resolve("repository"));
        link(local, repository, "org");
        Path group = Files.createDirectories(repository.resolve("org"));
        link(local.resolve("org"), group, "gazecheck");
        String version = System.getProperty("sample.version");
        Path folder = Files.createDirectories(
                repository.resolve(GROUP).resolve("gazecheck").resolve(version));
        Path jar = Path.of(System.getProperty("sample.jar"));
        assertTrue(Files.isRegularFile(jar), jar + " is made by mvn package");
        Files.copy(jar, folder.resolve("gazecheck-" + version + ".jar"));
        Files.copy(Path.of("pom.xml"), folder.resolve("gazecheck-" + version + ".pom"));
        return repository;
    }

    @AfterEach
    void removeTheLinks() throws IOException {
        Path repository = work.resolve("repository");
        for (Path folder : List.of(repository.resolve("org"), repository)) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
                    Files.delete(link);
                }
            }
        }
    }

    private static void link(Path from, Path to, String butFor) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(butFor)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!file.startsWith(from.resolve("target"))) {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static String run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
