package org.gazecheck.spark;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Processes of a test, each with a file of what it says. All of them, and what they started, end when this is closed. */
final class StartedProcesses implements AutoCloseable {
    private final Path logs;
    private final List<Process> all = new ArrayList<>();

    StartedProcesses(Path logs) throws IOException {
        this.logs = Files.createDirectories(logs);
    }

    /** A process and what it says, both streams in one file. */
    record Started(Process process, Path log) {
        String said() throws IOException {
            return Files.exists(log) ? Files.readString(log) : "";
        }

        /** Waits until it has said something, and returns the expression's last group. */
        String awaitSaying(String expression, long seconds) throws Exception {
            Pattern pattern = Pattern.compile(expression);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                Matcher matcher = pattern.matcher(said());
                if (matcher.find()) {
                    return matcher.group(matcher.groupCount());
                }
                if (!process.isAlive()) {
                    break;
                }
                Thread.sleep(50);
            }
            return fail("it did not say " + expression + ":\n" + said());
        }

        int await(long seconds) throws Exception {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                fail("it did not end in " + seconds + " s:\n" + said());
            }
            return process.exitValue();
        }
    }

    Started java(String name, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path log = logs.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        all.add(process);
        return new Started(process, log);
    }

    /** What a process started, and what those did: executors. */
    static List<ProcessHandle> descendants(Process process) {
        try (Stream<ProcessHandle> all = process.descendants()) {
            return all.toList();
        }
    }

    /** Ends it and what it started, at once. */
    static void kill(Process process) {
        List<ProcessHandle> started = descendants(process);
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        for (int i = all.size() - 1; i >= 0; i--) {
            kill(all.get(i));
        }
    }
}
