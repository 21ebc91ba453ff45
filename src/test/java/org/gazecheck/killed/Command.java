package org.gazecheck.killed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.cli.Main;

/** A command of the program in a process of its own. */
final class Command implements AutoCloseable {
    /** What a killed process ends with: 128 and the number of SIGKILL. */
    static final int KILLED = 137;

    private final Process process;
    private final Path output;

    private Command(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a command on one thread in a virtual machine that starts fast; what it says goes to a file. */
    static Command startSmall(Path output, List<String> arguments) throws IOException {
        return start(output, List.of("-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), 1, arguments);
    }

    /** Starts a command as the script {@code gazecheck} does, with all processors. */
    static Command startLarge(Path output, List<String> arguments) throws IOException {
        List<String> memory = List.of(
                "-Xmx2g", "-Dorg.bytedeco.javacpp.maxbytes=5g", "-Dorg.bytedeco.javacpp.maxphysicalbytes=7500m");
        return start(output, memory, Runtime.getRuntime().availableProcessors(), arguments);
    }

    private static Command start(Path output, List<String> options, int threads, List<String> arguments)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of(
                "-Djava.awt.headless=true",
                "-Dorg.eclipse.deeplearning4j.helpers.disable=false",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        return new Command(builder.start(), output);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process ends; its exit code. */
    int end() throws InterruptedException {
        return process.waitFor();
    }

    /** Kills the process with SIGKILL; {@link #KILLED}, or its exit code when it had ended before. */
    int kill() throws InterruptedException {
        return process.destroyForcibly().waitFor();
    }

    /** What was said so far, for the message of a failure. */
    String said() throws IOException {
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    /** Leaves no process behind, whatever failed. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
