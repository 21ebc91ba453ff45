package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Npy;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TensorRequest;
import org.gazecheck.network.onnx.external.TensorModel;
import org.gazecheck.progress.Progress;

/**
 * Raw maps of an external network for tensors that somebody prepared: one for each row, as {@code 0.npy}, {@code 1.npy}, ...,
 * float32 [h, w], the weighted sum before its ReLU, neither normalised nor resized; and the logits as {@code logits.npy}, float32
 * [n, numbers], before a softmax or sigmoid. Files are written when all of them are known.
 */
public final class TensorExplainer {
    private static final int BATCH = 16;
    private static final int PROBED = 3;
    private static final String LOGITS = "logits.npy";

    private final Request request;
    private final ExternalNetwork network;
    private final CamMethod method;
    private final LogitTarget target;

    private TensorExplainer(Request request, ExternalNetwork network, CamMethod method, LogitTarget target) {
        this.request = request;
        this.network = network;
        this.method = method;
        this.target = target;
    }

    /**
     * What is asked for.
     *
     * @param model the network, its layer and its output
     * @param tensor a numpy file, float32 [n, ...] in the network's own layout, already normalised
     * @param method the text of a {@link CamMethod}
     * @param target as {@link LogitTarget#of} takes it
     * @param label the true class, for targets true and contrast
     * @param npyDir where the files go
     * @param threads 0: as many as there are cores
     */
    public record Request(
            TensorRequest model,
            Path tensor,
            String method,
            String target,
            Optional<String> label,
            Path npyDir,
            int threads) {}

    /**
     * What came out for one row.
     *
     * @param explained the score that the map explains, in words
     * @param predicted index of the largest logit; of one logit 1 where it is positive, else 0
     */
    public record Explained(Path map, String explained, int predicted) {}

    /** Explains each row and writes all files. */
    public static List<Explained> explain(Request request, Progress progress) throws IOException {
        CamMethod method = method(request.method);
        if (method.need() == CamMethod.Need.SCORES_OF_IMAGES) {
            throw mistake("--method " + method.text()
                    + " masks images, which a tensor in an unknown layout is not: choose another, such as gradcam");
        }
        if (!Files.isRegularFile(request.tensor)) {
            throw mistake("--tensor: no file " + request.tensor);
        }
        TensorModel model = TensorModel.read(request.model);
        try (TensorFile rows = TensorFile.open(request.tensor, model.inputShape())) {
            requireRoom(request.npyDir, rows.count());
            ExternalNetwork network = model.network(rows.some(0, Math.min(PROBED, rows.count())));
            network.assumed().stream()
                    .map(Assumed::text)
                    .map(Printable::of)
                    .forEach(text -> progress.message("assumed: " + text));
            LogitTarget target = LogitTarget.of(request.target, request.label, network.classes());
            return new TensorExplainer(request, network, method, target).explain(rows, progress);
        }
    }

    private static CamMethod method(String text) throws GazecheckException {
        try {
            return CamMethod.of(text);
        } catch (IllegalArgumentException e) {
            throw new GazecheckException(FailureKind.USAGE, "--method: " + e.getMessage(), e);
        }
    }

    private List<Explained> explain(TensorFile rows, Progress progress) throws IOException {
        String layer = network.lastLayer();
        Optional<String> none = network.whyNoGradients(layer);
        if (method.need() == CamMethod.Need.GRADIENTS && none.isPresent()) {
            throw mistake("no gradients at '" + Printable.of(layer) + "': " + none.get()
                    + "; choose that layer, or --method eigencam, which needs none");
        }
        int n = rows.count();
        List<float[]> maps = new ArrayList<>();
        List<Explained> explained = new ArrayList<>();
        float[] logits = new float[n * network.classes()];
        int[] size = {};
        try (LayerTap tap = LayerTap.open(network, layer, method, Engine.ONNX, request.threads);
                Progress.Task task = progress.start("explain", n)) {
            for (int from = 0; from < n; from += BATCH) {
                int count = Math.min(BATCH, n - from);
                LayerTap.Forward forward = tap.forward(rows.some(from, count));
                System.arraycopy(
                        forward.logits().data(), 0, logits, from * network.classes(), count * network.classes());
                Tensor found = ExternalMaps.of(tap, method, forward, target.weights(forward.logits()));
                size = Arrays.copyOfRange(found.shape(), 1, 3);
                int area = size[0] * size[1];
                for (int i = 0; i < count; i++) {
                    maps.add(Arrays.copyOfRange(found.data(), i * area, (i + 1) * area));
                    explained.add(new Explained(
                            request.npyDir.resolve(from + i + ".npy"),
                            words(forward.logits(), i),
                            LogitTarget.predicted(forward.logits(), i)));
                }
                task.advance(count);
            }
        }
        tellOfNothing(maps, progress);
        for (int i = 0; i < n; i++) {
            Npy.write(explained.get(i).map, maps.get(i), size[0], size[1]);
        }
        Npy.write(request.npyDir.resolve(LOGITS), logits, n, network.classes());
        return explained;
    }

    private String words(Tensor logits, int row) {
        return method.need() == CamMethod.Need.NOTHING ? "the layer, for no logit" : target.words(logits, row);
    }

    private void tellOfNothing(List<float[]> maps, Progress progress) {
        boolean nothing = maps.stream().allMatch(map -> {
            for (float number : map) {
                if (number != 0) {
                    return false;
                }
            }
            return true;
        });
        if (nothing) {
            progress.message("Every map is 0 everywhere: the score does not depend on any cell of '"
                    + Printable.of(network.lastLayer()) + "'. Choose an earlier layer.");
        }
    }

    /** Maps of other rows must not lie among those that are written. */
    private static void requireRoom(Path dir, int rows) throws IOException {
        if (!Files.exists(dir)) {
            return;
        }
        if (!Files.isDirectory(dir)) {
            throw mistake("--npy " + dir + " is a file, where a folder is expected");
        }
        try (Stream<Path> files = Files.list(dir)) {
            Optional<String> other = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,9}\\.npy")
                            && Integer.parseInt(name.substring(0, name.length() - 4)) >= rows)
                    .findFirst();
            if (other.isPresent()) {
                throw mistake("--npy " + dir + " holds " + other.get() + ", the map of a row that the tensor of " + rows
                        + (rows == 1 ? " row" : " rows") + " does not have: choose an empty folder");
            }
        }
    }

    private static GazecheckException mistake(String message) {
        return new GazecheckException(FailureKind.USAGE, message);
    }
}
