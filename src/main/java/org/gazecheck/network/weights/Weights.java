package org.gazecheck.network.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.WeightsException;

/**
 * The tensors of a weights file.
 *
 * @param file where they come from
 * @param tensors floating-point tensors by name; integers (counters of batches) are left out
 * @param metadata as the file states it; empty for formats without
 * @param sha256 of the file
 */
public record Weights(Path file, Map<String, WeightTensor> tensors, Map<String, String> metadata, String sha256) {
    /** More than any published ResNet has (the widest, wide_resnet101_2, has 127 million): 520 MB as they are kept. */
    static final long MOST_NUMBERS = 130_000_000;

    /** What a reader finds in a file. */
    record Content(Map<String, WeightTensor> tensors, Map<String, String> metadata) {}

    /** @param name of one that is there */
    WeightTensor tensor(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    /**
     * Reads a {@code .safetensors} or {@code .pth} file; nothing in it is executed.
     *
     * @throws WeightsException when the file is damaged, hostile or of another kind
     */
    public static Weights read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("there is no weights file " + file + ": check model.weights");
        }
        String name = file.getFileName().toString();
        Content content;
        if (name.endsWith(".safetensors")) {
            content = SafetensorsReader.read(file);
        } else if (name.endsWith(".pth") || name.endsWith(".pt")) {
            content = TorchReader.read(file);
        } else {
            throw new WeightsException(file + " is neither a .safetensors nor a .pth file");
        }
        return new Weights(file, content.tensors(), content.metadata(), Hashes.sha256(file));
    }
}
