package org.gazecheck.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.ImageOpener;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Png;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/** A data set and a network small enough to train in a test: red, green and blue pictures. */
public final class Tiny {
    public static final int SIZE = 32;
    static final int CLASSES = 3;
    static final TrainSettings.Views VIEWS = new TrainSettings.Views(true, 2, 0.5, 1, 0.1, 0.1, 0.1, 0.01);

    private Tiny() {}

    static TrainSettings.Finetune finetune(String from, int epochs) {
        return new TrainSettings.Finetune(
                from, 2, epochs, 8, TrainSettings.Optimizer.ADAMW, 1e-3, 1e-2, 0.02, 4, 0.1, 0, 0, 0, 1L << 30);
    }

    public static BuiltInNetwork network() {
        Architecture architecture = new Architecture("tiny", Block.BASIC, List.of(1, 1), List.of(4, 8), false);
        SplittableRandom random = new SplittableRandom(5);
        Map<String, FoldedConvolution> convolutions = new HashMap<>();
        for (Convolution c : architecture.convolutions()) {
            int fan = c.in() * c.kernel() * c.kernel();
            float[] scale = values(c.out(), 0.5, 1.5, random);
            float[] kernel = values(c.out() * fan, -1, 1, random);
            for (int i = 0; i < kernel.length; i++) {
                kernel[i] *= (float) Math.sqrt(6.0 / fan) * scale[i / fan];
            }
            convolutions.put(c.name(), new FoldedConvolution(kernel, values(c.out(), 0, 0.1, random), scale));
        }
        HellingerHead head =
                new HellingerHead(values(CLASSES * 8, -0.5, 0.5, random), new float[CLASSES], HellingerHead.EPSILON);
        return BuiltInNetwork.of(architecture, convolutions, Optional.of(head), Normalisation.TORCHVISION);
    }

    /** Writes 14 train and 5 val images of every class. */
    public static Dataset dataset(Path folder) throws IOException {
        List<Dataset.Item> items = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(6);
        for (Split split : List.of(Split.TRAIN, Split.VAL)) {
            for (int i = 0; i < (split == Split.TRAIN ? 14 : 5) * CLASSES; i++) {
                int label = i % CLASSES;
                byte[] png = Png.encode(picture(label, random));
                String path = split.text() + "/" + label + "/" + i + ".png";
                AtomicFile.write(folder.resolve(path), out -> out.write(png));
                items.add(new Dataset.Item(path, split, label, Hashes.sha256(png), Optional.empty()));
            }
        }
        return new Dataset(
                new ImageLoader(ImageOpener.folder(folder), 1 << 20), List.of("red", "green", "blue"), items);
    }

    static TrainingViews views() {
        return new TrainingViews(VIEWS, Preprocessing.at(SIZE, Normalisation.TORCHVISION), new Randomness(1), "seed 1");
    }

    private static RgbImage picture(int label, SplittableRandom random) {
        byte[] rgb = new byte[40 * 36 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (random.nextInt(160) + (i % 3 == label ? 60 : 0));
        }
        return new RgbImage(40, 36, rgb);
    }

    private static float[] values(int n, double low, double high, SplittableRandom random) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (low + (high - low) * random.nextDouble());
        }
        return values;
    }
}
