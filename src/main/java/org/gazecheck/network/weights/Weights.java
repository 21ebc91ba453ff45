package org.gazecheck.network.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.gazecheck.network.WeightsException;

/**
 * Tensors of a weights file.
 *
 * @param file where they come from
 * @param tensors floating-point tensors by name
 * @param metadata as the file states it; empty for formats without
 */
public record Weights(Path file, Map<String, WeightTensor> tensors, Map<String, String> metadata) {
    /** @param name of one that is there */
    WeightTensor tensor(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    /**
     * Reads every floating-point tensor of a {@code .safetensors} or {@code .pth} file; nothing in it is executed.
     *
     * @throws WeightsException when the file is damaged, hostile or of another kind
     */
    public static Weights read(Path file) throws IOException {
        try (WeightsFile open = WeightsFile.open(file)) {
            Map<String, String> names = new LinkedHashMap<>();
            open.catalogue().tensors().forEach((name, info) -> {
                if (info.floating()) {
                    names.put(name, name);
                }
            });
            return read(open, names);
        }
    }

    /** @param names in the file, by the names that the tensors get */
    static Weights read(WeightsFile open, Map<String, String> names) throws IOException {
        Map<String, WeightTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, String> name : names.entrySet()) {
            tensors.put(name.getKey(), open.read(name.getValue()));
        }
        Catalogue catalogue = open.catalogue();
        return new Weights(catalogue.file(), tensors, catalogue.metadata());
    }
}
