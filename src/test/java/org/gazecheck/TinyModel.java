package org.gazecheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Png;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Block;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.onnx.export.OnnxModels;

/** A model with random weights, and noise to show it. */
public final class TinyModel {
    public static final List<String> CLASSES = List.of("rose", "=1+1", "ox-eye, \"daisy\"");

    private TinyModel() {}

    /** @return the file, {@code model.onnx} */
    public static Path export(Path folder) throws IOException {
        Path file = folder.resolve("model.onnx");
        Preprocessing preprocessing = new Preprocessing(36, 32, Normalisation.TORCHVISION);
        OnnxModels.export(TinyNetworks.hellinger(Block.BASIC, 3), CLASSES, preprocessing, file);
        return file;
    }

    /** An image that differs with its seed. */
    public static Path image(Path file, int seed) throws IOException {
        byte[] rgb = new byte[48 * 40 * 3];
        SplittableRandom random = new SplittableRandom(seed);
        int level = random.nextInt(200);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (level + random.nextInt(56));
        }
        Files.createDirectories(file.getParent());
        return Files.write(file, Png.encode(new RgbImage(48, 40, rgb)));
    }
}
