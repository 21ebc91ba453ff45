package org.gazecheck.audit.segment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.gazecheck.audit.association.AuditedImages;
import org.gazecheck.audit.association.SceneClusters;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.ImageProperties;
import org.jspecify.annotations.Nullable;

/** All traits of the audited images. None of them depends on which predictions are right. */
final class ImageTraits {
    private ImageTraits() {}

    /**
     * @param properties of these images, others are ignored
     * @param clusters of heatmaps of these images; the usual place is no trait
     * @param scenes descriptors of images by their paths
     * @param random clusters scenes, where there are enough
     */
    static List<Trait> of(
            AuditedImages images,
            List<ImageProperties> properties,
            List<HeatmapClusterMember> clusters,
            Map<String, double[]> scenes,
            SplittableRandom random) {
        Map<String, ImageProperties> byPath = new HashMap<>();
        properties.forEach(p -> byPath.put(p.path(), p));
        List<@Nullable ImageProperties> known = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            known.add(byPath.get(images.path(i)));
        }
        List<Trait> traits = new ArrayList<>(PropertyTraits.of(known));
        Map<String, String> cluster = new HashMap<>();
        clusters.forEach(member -> cluster.put(member.path(), member.cluster()));
        traits.addAll(groups(
                images.size(),
                i -> Optional.ofNullable(cluster.get(images.path(i))).filter(name -> !name.isEmpty()),
                "heatmap cluster ",
                "the heatmap is of cluster "));
        traits.addAll(scenes(images, scenes, random));
        traits.addAll(groups(
                images.size(), i -> Optional.of(images.classes().get(images.labels()[i])), "class ", "the class is "));
        return traits;
    }

    private static List<Trait> scenes(AuditedImages images, Map<String, double[]> scenes, SplittableRandom random) {
        List<double[]> descriptors = IntStream.range(0, images.size())
                .mapToObj(images::path)
                .filter(scenes::containsKey)
                .map(scenes::get)
                .toList();
        if (descriptors.size() < SceneClusters.FEWEST) {
            return List.of();
        }
        SceneClusters kinds = SceneClusters.of(descriptors, random);
        return groups(
                images.size(),
                i -> Optional.ofNullable(scenes.get(images.path(i)))
                        .map(descriptor -> kinds.kind(descriptor) + 1 + " of " + kinds.kinds()),
                "scene ",
                "the scene is of kind ");
    }

    /** A trait for each name that images have, in the order of the names. */
    private static List<Trait> groups(int n, IntFunction<Optional<String>> name, String prefix, String words) {
        Map<String, BitSet> members = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            int image = i;
            name.apply(i).ifPresent(of -> members.computeIfAbsent(of, key -> new BitSet())
                    .set(image));
        }
        List<Trait> traits = new ArrayList<>();
        members.forEach((of, images) -> traits.add(new Trait(prefix.strip(), prefix + of, words + of, images)));
        return traits;
    }
}
