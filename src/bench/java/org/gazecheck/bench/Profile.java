package org.gazecheck.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.gazecheck.cli.Main;

/**
 * Where a command's processor time goes, by stage and part. Every few milliseconds the time that each thread took since
 * the last look is put down to what its stack shows; native calls are seen as what calls them. What the threads of the
 * virtual machine take (garbage collection, compilation) is the rest of the process's time.
 */
public final class Profile extends Thread {
    private static final long PERIOD = 10;
    private static final String OUTSIDE = "outside the stages";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Map<Long, Long> seen = new HashMap<>();
    private final Map<String, Map<Part, Long>> found = new LinkedHashMap<>();
    private long seenOfProcess;

    private Profile() {
        super("profile");
        setDaemon(true);
    }

    /** @param arguments those of {@code gazecheck} */
    public static void main(String[] arguments) {
        Profile profile = new Profile();
        Runtime.getRuntime().addShutdownHook(new Thread(profile::print));
        profile.start();
        Main.main(arguments);
    }

    @Override
    public void run() {
        try {
            while (true) {
                look();
                sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            interrupt();
        }
    }

    private synchronized void look() {
        ThreadInfo[] infos = threads.dumpAllThreads(false, false);
        Map<Part, Long> parts = found.computeIfAbsent(stage(infos), stage -> new EnumMap<>(Part.class));
        long ofThreads = 0;
        for (ThreadInfo info : infos) {
            long time = Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            Long before = seen.put(info.getThreadId(), time);
            long taken = time - (before == null ? 0 : before);
            ofThreads += taken;
            Part part = info.getThreadName().equals(getName()) ? Part.PROFILE : Part.of(info.getStackTrace());
            parts.merge(part, taken, Long::sum);
        }
        long time = process.getProcessCpuTime();
        parts.merge(Part.MACHINE, time - seenOfProcess - ofThreads, Long::sum);
        seenOfProcess = time;
    }

    private static String stage(ThreadInfo[] infos) {
        for (ThreadInfo info : infos) {
            for (StackTraceElement frame : info.getStackTrace()) {
                String name = frame.getClassName();
                if (name.startsWith("org.gazecheck.pipeline.") && name.endsWith("Work")) {
                    return name.substring(name.lastIndexOf('.') + 1, name.length() - "Work".length())
                            .toLowerCase(Locale.ROOT);
                }
            }
        }
        return OUTSIDE;
    }

    private synchronized void print() {
        found.forEach((stage, parts) -> {
            long sum = parts.entrySet().stream()
                    .filter(part -> part.getKey() != Part.PROFILE)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            System.out.printf(Locale.ROOT, "%-20s %6.1f s of processor time:", stage, sum * 1e-9);
            parts.entrySet().stream()
                    .filter(part -> part.getKey() != Part.PROFILE)
                    .sorted(Map.Entry.<Part, Long>comparingByValue().reversed())
                    .forEach(part -> System.out.printf(
                            Locale.ROOT, "  %s %.1f %%", part.getKey().text(), 100.0 * part.getValue() / sum));
            System.out.println();
        });
    }
}
