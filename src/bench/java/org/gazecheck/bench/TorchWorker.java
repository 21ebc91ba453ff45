package org.gazecheck.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.network.Tensor;

/** PyTorch in a process of its own, {@code scripts/bench-torch.py}: idle unless asked. */
final class TorchWorker implements Contender {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader in;
    private final Writer out;
    private final String version;

    private TorchWorker(Process process, BufferedReader in, Writer out, String version) {
        this.process = process;
        this.in = in;
        this.out = out;
        this.version = version;
    }

    /**
     * @param python an interpreter that has PyTorch
     * @throws IOException when there is none
     */
    static TorchWorker start(String python, Path script, int threads) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(python, script.toString());
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        if (System.getenv("GAZECHECK_TORCH_AS_IS") != null) {
            builder.environment().remove("GLIBC_TUNABLES");
        }
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        String greeting = in.readLine();
        if (greeting == null) {
            throw new IOException(python + " has no PyTorch: apt-get install python3-torch, or set GAZECHECK_PYTHON");
        }
        return new TorchWorker(
                process, in, out, JSON.readTree(greeting).get("torch").asText());
    }

    String version() {
        return version;
    }

    void open(Workload workload, String layout, Path folder, int[] labels) throws IOException {
        open(Map.of(
                "task", workload.task().text(),
                "layout", layout,
                "folder", folder.toString(),
                "size", workload.size(),
                "batch", workload.batch(),
                "labels", labels));
    }

    /** @param work what it is, as the script takes it */
    void open(Map<String, Object> work) throws IOException {
        Map<String, Object> request = new HashMap<>(work);
        request.put("do", "open");
        ask(request);
    }

    @Override
    public double measure(int iterations) throws IOException {
        return ask(Map.of("do", "measure", "iterations", iterations))
                .get("seconds")
                .asDouble();
    }

    @Override
    public Map<String, Tensor> outputs() throws IOException {
        Map<String, Tensor> outputs = new HashMap<>();
        JsonNode answer = ask(Map.of("do", "outputs"));
        for (Map.Entry<String, JsonNode> file : answer.properties()) {
            NpyArray array = Npy.read(Path.of(file.getValue().asText()));
            outputs.put(file.getKey(), Tensor.of(array.floats(), array.shape()));
        }
        return outputs;
    }

    private JsonNode ask(Map<String, Object> request) throws IOException {
        out.write(JSON.writeValueAsString(request) + "\n");
        out.flush();
        String answer = in.readLine();
        if (answer == null) {
            throw new IOException("PyTorch's process ended; its message stands above");
        }
        return JSON.readTree(answer);
    }

    @Override
    public void close() {
        try {
            out.close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }

    static List<String> layouts() {
        return List.of("default", "channels_last");
    }
}
