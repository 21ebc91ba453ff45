package org.gazecheck.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.hostile.Row;

/** Runs the rows of a file one after the other in this process, whose memory is limited, and writes what came of each. */
final class HostileRunner {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private HostileRunner() {}

    /**
     * What came of a row.
     *
     * @param seconds of processor time, which other work on the machine does not lengthen
     * @param elapsed seconds on the clock
     * @param megabytes the most that the process held while it ran, heap and native, as Linux counts it; 0 elsewhere
     */
    record Outcome(int code, String out, String err, double seconds, double elapsed, long megabytes) {}

    public static void main(String[] files) throws IOException {
        List<Row> rows = List.of(JSON.readValue(Path.of(files[0]).toFile(), Row[].class));
        Path done = Path.of(files[1]);
        loadLibraries(rows.get(0));
        for (int i = 0; i < rows.size(); i++) {
            forgetPeak();
            long began = System.nanoTime();
            long worked = PROCESS.getProcessCpuTime();
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int code = Main.execute(
                    new PrintWriter(out),
                    new PrintWriter(err),
                    rows.get(i).args().toArray(String[]::new));
            double seconds = (PROCESS.getProcessCpuTime() - worked) * 1e-9;
            double elapsed = (System.nanoTime() - began) * 1e-9;
            Outcome outcome = new Outcome(code, out.toString(), err.toString(), seconds, elapsed, peak());
            JSON.writeValue(done.resolve(i + ".json").toFile(), outcome);
            System.out.printf(
                    "%3d %5.1f s, elapsed %5.1f s %5d MB  %s: %s%n",
                    code,
                    seconds,
                    elapsed,
                    outcome.megabytes,
                    rows.get(i).name(),
                    err.toString().strip());
        }
    }

    /** What a process takes to load them is not the files' doing. */
    private static void loadLibraries(Row sound) {
        Main.execute(sound.args().toArray(String[]::new));
    }

    private static void forgetPeak() throws IOException {
        System.gc();
        Path peak = Path.of("/proc/self/clear_refs");
        if (Files.isWritable(peak)) {
            Files.writeString(peak, "5");
        }
    }

    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                        .findFirst()
                        .orElse(0)
                : 0;
    }
}
