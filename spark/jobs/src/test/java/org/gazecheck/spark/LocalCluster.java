package org.gazecheck.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.spark.StartedProcesses.Started;

/** A master and two workers of one core each on the loopback device, of the jars that Maven resolved. */
final class LocalCluster implements AutoCloseable {
    private static final String MEMORY = "1g";

    /** Of nothing that lasts long. */
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** To start in, on a machine that has other things to do. */
    private static final int SECONDS = 120;

    private final Path home;
    private final StartedProcesses processes;
    private final String master;
    private final List<Started> workers = new ArrayList<>();
    private int submitted;

    LocalCluster(Path folder) throws Exception {
        this(folder, Map.of());
    }

    /** @param environment of the workers, which their executors inherit */
    LocalCluster(Path folder, Map<String, String> environment) throws Exception {
        this.home = home(folder.resolve("home"));
        this.processes = new StartedProcesses(folder.resolve("logs"));
        try {
            Started started = start(
                    "master",
                    "256m",
                    "org.apache.spark.deploy.master.Master",
                    List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"),
                    Map.of());
            this.master = started.awaitSaying("Starting Spark master at (spark://127\\.0\\.0\\.1:\\d+)", SECONDS);
            for (int w = 1; w <= 2; w++) {
                workers.add(start(
                        "worker-" + w,
                        "256m",
                        "org.apache.spark.deploy.worker.Worker",
                        List.of(
                                "--host",
                                "127.0.0.1",
                                "--webui-port",
                                "0",
                                "-c",
                                "1",
                                "-m",
                                MEMORY,
                                "-d",
                                folder.resolve("worker-" + w).toString(),
                                master),
                        environment));
            }
            for (Started worker : workers) {
                worker.awaitSaying("(Successfully registered with master)", SECONDS);
            }
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    /** What SPARK_HOME is to Spark, a folder with its jars: one that names those which Maven resolved. */
    private static Path home(Path folder) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        String classPath =
                Files.readString(Path.of(System.getProperty("spark.classpath"))).strip();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(classPath.split(File.pathSeparator))
                                .map(jar -> Path.of(jar).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(jars.resolve("spark.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
        return folder;
    }

    private Started start(
            String name, String heap, String type, List<String> arguments, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("-Xmx" + heap, "-cp", home.resolve("jars") + "/*"));
        command.addAll(SMALL);
        command.add(type);
        command.addAll(arguments);
        Map<String, String> all = new HashMap<>(environment);
        all.put("SPARK_HOME", home.toString());
        all.put("SPARK_SCALA_VERSION", "2.13");
        all.put("SPARK_LOCAL_IP", "127.0.0.1");
        all.put("OMP_WAIT_POLICY", "PASSIVE");
        return processes.java(name, all, command);
    }

    /** Submits a job of Gazecheck's; the driver is a process of its own. */
    Started submit(List<String> arguments) throws IOException {
        return submit("org.gazecheck.spark.Main", shipped(), arguments);
    }

    /**
     * Submits any job.
     *
     * @param jars that go along, divided by commas
     */
    Started submit(String main, String jars, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "--master",
                master,
                "--deploy-mode",
                "client",
                "--class",
                main,
                "--jars",
                jars,
                "--conf",
                "spark.executor.memory=768m",
                "--conf",
                "spark.executor.cores=1",
                "--conf",
                "spark.executor.extraJavaOptions=" + String.join(" ", SMALL),
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                System.getProperty("jobs.jar")));
        command.addAll(arguments);
        return start("driver-" + ++submitted, "768m", "org.apache.spark.deploy.SparkSubmit", command, Map.of());
    }

    /** What is shipped, divided by commas. */
    static String shipped() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("jobs.ship")))) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(","));
        }
    }

    StartedProcesses processes() {
        return processes;
    }

    /** Ends a worker and its executor without a word to anybody. */
    void killWorker(int number) {
        StartedProcesses.kill(workers.get(number).process());
    }

    /** How many executors a worker has now. */
    int executors(int number) {
        return StartedProcesses.descendants(workers.get(number).process()).size();
    }

    @Override
    public void close() {
        processes.close();
    }
}
