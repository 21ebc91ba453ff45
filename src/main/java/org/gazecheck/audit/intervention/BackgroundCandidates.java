package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Proposes backgrounds: classes of which in training at least three tenths stand in scenes that they go with
 * ({@link SceneAssociation}).
 */
final class BackgroundCandidates {
    private static final double ASSOCIATED = 0.01;
    private static final double LEAST_SHARE = 0.3;
    private static final int MOST = 40;

    private final List<SegmentedImage> images;
    private final Scenes scenes;
    private final float[][] alone;
    private final int classes;
    private final boolean estimatedMasks;

    /**
     * @param images of train, then of val and test
     * @param scenes of the same images
     * @param alone rows of what the network says of the same images' backgrounds alone: logits [classes] and more
     */
    BackgroundCandidates(
            List<SegmentedImage> images, Scenes scenes, float[][] alone, int classes, boolean estimatedMasks) {
        this.images = images;
        this.scenes = scenes;
        this.alone = alone;
        this.classes = classes;
        this.estimatedMasks = estimatedMasks;
    }

    /**
     * The clearest association first.
     *
     * @param training how many of the images are of train
     */
    List<Candidate> proposed(int training) {
        int[] labels = images.subList(0, training).stream()
                .mapToInt(SegmentedImage::label)
                .toArray();
        List<SceneAssociation> associations =
                SceneAssociation.of(labels, classes, scenes.of(), scenes.count(), ASSOCIATED).stream()
                        .filter(association -> association.q() < ASSOCIATED && association.share() >= LEAST_SHARE)
                        .limit(MOST)
                        .toList();
        BitSet ofAny = new BitSet();
        associations.forEach(association -> ofAny.or(association.scenes()));
        return associations.stream()
                .map(association -> (Candidate) candidate(association, ofAny))
                .toList();
    }

    /** Controls stand in no scene that goes with any class, where there are enough of these. */
    private BackgroundCandidate candidate(SceneAssociation association, BitSet ofAny) {
        int label = association.label();
        Map<String, Double> carriers = new HashMap<>();
        IntStream.range(0, images.size())
                .filter(i -> association.scenes().get(scenes.of()[i]))
                .forEach(i -> carriers.put(images.get(i).item().path(), margin(alone[i], label)));
        List<SegmentedImage> usual = others(label, association.scenes(), true);
        List<SegmentedImage> donors = usual.size() >= BackgroundCandidate.DONORS || estimatedMasks
                ? usual
                : SegmentedImage.distinct(usual, own(label, association.scenes()));
        List<SegmentedImage> free = others(label, ofAny, false);
        return new BackgroundCandidate(
                association,
                carriers,
                donors,
                free.size() >= BackgroundCandidate.CONTROLS ? free : others(label, association.scenes(), false),
                donors.stream().allMatch(donor -> donor.label() != label));
    }

    /** Of other classes, each content once. */
    private List<SegmentedImage> others(int label, BitSet in, boolean inside) {
        Set<String> seen = new HashSet<>();
        List<SegmentedImage> found = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            SegmentedImage image = images.get(i);
            if (image.label() != label
                    && in.get(scenes.of()[i]) == inside
                    && seen.add(image.item().sha256())) {
                found.add(image);
            }
        }
        return found;
    }

    private List<SegmentedImage> own(int label, BitSet in) {
        return IntStream.range(0, images.size())
                .filter(i -> images.get(i).label() == label && in.get(scenes.of()[i]))
                .mapToObj(images::get)
                .toList();
    }

    /** How far the background alone speaks for a class: its logit over the mean logit. */
    private double margin(float[] row, int label) {
        double mean =
                IntStream.range(0, classes).mapToDouble(c -> row[c]).average().orElseThrow();
        return row[label] - mean;
    }
}
