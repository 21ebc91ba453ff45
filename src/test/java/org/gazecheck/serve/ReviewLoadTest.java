package org.gazecheck.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.cli.Main;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Verdict;
import org.gazecheck.review.ReviewableRun;
import org.gazecheck.review.VerdictsDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command in a process of its own, reviewers in others; some of them are killed. */
@Tag("slow")
class ReviewLoadTest {
    private static final int VERDICTS = 300;

    @TempDir
    private Path work;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    private record Served(Process process, URI address, BufferedReader said) {}

    /** With signals as a terminal gives them. */
    private Process java(List<String> options, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    private Served serve(RunFolder run, int port, String... options) throws IOException {
        Process process =
                java(List.of(options), Main.class, "serve", run.root().toString(), "--port", Integer.toString(port));
        BufferedReader said = process.inputReader();
        String first = said.readLine();
        assertTrue(first != null && first.startsWith("serving "), first);
        return new Served(process, URI.create(first.substring(first.lastIndexOf(' ') + 1)), said);
    }

    private Process reviewer(Served server, RunFolder run, String name) throws IOException {
        return java(
                List.of(),
                ReviewClient.class,
                server.address().toString(),
                run.root().toString(),
                name,
                Integer.toString(VERDICTS),
                acknowledged(name).toString());
    }

    private Path acknowledged(String reviewer) {
        return work.resolve(reviewer + ".txt");
    }

    private Set<Integer> acknowledgedBy(String reviewer) throws IOException {
        Set<Integer> numbers = new HashSet<>();
        if (Files.exists(acknowledged(reviewer))) {
            Files.readAllLines(acknowledged(reviewer)).forEach(line -> numbers.add(Integer.parseInt(line)));
        }
        return numbers;
    }

    private void untilAcknowledged(String reviewer, int number) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (acknowledgedBy(reviewer).size() < number) {
            assertTrue(System.nanoTime() < end, "no progress");
            Thread.sleep(5);
        }
    }

    private static void endsWell(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    private static List<Verdict> expected(RunFolder run, String... reviewers) {
        return Stream.of(reviewers)
                .flatMap(reviewer -> IntStream.range(0, VERDICTS).mapToObj(i -> {
                    try {
                        return (Verdict) ReviewClient.verdict(run, reviewer, i);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }))
                .sorted(Comparator.comparing(Verdict::reviewer).thenComparing(Verdict::subject))
                .toList();
    }

    private static List<Verdict> kept(RunFolder run) throws IOException {
        return VerdictsDatabase.read(run.verdictsDatabase()).verdicts();
    }

    @Test
    void twoReviewersOneOfThemKilledHalfWayAndNothingIsLostOrDoubled() throws Exception {
        RunFolder run = ReviewableRun.write(work.resolve("run"), VERDICTS);
        Served server = serve(run, 0);
        Process ann = reviewer(server, run, "Ann");
        Process ben = reviewer(server, run, "Ben");
        untilAcknowledged("Ben", VERDICTS / 2);
        ben.destroyForcibly().waitFor();
        Set<Integer> bens = acknowledgedBy("Ben");
        assertTrue(bens.size() < VERDICTS, "killed half-way");
        long keptOfBen =
                kept(run).stream().filter(v -> v.reviewer().equals("Ben")).count();
        assertTrue(
                keptOfBen == bens.size() || keptOfBen == bens.size() + 1,
                keptOfBen + " kept, " + bens.size() + " known");
        endsWell(reviewer(server, run, "Ben"));
        endsWell(ann);

        assertEquals(expected(run, "Ann", "Ben"), kept(run));
    }

    @Test
    void aServerThatIsKilledHasWhatItAcknowledged() throws Exception {
        RunFolder run = ReviewableRun.write(work.resolve("run"), VERDICTS);
        int port = 0;
        int known = 0;
        for (int kill = 1; kill <= 3; kill++) {
            Files.deleteIfExists(acknowledged("Ann"));
            Served server = serve(run, port);
            port = server.address().getPort();
            Process ann = reviewer(server, run, "Ann");
            Process ben = reviewer(server, run, "Ben");
            untilAcknowledged("Ann", 40 * kill);
            server.process().destroyForcibly().waitFor();
            ann.waitFor();
            ben.waitFor();
            List<Verdict> kept = kept(run);
            for (String reviewer : List.of("Ann", "Ben")) {
                for (int i : acknowledgedBy(reviewer)) {
                    assertTrue(kept.contains(ReviewClient.verdict(run, reviewer, i)), reviewer + " " + i);
                    known++;
                }
            }
        }
        assertTrue(known > 0);
        Served server = serve(run, port);
        endsWell(reviewer(server, run, "Ann"));
        endsWell(reviewer(server, run, "Ben"));
        assertEquals(expected(run, "Ann", "Ben"), kept(run));
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsItCleanly(String signal, int code) throws Exception {
        Served server = serve(ReviewableRun.write(work.resolve("run"), 5), 0);
        assertEquals(200, new ReviewClient(server.address()).get("/").statusCode());
        new ProcessBuilder("kill", "-" + signal, Long.toString(server.process().pid()))
                .start()
                .waitFor();

        List<String> said = server.said().lines().toList();

        assertEquals(code, server.process().waitFor());
        assertEquals("stopped", said.get(said.size() - 1), String.join("\n", said));
        assertEquals(3, said.size(), String.join("\n", said));
    }

    @Test
    void slowClientsAreCutOffAndOthersServedMeanwhile() throws Exception {
        RunFolder run = ReviewableRun.write(work.resolve("run"), 5);
        Served server = serve(run, 0, "-Dsun.net.httpserver.maxReqTime=2");
        String host = "127.0.0.1:" + server.address().getPort();
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket("127.0.0.1", server.address().getPort());
            socket.setSoTimeout(30_000);
            String whole = "PUT /api/verdicts HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host
                    + "\r\nCookie: " + ReviewClient.cookie(server.address())
                    + "\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{";
            String begun = i % 2 == 0 ? whole : whole.substring(0, 30);
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        assertEquals(200, new ReviewClient(server.address()).get("/").statusCode());
        for (Socket socket : slow) {
            try (socket;
                    InputStream in = socket.getInputStream()) {
                String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
                assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400"), answer);
            } catch (java.net.SocketException e) {
                assertTrue(e.getMessage().contains("reset"), e.getMessage());
            }
        }
        assertEquals(200, new ReviewClient(server.address()).get("/").statusCode());
    }
}
