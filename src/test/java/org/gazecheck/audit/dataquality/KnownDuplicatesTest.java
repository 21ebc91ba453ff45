package org.gazecheck.audit.dataquality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.gazecheck.ReferenceData;
import org.gazecheck.audit.dataquality.DataQualityInputs.HashedImage;
import org.gazecheck.audit.dataquality.Duplicates.Link;
import org.gazecheck.image.Framing;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.PerceptualHash;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.network.weights.ResNets;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

/**
 * The duplicates of Oxford Flowers 102 that are known, among images that only look alike: two orchids of one species
 * before a dark cloth (5124, 5133), and three pairs of other flowers whose hashes happen to be near.
 */
class KnownDuplicatesTest {
    private static final int[] NUMBERS = {
        7307, 7309, 8067, 8077, 7885, 7886, 7029, 8080, 1929, 1959, 5124, 5133, 1934, 2620, 1948, 5357, 3191, 7622
    };

    @Test
    void theyAreFoundAndNothingElseIs() throws IOException {
        List<HashedImage> images = new ArrayList<>();
        BuiltInNetwork network = ResNets.load(ReferenceData.path("weights/resnet50.safetensors"));
        Preprocessing preprocessing = Preprocessing.torchvision(network.normalisation());
        int size = preprocessing.crop();
        float[][] features = new float[NUMBERS.length][];
        ImageDecoder decoder = new ImageDecoder(100_000_000);
        InferencePlan plan = InferencePlan.fromImage(Tap.FEATURES);
        try (InferenceSession session = Engines.open(network, plan, Engine.ONNX, 2)) {
            for (int i = 0; i < NUMBERS.length; i++) {
                Path file = ReferenceData.path(String.format("flowers102/jpg/image_%05d.jpg", NUMBERS[i]));
                RgbImage image = decoder.decode(file);
                float[] input = new float[3 * size * size];
                preprocessing.normalisation().write(Framing.frame(image, preprocessing), input, 0);
                features[i] = session.run(Tensor.of(input, 1, 3, size, size))
                        .get(Tap.FEATURES)
                        .data();
                images.add(new HashedImage(
                        Integer.toString(NUMBERS[i]),
                        Hashes.sha256(file),
                        Split.TRAIN,
                        "any",
                        PerceptualHash.of(image)));
            }
        }
        Set<String> exact = new TreeSet<>();
        Set<String> near = new TreeSet<>();
        for (Link link :
                Duplicates.of(images, features, new SplittableRandom(1)).links()) {
            (link.exact() ? exact : near).add(NUMBERS[link.first()] + "=" + NUMBERS[link.second()]);
        }
        assertEquals(Set.of("7307=7309", "8067=8077", "7885=7886"), exact);
        assertEquals(Set.of("7029=8080", "1929=1959"), near);
    }
}
