package org.gazecheck.audit.dataquality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.audit.dataquality.DataQualityInputs.HashedImage;
import org.gazecheck.image.PerceptualHash;

/**
 * Images that are there more than once: exactly (the same bytes), or nearly: perceptual hashes that differ in at
 * most 12 of 64 bits, confirmed by features whose cosine is at least 0.9. On Oxford Flowers 102 those limits part shots
 * of the same flower a moment later from different flowers of a species. Where images are so alike that at least
 * half as many pairs would keep both limits by chance, or that more than a fifth of ten pairs or more join different
 * labels, near ones are not distinguished and left out.
 *
 * @param links between two images, exact ones first, then by falling cosine
 * @param groups [n] the same number for images that links join
 * @param near how many pairs keep both limits without being exact
 * @param byChance how many would if hashes said nothing about images whose features are alike: the share of near
 *     hashes among pairs with a lower cosine, times the number of pairs with a cosine of 0.9
 * @param twoLabels how many of the near ones join different labels
 */
record Duplicates(List<Link> links, int[] groups, int near, double byChance, int twoLabels) {
    static final int MOST_BITS = 12;
    static final double LEAST_COSINE = 0.9;

    private static final int DRAWN_PAIRS = 10_000;
    private static final int FEW = 10;

    /**
     * Two images, {@code first < second}, that are the same.
     *
     * @param cosine of their features, -1..1
     */
    record Link(int first, int second, boolean exact, double cosine) {}

    /**
     * @param features [images][d]
     * @param random draws the pairs by which chance is estimated
     */
    static Duplicates of(List<HashedImage> images, float[][] features, SplittableRandom random) {
        int n = images.size();
        long[] hashes = images.stream().mapToLong(HashedImage::hash).toArray();
        int[] same = firstOfBytes(images);
        List<Link> exact = new ArrayList<>();
        List<Link> near = new ArrayList<>();
        int refused = 0;
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < j; i++) {
                if (same[i] == same[j]) {
                    exact.add(new Link(i, j, true, cosine(features[i], features[j])));
                } else if (PerceptualHash.distance(hashes[i], hashes[j]) <= MOST_BITS) {
                    double cosine = cosine(features[i], features[j]);
                    if (cosine >= LEAST_COSINE) {
                        near.add(new Link(i, j, false, cosine));
                    } else {
                        refused++;
                    }
                }
            }
        }
        double alike = near.isEmpty() ? 0 : alike(features, random);
        double byChance = alike == 1 ? Double.POSITIVE_INFINITY : refused * alike / (1 - alike);
        int twoLabels = (int) near.stream()
                .filter(link -> images.get(link.first).contradicts(images.get(link.second)))
                .count();
        List<Link> links = new ArrayList<>(exact);
        if (distinguished(near.size(), byChance, twoLabels)) {
            links.addAll(near);
        }
        links.sort(Comparator.comparing((Link link) -> !link.exact)
                .thenComparing(link -> -link.cosine)
                .thenComparing(Link::first)
                .thenComparing(Link::second));
        int[] groups = IntStream.range(0, n).toArray();
        links.forEach(link -> join(groups, link.first, link.second));
        return new Duplicates(links, groups, near.size(), byChance, twoLabels);
    }

    /** Whether near ones are distinguished from images that are only alike. */
    boolean nearDistinguished() {
        return distinguished(near, byChance, twoLabels);
    }

    private static boolean distinguished(int near, double byChance, int twoLabels) {
        return byChance <= near / 2.0 && (near < FEW || twoLabels <= near / 5.0);
    }

    /** [n] the first image of the same bytes. */
    private static int[] firstOfBytes(List<HashedImage> images) {
        Map<String, Integer> first = new HashMap<>();
        int[] same = new int[images.size()];
        for (int i = 0; i < same.length; i++) {
            same[i] = i;
            Integer earlier = first.putIfAbsent(images.get(i).sha256(), i);
            if (earlier != null) {
                same[i] = earlier;
            }
        }
        return same;
    }

    /** The share of pairs with a cosine of at least 0.9, estimated. */
    private static double alike(float[][] features, SplittableRandom random) {
        int alike = 0;
        for (int d = 0; d < DRAWN_PAIRS; d++) {
            int i = random.nextInt(features.length);
            int j = (i + 1 + random.nextInt(features.length - 1)) % features.length;
            alike += cosine(features[i], features[j]) >= LEAST_COSINE ? 1 : 0;
        }
        return (double) alike / DRAWN_PAIRS;
    }

    private static void join(int[] groups, int i, int j) {
        int kept = Math.min(groups[i], groups[j]);
        int gone = Math.max(groups[i], groups[j]);
        if (kept != gone) {
            for (int k = 0; k < groups.length; k++) {
                groups[k] = groups[k] == gone ? kept : groups[k];
            }
        }
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int k = 0; k < a.length; k++) {
            dot += (double) a[k] * b[k];
            aa += (double) a[k] * a[k];
            bb += (double) b[k] * b[k];
        }
        return dot / Math.sqrt(aa * bb);
    }
}
