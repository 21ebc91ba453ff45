package org.gazecheck.audit.segment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.gazecheck.audit.association.AuditedImages;
import org.gazecheck.results.Finding;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.WeakSegmentMember;
import org.gazecheck.stats.Randomness;

/**
 * Images of ten classes, three clusters of heatmaps and 17 properties, in part correlated, with answers that are right by chance.
 *
 * @param properties of the images
 * @param cluster of each image's heatmap, 0 to 2
 */
record SimulatedSet(List<ImageProperties> properties, int[] cluster, long seed) {
    private static final int CLASSES = 10;
    private static final double[] CLUSTERS = {0.15, 0.45, 0.4};

    static SimulatedSet of(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ImageProperties> properties = new ArrayList<>();
        int[] cluster = new int[n];
        for (int i = 0; i < n; i++) {
            double light = random.nextGaussian();
            properties.add(new ImageProperties(
                    "image" + i,
                    "sha",
                    Split.TEST,
                    300 + random.nextInt(300),
                    300 + random.nextInt(300),
                    random.nextDouble(),
                    light + random.nextGaussian(),
                    light + random.nextGaussian(),
                    random.nextGaussian(),
                    360 * random.nextDouble(),
                    360 * random.nextDouble(),
                    random.nextDouble(),
                    random.nextDouble(),
                    random.nextDouble(),
                    new ImageProperties.Capture(
                            random.nextGaussian(),
                            random.nextGaussian(),
                            light + random.nextGaussian(),
                            random.nextGaussian(),
                            random.nextGaussian(),
                            random.nextGaussian(),
                            random.nextGaussian())));
            double drawn = random.nextDouble();
            cluster[i] = drawn < CLUSTERS[0] ? 0 : drawn < CLUSTERS[0] + CLUSTERS[1] ? 1 : 2;
        }
        return new SimulatedSet(properties, cluster, seed);
    }

    int size() {
        return cluster.length;
    }

    /** @param accuracy the chance that an image is answered rightly */
    WeakSegments audited(IntToDoubleFunction accuracy) {
        SplittableRandom random = new SplittableRandom(~seed);
        List<Prediction> predictions = IntStream.range(0, size())
                .mapToObj(i -> prediction(i, random.nextDouble() < accuracy.applyAsDouble(i)))
                .toList();
        AuditedImages images = AuditedImages.of(predictions);
        List<HeatmapClusterMember> clusters = IntStream.range(0, size())
                .mapToObj(i -> new HeatmapClusterMember("image" + i, "sha", Split.TEST, "cluster" + cluster[i]))
                .toList();
        List<Trait> traits = ImageTraits.of(images, properties, clusters, Map.of(), random);
        return WeakSegments.of(images, traits, new Randomness(seed));
    }

    private static Prediction prediction(int i, boolean right) {
        String label = "class" + i % CLASSES;
        return new Prediction(
                "image" + i,
                "sha",
                Split.TEST,
                label,
                right ? label : "class" + (i + 1) % CLASSES,
                right ? 0.8f : 0.1f,
                0.8f,
                right ? 1 : 2,
                List.of());
    }

    /** Whether accuracy is by so much lower in the images that are planted, and a finding is of them: that more than half of either is in both. */
    boolean finds(BitSet planted, double right, double lower) {
        WeakSegments found = audited(i -> planted.get(i) ? right - lower : right);
        return found.findings().findings().stream().anyMatch(finding -> {
            BitSet members = members(found, finding);
            return 2 * Segment.common(members, planted).cardinality()
                    > Math.min(members.cardinality(), planted.cardinality());
        });
    }

    static BitSet members(WeakSegments found, Finding finding) {
        BitSet members = new BitSet();
        found.members().stream()
                .filter(member -> member.segment().equals(finding.subject()))
                .map(WeakSegmentMember::path)
                .forEach(path -> members.set(Integer.parseInt(path.substring("image".length()))));
        return members;
    }

    /** One heatmap cluster: 15 % of the images. */
    BitSet oneCluster() {
        return chosen(i -> cluster[i] == 0);
    }

    /** The darkest 15 % of the images, of which no range of brightness is made. */
    BitSet dark() {
        return chosen(i -> properties.get(i).brightness() < 0.15);
    }

    /** Another cluster where it is dark: 15 % of the images. */
    BitSet darkInACluster() {
        return chosen(i -> cluster[i] == 1 && properties.get(i).brightness() < 1.0 / 3);
    }

    private BitSet chosen(IntPredicate which) {
        BitSet chosen = new BitSet();
        IntStream.range(0, size()).filter(which).forEach(chosen::set);
        return chosen;
    }
}
