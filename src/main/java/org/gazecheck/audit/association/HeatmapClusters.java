package org.gazecheck.audit.association;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.audit.input.EnergyCells;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.Prediction;
import org.gazecheck.stats.SpectralClustering;

/**
 * Groups of images that the network decides in the same place: spectral clusters of heatmaps (SpRAy, Lapuschkin et al.
 * 2019), of their {@linkplain EnergyCells energy}. A group of more than half of the images is the usual place and is left out.
 *
 * @param found how many groups there are, the usual place among them: 2 to 8; 0 where no images were grouped
 * @param name of each group but the usual place: where its energy lies
 * @param members of each of these, those nearest to the group's mean map first
 */
record HeatmapClusters(int found, List<String> name, List<int[]> members) {
    private static final int FEWEST_GROUPS = 2;
    private static final int MOST_GROUPS = 8;
    private static final int FEWEST_IMAGES = 30;
    private static final int MOST_IMAGES = 6000;

    /** None when fewer than 30 images have a heatmap. Of more than 6000 images a random 6000 are grouped. */
    static HeatmapClusters of(AuditedImages images, AssociationInputs.Heatmaps heatmaps, SplittableRandom random) {
        List<Integer> placed = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        for (int i : sample(images.size(), random)) {
            Optional<double[]> point = EnergyCells.of(heatmaps.of(images.rows()[i]), heatmaps.width());
            if (point.isPresent()) {
                placed.add(i);
                points.add(point.get());
            }
        }
        if (placed.size() < FEWEST_IMAGES) {
            return new HeatmapClusters(0, List.of(), List.of());
        }
        double[][] all = points.toArray(double[][]::new);
        SpectralClustering clustering = SpectralClustering.of(all, MOST_GROUPS, random);
        List<String> names = new ArrayList<>();
        List<int[]> members = new ArrayList<>();
        for (int c = 0; c < clustering.count(); c++) {
            int cluster = c;
            int[] group = IntStream.range(0, all.length)
                    .filter(i -> clustering.clusters()[i] == cluster)
                    .toArray();
            if (group.length > 0 && 2 * group.length <= all.length) {
                double[] mean = mean(all, group);
                int[] nearestFirst = IntStream.of(group)
                        .boxed()
                        .sorted((a, b) -> Double.compare(distance(all[a], mean), distance(all[b], mean)))
                        .mapToInt(placed::get)
                        .toArray();
                names.add(String.format(Locale.ROOT, "%d: %s", names.size() + 1, place(mean)));
                members.add(nearestFirst);
            }
        }
        return new HeatmapClusters(clustering.count(), names, members);
    }

    /** What is told where their number is the least or the largest that is looked for; empty elsewhere. */
    Optional<String> atTheEdge() {
        if (found == MOST_GROUPS) {
            return Optional.of(
                    "heatmaps fall into " + found + " groups, the most that are looked for: there may be more");
        }
        return found == FEWEST_GROUPS
                ? Optional.of("heatmaps fall into " + found
                        + " groups, the fewest that are looked for: they may be one, cut in two")
                : Optional.empty();
    }

    /** Image by image; empty where no images were grouped. */
    List<HeatmapClusterMember> members(AuditedImages images) {
        if (members.isEmpty()) {
            return List.of();
        }
        String[] groups = new String[images.size()];
        Arrays.fill(groups, "");
        for (int g = 0; g < members.size(); g++) {
            for (int i : members.get(g)) {
                groups[i] = name.get(g);
            }
        }
        return IntStream.range(0, groups.length)
                .mapToObj(i -> {
                    Prediction p = images.predictions().get(i);
                    return new HeatmapClusterMember(p.path(), p.sha256(), p.split(), groups[i]);
                })
                .toList();
    }

    private static int[] sample(int n, SplittableRandom random) {
        int[] order = IntStream.range(0, n).toArray();
        int wanted = Math.min(n, MOST_IMAGES);
        for (int i = 0; i < wanted && wanted < n; i++) {
            int j = i + random.nextInt(n - i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return IntStream.of(order).limit(wanted).sorted().toArray();
    }

    private static double[] mean(double[][] points, int[] group) {
        double[] mean = new double[points[0].length];
        for (int i : group) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += points[i][j] / group.length;
            }
        }
        return mean;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }

    /** In words: the centre of the mean energy, and how wide it spreads. */
    private static String place(double[] roots) {
        int side = (int) Math.round(Math.sqrt(roots.length));
        double all = 0;
        double x = 0;
        double y = 0;
        double squares = 0;
        for (int i = 0; i < roots.length; i++) {
            double energy = roots[i] * roots[i];
            double cx = (i % side + 0.5) / side;
            double cy = (i / side + 0.5) / side;
            all += energy;
            x += energy * cx;
            y += energy * cy;
            squares += energy * (cx * cx + cy * cy);
        }
        x /= all;
        y /= all;
        double spread = Math.sqrt(Math.max(0, squares / all - x * x - y * y));
        String row = y < 0.42 ? "upper" : y > 0.58 ? "lower" : "";
        String column = x < 0.42 ? "left" : x > 0.58 ? "right" : "";
        String where = (row + " " + column).strip();
        return (where.isEmpty() ? "centre" : where) + (spread > 0.33 ? ", wide" : spread < 0.22 ? ", narrow" : "");
    }
}
