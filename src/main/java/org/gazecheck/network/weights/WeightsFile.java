package org.gazecheck.network.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.gazecheck.network.WeightsException;

/** An open file of weights: what it holds is known, numbers are read as they are asked for. Nothing in it is executed. */
sealed interface WeightsFile extends Closeable permits SafetensorsReader, TorchReader {
    /** More than any published ResNet has (the widest, wide_resnet101_2, has 127 million): 520 MB as they are kept. */
    long MOST_NUMBERS = 130_000_000;

    Catalogue catalogue();

    /** @param name of a tensor of the catalogue whose numbers are floating */
    WeightTensor read(String name) throws IOException;

    /**
     * Opens a file by what it holds; what it is called counts only where that does not tell.
     *
     * @throws WeightsException when the file is damaged, hostile or of another kind
     */
    static WeightsFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("there is no weights file " + file + ": check model.weights");
        }
        Optional<String> other = NotWeights.what(file);
        if (other.isPresent()) {
            throw new WeightsException(file + " " + other.get());
        }
        String begin = new String(NotWeights.beginning(file), StandardCharsets.ISO_8859_1);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean zip = begin.startsWith("PK");
        boolean header = begin.length() > 8 && begin.charAt(8) == '{' && begin.startsWith("\0\0\0\0", 4);
        if (!zip && (header || name.endsWith(".safetensors"))) {
            return SafetensorsReader.open(file);
        }
        if (zip || name.matches(".*\\.(pth|pt|ckpt|bin|tar)")) {
            return TorchReader.open(file);
        }
        throw new WeightsException(file + " is neither a .safetensors nor a .pth file, by its name and by its content");
    }
}
