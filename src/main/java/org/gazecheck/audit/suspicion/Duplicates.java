package org.gazecheck.audit.suspicion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gazecheck.audit.suspicion.SuspicionInputs.Photograph;
import org.gazecheck.image.PerceptualHash;

/**
 * Photographs that are there more than once: exactly (the same bytes), or nearly: perceptual hashes that differ in at
 * most 12 of 64 bits, confirmed by features whose cosine is at least 0.9. On Oxford Flowers 102 those limits part shots
 * of the same flower a moment later from different flowers of a species.
 *
 * @param links between two photographs, exact ones first, then by falling cosine
 * @param groups [n] the same number for photographs that links join
 */
record Duplicates(List<Link> links, int[] groups) {
    static final int MOST_BITS = 12;
    static final double LEAST_COSINE = 0.9;

    /**
     * Two photographs, {@code first < second}, that are the same.
     *
     * @param cosine of their features, -1..1
     */
    record Link(int first, int second, boolean exact, double cosine) {}

    /** @param features [photographs][d] */
    static Duplicates of(List<Photograph> photographs, float[][] features) {
        int n = photographs.size();
        long[] hashes = photographs.stream().mapToLong(Photograph::hash).toArray();
        Map<String, Integer> firstOfBytes = new TreeMap<>();
        int[] same = new int[n];
        for (int i = 0; i < n; i++) {
            Integer first = firstOfBytes.putIfAbsent(photographs.get(i).sha256(), i);
            same[i] = first == null ? i : first;
        }
        List<Link> links = new ArrayList<>();
        int[] groups = new int[n];
        for (int i = 0; i < n; i++) {
            groups[i] = i;
        }
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < j; i++) {
                boolean exact = same[i] == same[j];
                if (exact || PerceptualHash.distance(hashes[i], hashes[j]) <= MOST_BITS) {
                    double cosine = cosine(features[i], features[j]);
                    if (exact || cosine >= LEAST_COSINE) {
                        links.add(new Link(i, j, exact, cosine));
                        join(groups, i, j);
                    }
                }
            }
        }
        links.sort(Comparator.comparing((Link link) -> !link.exact)
                .thenComparing(link -> -link.cosine)
                .thenComparing(Link::first)
                .thenComparing(Link::second));
        return new Duplicates(links, groups);
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
