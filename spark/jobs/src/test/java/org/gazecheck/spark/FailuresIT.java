package org.gazecheck.spark;

import static org.gazecheck.spark.DemoRun.EVALUATED;
import static org.gazecheck.spark.DemoRun.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.gazecheck.io.Folders;
import org.gazecheck.spark.StartedProcesses.Started;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is lost, doubled and said when something gives out: nothing, nothing, and what it was. */
@Tag("slowest")
class FailuresIT {
    private static final int SECONDS = 600;
    private static final int IN_FILE = 15;
    private static final int IN_WAVE = 60;

    @TempDir
    static Path work;

    private static DemoRun demo;
    private static LocalCluster cluster;

    @BeforeAll
    static void train() throws Exception {
        demo = new DemoRun(work);
        cluster = new LocalCluster(work.resolve("cluster"));
        demo.gazecheck(cluster.processes(), "train", "cloud");
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    private static Started submitted(String command, String... more) throws Exception {
        return cluster.submit(demo.job(command, "cloud", IN_FILE, more));
    }

    private static void packed() throws Exception {
        Folders.delete(demo.rows());
        Started pack = submitted("pack");
        assertEquals(0, pack.await(SECONDS), pack::toString);
    }

    @Test
    void aDriverThatIsKilledLosesOneWaveAtMost() throws Exception {
        packed();
        Started first = submitted("score", "--wave-images", "" + IN_WAVE);
        first.awaitSaying("scores: (\\d+) images of 180 packed", SECONDS);
        StartedProcesses.kill(first.process());
        long committed = rows(demo.parts("scores"));
        Started second = submitted("score");
        assertEquals(0, second.await(SECONDS), second::toString);
        told("driver killed", committed + " rows were committed; " + last(second, "scores: .*"));
        assertTrue(committed > 0 && committed < EVALUATED, committed + " rows were committed");
        assertTrue(
                second.said().contains((EVALUATED - committed) + " computed, " + committed + " there already"),
                second::toString);
        assertEquals(EVALUATED, rows(demo.parts("scores")));
    }

    @Test
    void anImageThatCannotBeDecodedIsRefusedByName_orLeftOutAndCounted() throws Exception {
        Path image =
                DemoRun.found(demo.images().resolve("test"), ".*/007\\.png").get(0);
        byte[] whole = Files.readAllBytes(image);
        try {
            Files.write(image, Arrays.copyOf(whole, whole.length / 3));
            Folders.delete(demo.rows());
            Started refused = submitted("pack");
            assertEquals(4, refused.await(SECONDS), refused::toString);
            told("undecodable", last(refused, "gazecheck-spark: [^$]*?007.png.*"));
            assertTrue(refused.said().contains("/007.png"), refused::toString);
            assertNotEquals(0, submitted("score").await(SECONDS), "scored what was refused");
            Started left = submitted("pack", "--set", "data.invalid=leaveOut");
            assertEquals(0, left.await(SECONDS), left::toString);
            told("undecodable, left out", last(left, "packed: .*"));
            Started scored = submitted("score", "--set", "data.invalid=leaveOut");
            assertEquals(0, scored.await(SECONDS), scored::toString);
            assertEquals(EVALUATED - 1, rows(demo.parts("scores")));
        } finally {
            Files.write(image, whole);
        }
    }

    @Test
    void anImageThatEndsTheVirtualMachineIsNamedWhenItsTaskWasTriedFourTimes() throws Exception {
        Path rows = work.resolve("deadly");
        Started job = cluster.submit(
                "org.gazecheck.spark.DeadlyImage",
                String.join(",", LocalCluster.shipped(), System.getProperty("jobs.jar"), tests().toString()),
                List.of(rows.toUri().toString()));
        assertEquals(1, job.await(SECONDS), job::toString);
        told("deadly image", last(job, "said: (?s:.*?computes the rest)"));
        String said = job.said().substring(job.said().indexOf("said: "));
        assertTrue(said.contains("failed 4 times"), said);
        assertTrue(said.contains("(key 23)") && !said.contains("(key 22)"), said);
        assertTrue(said.contains("23 b") && said.contains("' 100%.png"), said);
    }

    @Test
    void aFullDiskEndsTheJob_andWithMoreRoomOnlyTheRestIsComputed() throws Exception {
        packed();
        Path disk = Files.createDirectories(demo.rows().resolve("scores"));
        assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk.toString()), "no mount here");
        try {
            Started full = submitted("score", "--wave-images", "" + IN_WAVE);
            assertNotEquals(0, full.await(SECONDS), full::toString);
            long committed = rows(demo.parts("scores"));
            told("full disk", committed + " rows were committed; " + last(full, "gazecheck-spark: .*"));
            assertTrue(full.said().contains("No space left on device"), full::toString);
            assertTrue(committed > 0 && committed < EVALUATED, committed + " rows were committed");
            assertTrue(ran("mount", "-o", "remount,size=64m", disk.toString()));
            Started more = submitted("score");
            assertEquals(0, more.await(SECONDS), more::toString);
            told("more room", last(more, "scores: .*"));
            assertTrue(
                    more.said().contains((EVALUATED - committed) + " computed, " + committed + " there already"),
                    more::toString);
            assertEquals(EVALUATED, rows(demo.parts("scores")));
        } finally {
            ran("umount", "-l", disk.toString());
        }
    }

    /** Executors may address less than the virtual machine and the network need together. */
    @Test
    void anExecutorWithoutMemoryOutsideTheHeapNamesTheSetting() throws Exception {
        packed();
        try (LocalCluster poor = new LocalCluster(work.resolve("poor"), Map.of("JAVA_HOME", limited("1200000000")))) {
            Started job = poor.submit(demo.job("score", "cloud", IN_FILE));
            assertNotEquals(0, job.await(SECONDS), job::toString);
            told("native memory", last(job, "gazecheck-spark: (?s:.*?computes the rest)"));
            assertTrue(job.said().contains("raise spark.executor.memoryOverhead"), job::toString);
        }
        Started rich = submitted("score");
        assertEquals(0, rich.await(SECONDS), rich::toString);
        assertEquals(EVALUATED, rows(demo.parts("scores")));
    }

    /** A JAVA_HOME whose programs may address so many bytes. */
    private static String limited(String bytes) throws IOException {
        Path home = Files.createDirectories(work.resolve("java-" + bytes).resolve("bin"))
                .getParent();
        Path java = Files.writeString(
                home.resolve("bin/java"),
                "#!/bin/sh\nexec prlimit --as=" + bytes + " " + System.getProperty("java.home")
                        + "/bin/java -XX:CompressedClassSpaceSize=64m -XX:ReservedCodeCacheSize=48m \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home.toString();
    }

    private static boolean ran(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    /** The classes of the tests, as Spark sends them along. */
    private static Path tests() throws Exception {
        Path classes = Path.of(DeadlyImage.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = work.resolve("tests.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path file : DemoRun.found(classes, ".*/DeadlyImage[^/]*\\.class")) {
                entries.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
        return jar;
    }

    private static String last(Started job, String expression) throws IOException {
        Matcher matcher = Pattern.compile(expression).matcher(job.said());
        String found = "it did not say " + expression;
        while (matcher.find()) {
            found = matcher.group();
        }
        return found;
    }

    /** What was seen goes to the test's output. */
    private static void told(String what, String figures) {
        System.out.println(what + ": " + figures);
    }
}
