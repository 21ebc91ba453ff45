package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.gazecheck.stats.StratifiedFisher;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Mark} of a few cells: looks for what they have in common outside the objects of all images, takes as its cells those
 * that are most like it in images of the class, above the threshold that tells the class best from the others, and repeats. In the end
 * it is looked for everywhere, since a mark can lie on an object, and an estimated mask can take it for one.
 */
final class MarkGrowth {
    private static final int ROUNDS = 3;
    private static final int FEWEST = 4;
    private static final double SAME_PLACE = 0.8;
    private static final int REACH = 3;

    private final int label;
    private final List<LocatedImage> own;
    private final List<LocatedImage> others;
    private final CellGrid grid;

    /**
     * @param own images that are called the class
     * @param others all others
     */
    MarkGrowth(int label, List<LocatedImage> own, List<LocatedImage> others) {
        this.label = label;
        this.own = own;
        this.others = others;
        this.grid = own.get(0).grid();
    }

    /** How like each image's most similar cell is, and where that is. */
    private record Matches(int[] cells, double[] likeness) {}

    /** Empty where less than a few images have it in common. */
    Optional<Mark> of(double[] seed) {
        BitSet places = new BitSet();
        places.set(0, grid.count());
        double[] direction = seed;
        double @Nullable [] sum = null;
        int[] members = new int[0];
        Matches mine = matches(own, direction, places, true, null, members);
        double threshold = 0;
        for (int round = 0; round < ROUNDS; round++) {
            threshold = threshold(mine.likeness, matches(others, direction, places, true, null, members).likeness);
            members = above(mine.likeness, threshold);
            if (members.length < FEWEST) {
                return Optional.empty();
            }
            int place = commonPlace(mine, members);
            if (place >= 0) {
                places = around(place);
            }
            sum = sum(mine, members);
            direction = LocatedImage.unit(sum);
            mine = matches(own, direction, places, round + 1 < ROUNDS, sum, members);
        }
        Matches theirs = matches(others, direction, places, false, null, members);
        threshold = threshold(mine.likeness, theirs.likeness);
        members = above(mine.likeness, threshold);
        int away = above(theirs.likeness, threshold).length;
        if (members.length < FEWEST) {
            return Optional.empty();
        }
        int[] cells = mine.cells;
        double standing = mean(members, i -> own.get(i).rank(cells[i]));
        double outside = outside(members, cells);
        return Optional.of(new Mark(
                label,
                grid,
                direction,
                threshold,
                places,
                commonPlace(mine, members),
                extent(mine, members),
                likeness(mine, members, 0, 0),
                standing,
                outside,
                spread(members, direction, threshold),
                prevalence(members.length, away)));
    }

    /** The share of cells outside the objects that are as like it. */
    private double spread(int[] members, double[] direction, double threshold) {
        return mean(members, i -> {
            LocatedImage image = own.get(i);
            long alike = image.outside().stream()
                    .filter(cell -> image.similarity(cell, direction) >= threshold)
                    .count();
            return (double) alike / Math.max(1, image.outside().cardinality());
        });
    }

    /** Where objects are known, if they are known of a few at least. */
    private double outside(int[] members, int[] cells) {
        int[] known = Arrays.stream(members)
                .filter(i -> own.get(i).image().divisible())
                .toArray();
        return mean(
                known.length < FEWEST ? members : known,
                i -> own.get(i).outside().get(cells[i]) ? 1 : 0);
    }

    private static double mean(int[] members, IntToDoubleFunction of) {
        return Arrays.stream(members).mapToDouble(of).average().orElseThrow();
    }

    private Prevalence prevalence(int members, int away) {
        int all = own.size() + others.size();
        double p = StratifiedFisher.greaterP(
                List.of(new StratifiedFisher.Stratum(members, members + away, own.size(), all)));
        return new Prevalence(
                (double) members / own.size(),
                (double) (members + away) / all,
                others.isEmpty() ? Double.NaN : (double) away / others.size(),
                p,
                p);
    }

    /** A member is compared with the mean of the others, so that none is like the mark because it is part of it. */
    private static Matches matches(
            List<LocatedImage> images,
            double[] direction,
            BitSet places,
            boolean outside,
            double @Nullable [] sum,
            int[] members) {
        int[] cells = new int[images.size()];
        double[] likeness = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            LocatedImage image = images.get(i);
            cells[i] = image.mostLike(direction, outside ? image.outside(places) : places);
            likeness[i] = cells[i] < 0 ? -1 : image.similarity(cells[i], direction);
            int of = i;
            if (sum != null && cells[i] >= 0 && Arrays.stream(members).anyMatch(m -> m == of)) {
                double[] without = sum.clone();
                float[] cell = image.directions()[cells[i]];
                for (int j = 0; j < without.length; j++) {
                    without[j] -= cell[j];
                }
                likeness[i] = image.similarity(cells[i], LocatedImage.unit(without));
            }
        }
        return new Matches(cells, likeness);
    }

    private double[] sum(Matches matches, int[] members) {
        double[] sum = new double[own.get(0).directions()[0].length];
        for (int i : members) {
            float[] cell = own.get(i).directions()[matches.cells[i]];
            for (int j = 0; j < sum.length; j++) {
                sum[j] += cell[j];
            }
        }
        return sum;
    }

    /** The mean cosine of two members' cells, so many rows and columns beside; 0 where less than two have any. */
    private double likeness(Matches matches, int[] members, int rows, int columns) {
        double[] sum = new double[own.get(0).directions()[0].length];
        double n = 0;
        for (int i : members) {
            int beside = grid.beside(matches.cells[i], rows, columns);
            if (beside >= 0) {
                float[] cell = own.get(i).directions()[beside];
                for (int j = 0; j < sum.length; j++) {
                    sum[j] += cell[j];
                }
                n++;
            }
        }
        double squares = Arrays.stream(sum).map(v -> v * v).sum();
        return n < 2 ? 0 : (squares - n) / (n * (n - 1));
    }

    /** Rows and columns beside the members' cells that are at least half as much like each other as these are. */
    private CellGrid.Extent extent(Matches matches, int[] members) {
        double least = likeness(matches, members, 0, 0) / 2;
        int[] reach = new int[4];
        int[][] ways = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
        for (int way = 0; way < ways.length; way++) {
            int next = 1;
            while (next <= REACH && likeness(matches, members, next * ways[way][0], next * ways[way][1]) >= least) {
                reach[way] = next++;
            }
        }
        return new CellGrid.Extent(reach[0], reach[1], reach[2], reach[3]);
    }

    /** The middle one of the members' cells, if nearly all lie next to it; else -1. */
    private int commonPlace(Matches matches, int[] members) {
        int[] rows = Arrays.stream(members)
                .map(i -> grid.row(matches.cells[i]))
                .sorted()
                .toArray();
        int[] columns = Arrays.stream(members)
                .map(i -> grid.column(matches.cells[i]))
                .sorted()
                .toArray();
        int middle = rows[rows.length / 2] * grid.columns() + columns[columns.length / 2];
        long near = Arrays.stream(members)
                .filter(i -> grid.apart(matches.cells[i], middle) <= 1)
                .count();
        return near >= SAME_PLACE * members.length ? middle : -1;
    }

    private BitSet around(int place) {
        BitSet places = new BitSet();
        IntStream.range(0, grid.count())
                .filter(cell -> grid.apart(cell, place) <= 1)
                .forEach(places::set);
        return places;
    }

    private static int[] above(double[] likeness, double threshold) {
        return IntStream.range(0, likeness.length)
                .filter(i -> likeness[i] >= threshold)
                .toArray();
    }

    /** Where being above goes most clearly with the class (the largest phi coefficient), in the middle of the gap. */
    static double threshold(double[] mine, double[] theirs) {
        List<double[]> all = new ArrayList<>();
        Arrays.stream(mine).forEach(v -> all.add(new double[] {v, 1}));
        Arrays.stream(theirs).forEach(v -> all.add(new double[] {v, 0}));
        all.sort((a, b) -> Double.compare(b[0], a[0]));
        double best = Double.POSITIVE_INFINITY;
        double most = 0;
        int a = 0;
        int b = 0;
        for (int i = 0; i + 1 < all.size(); i++) {
            a += all.get(i)[1] > 0 ? 1 : 0;
            b += all.get(i)[1] > 0 ? 0 : 1;
            if (all.get(i)[0] > all.get(i + 1)[0]) {
                double phi = phi(a, b, mine.length, theirs.length);
                if (phi > most) {
                    most = phi;
                    best = (all.get(i)[0] + all.get(i + 1)[0]) / 2;
                }
            }
        }
        return best;
    }

    private static double phi(int a, int b, int n, int m) {
        double with = a + b;
        double without = n + m - with;
        return with == 0 || without == 0
                ? 0
                : ((double) a * (m - b) - (double) b * (n - a)) / Math.sqrt(with * without * n * m);
    }
}
