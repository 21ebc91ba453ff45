package org.gazecheck.network.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Printable;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.onnx.external.ExternalModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network of others is first read and run, at the size and the batch of the audit, in a process of its own ({@link
 * TrialPass}), whose memory and time are limited. A crash there, in native code too, ends that process only. What passed under
 * the same terms is not tried again.
 */
final class Trial {
    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
    private static final int VERSION = 1;
    private static final long LOOK_MILLISECONDS = 20;
    private static final int SIGNALS = 128;
    private static final long MEGABYTE = 1 << 20;
    private static final int HEAP_SHARE = 2;
    private static final long SLACK = 512;
    private static final String NO_MEMORY = "not enough memory for it";
    private static final Pattern KILOBYTES = Pattern.compile("(?m)^(?:VmRSS|VmSwap):\\s*(\\d+) kB$");

    /** Settings of native libraries that hold for the trial too. */
    private static final List<String> INHERITED = List.of(
            "org.bytedeco.",
            "org.eclipse.deeplearning4j.",
            "onnxruntime.",
            "java.io.tmpdir",
            "user.home",
            "file.encoding");

    private final ExternalRequest request;
    private final TrialTerms terms;

    private Trial(ExternalRequest request, TrialTerms terms) {
        this.request = request;
        this.terms = terms;
    }

    /**
     * Tries it unless it passed before.
     *
     * @throws GazecheckException if it is refused, needs more memory or time, or ends its process
     */
    static void require(ExternalRequest request, TrialTerms terms) throws IOException {
        Optional<Path> mark = Optional.empty();
        if (terms.passed().isPresent()) {
            mark = Optional.of(terms.passed().get().resolve(key(request, terms) + ".txt"));
            if (Files.isRegularFile(mark.get())) {
                LOG.info("{} passed its trial before", request.file());
                return;
            }
        }
        new Trial(request, terms).pass();
        if (mark.isPresent()) {
            AtomicFile.write(mark.get(), request.file() + "\n");
        }
    }

    /** Of the file's content, of how it is taken, and of the terms. */
    private static String key(ExternalRequest request, TrialTerms terms) throws IOException {
        boolean onnx = request.file().toString().endsWith(ExternalNetworks.ONNX);
        String content = onnx ? ExternalModel.contentHash(request.file()) : Hashes.sha256(request.file());
        return Hashes.sha256(String.join(
                " ",
                List.of(
                        content,
                        Integer.toString(VERSION),
                        Engines.describe(),
                        request.classes() + " " + request.side() + " " + request.order() + " " + request.blueFirst(),
                        request.layer() + " " + request.output() + " " + request.layout() + " " + request.independent(),
                        terms.megabytes() + " " + terms.batch())));
    }

    private void pass() throws IOException {
        long began = System.nanoTime();
        Process process = start();
        CompletableFuture<Optional<String>> refusal = CompletableFuture.supplyAsync(() -> refusal(process));
        try {
            long peak = 0;
            while (!process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, memory(process));
                if (peak > terms.megabytes() * MEGABYTE) {
                    throw refused("a pass of " + terms.batch() + " images took too much memory" + moreMemory());
                }
                if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(terms.seconds())) {
                    throw refused("a pass of " + terms.batch() + " images did not end within " + terms.seconds()
                            + " s. If it may take longer, raise external.trialSeconds");
                }
            }
            conclude(process.exitValue(), refusal.join());
            LOG.info(
                    "{} passed its trial in {} s with {} MB",
                    request.file(),
                    String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) * 1e-9),
                    peak / MEGABYTE);
        } catch (InterruptedException e) {
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private void conclude(int code, Optional<String> refusal) throws IOException {
        if (code == 0) {
            return;
        }
        if (code == TrialPass.REFUSED && refusal.isPresent()) {
            String[] parts = refusal.get().split(" ", 2);
            String words = parts[1].endsWith(NO_MEMORY) ? parts[1] + moreMemory() : parts[1];
            FailureKind kind = FailureKind.valueOf(parts[0]);
            throw kind == FailureKind.INVALID_DATA ? new WeightsException(words) : new GazecheckException(kind, words);
        }
        if (code == TrialPass.OUT_OF_MEMORY) {
            throw refused("there is " + NO_MEMORY + moreMemory());
        }
        String signal = code > SIGNALS ? ", signal " + (code - SIGNALS) : "";
        throw refused("the process that tried it ended with exit code " + code + signal
                + ": the model makes its engine fail, or cannot be tried here");
    }

    private String moreMemory() {
        return " (its trial has " + terms.megabytes()
                + " MB). If it may take more, raise external.trialMemory, or lower compute.batch";
    }

    private WeightsException refused(String why) {
        return new WeightsException(request.file() + " cannot be audited: " + why);
    }

    private Process start() throws IOException {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap() + "m",
                "-Xms16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+SuppressFatalErrorMessage",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> INHERITED.stream().anyMatch(name::startsWith))
                .sorted()
                .forEach(name -> java.add("-D" + name + "=" + System.getProperty(name)));
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), TrialPass.class.getName()));
        java.addAll(TrialPass.arguments(request, terms));
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            long kilobytes = (terms.megabytes() * 5L / 4 + SLACK) * 1024;
            command.addAll(List.of(
                    "/bin/sh", "-c", "ulimit -d " + kilobytes + " 2>/dev/null; exec \"$@\"", "gazecheck-trial"));
        }
        command.addAll(java);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("GLIBC_TUNABLES");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    /** Megabytes. What is read of the file lies there; what the engine takes does not. */
    private long heap() {
        return Math.min(Runtime.getRuntime().maxMemory() / MEGABYTE, Math.max(SLACK, terms.megabytes() / HEAP_SHARE));
    }

    /** What the process said about a file that it refused. */
    private static Optional<String> refusal(Process process) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.lines()
                    .filter(line -> line.startsWith(TrialPass.REFUSAL))
                    .findFirst()
                    .map(line -> line.substring(TrialPass.REFUSAL.length()));
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("the trial said nothing", e);
            return Optional.empty();
        }
    }

    /** Bytes in memory or swapped out; 0 where the system does not say. */
    private static long memory(Process process) {
        try {
            Matcher parts =
                    KILOBYTES.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
            long kilobytes = 0;
            while (parts.find()) {
                kilobytes += Long.parseLong(parts.group(1));
            }
            return kilobytes * 1024;
        } catch (IOException e) {
            LOG.trace("memory of the trial", e);
            return 0;
        }
    }

    /** For {@link TrialPass}: one line, whatever is in it. */
    static String line(GazecheckException refused) {
        return TrialPass.REFUSAL + refused.kind() + " " + Printable.of(refused.getMessage());
    }
}
