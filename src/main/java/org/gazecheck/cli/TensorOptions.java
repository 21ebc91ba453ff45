package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.TensorRequest;
import picocli.CommandLine.Option;

/** The options of {@code explain} for tensors in place of images. */
final class TensorOptions {
    private static final Pattern GRID = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");

    /** Orders of a layer's dimensions. */
    enum Order {
        NCHW(MapLayout.Kind.CHANNELS_FIRST),
        NHWC(MapLayout.Kind.CHANNELS_LAST),
        TOKENS(MapLayout.Kind.TOKENS);

        private final MapLayout.Kind kind;

        Order(MapLayout.Kind kind) {
            this.kind = kind;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--tensor",
            required = true,
            paramLabel = "FILE",
            description = "In place of images, for any ONNX classifier: a numpy file, float32, as the network takes it,"
                    + " already normalised, n rows. Writes one raw map a row to --npy (0.npy, 1.npy, ...) and"
                    + " logits.npy, before softmax or sigmoid.")
    private Path tensor;

    @Option(
            names = "--logits",
            paramLabel = "OUTPUT",
            description = "The output that holds the logits, of a network that has several.")
    private String logits;

    @Option(
            names = "--layout",
            paramLabel = "ORDER",
            description = "How the layer holds its maps: nchw, nhwc or tokens (default: as the graph says).")
    private Order layout;

    @Option(
            names = "--grid",
            paramLabel = "HxW",
            description = "Rows and columns of tokens; those before them are left out (default: as the graph says).")
    private String grid;

    Path tensor() {
        return tensor;
    }

    /** @throws GazecheckException if the grid is none */
    TensorRequest request(Path model, String layer) throws GazecheckException {
        return new TensorRequest(model, Optional.ofNullable(layer), Optional.ofNullable(logits), reading());
    }

    private Optional<TensorRequest.Reading> reading() throws GazecheckException {
        if (layout == null && grid == null) {
            return Optional.empty();
        }
        MapLayout.Kind kind = layout == null ? MapLayout.Kind.TOKENS : layout.kind;
        if (grid == null) {
            return Optional.of(new TensorRequest.Reading(kind, 0, 0));
        }
        Matcher sizes = GRID.matcher(grid);
        if (!sizes.matches() || Integer.parseInt(sizes.group(1)) == 0 || Integer.parseInt(sizes.group(2)) == 0) {
            throw new GazecheckException(
                    FailureKind.USAGE, "--grid " + grid + ": give rows and columns, such as 14x14");
        }
        return Optional.of(
                new TensorRequest.Reading(kind, Integer.parseInt(sizes.group(1)), Integer.parseInt(sizes.group(2))));
    }
}
