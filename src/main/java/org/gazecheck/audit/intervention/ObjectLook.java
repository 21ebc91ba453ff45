package org.gazecheck.audit.intervention;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the cells of a class's objects look like, and those around them, in images whose objects are known: two directions of length
 * 1, the means of {@linkplain CellWhitening whitened} cells.
 */
final class ObjectLook {
    private static final int FEWEST = 4;

    private final double[] inside;
    private final double[] around;

    private ObjectLook(double[] inside, double[] around) {
        this.inside = inside;
        this.around = around;
    }

    /** Empty where too few images can be taken apart into object and surroundings. */
    static Optional<ObjectLook> of(Collection<LocatedImage> ofClass) {
        List<LocatedImage> known =
                ofClass.stream().filter(located -> located.image().divisible()).toList();
        if (known.size() < FEWEST) {
            return Optional.empty();
        }
        int d = known.get(0).directions()[0].length;
        double[] inside = new double[d];
        double[] around = new double[d];
        for (LocatedImage image : known) {
            for (int cell = 0; cell < image.grid().count(); cell++) {
                double[] sum = image.outside().get(cell) ? around : inside;
                for (int j = 0; j < d; j++) {
                    sum[j] += image.directions()[cell][j];
                }
            }
        }
        return Optional.of(new ObjectLook(LocatedImage.unit(inside), LocatedImage.unit(around)));
    }

    /** How much more a direction of length 1 is like the objects than like what is around them: a difference of cosines, -2..2. */
    double nearness(double[] direction) {
        double nearness = 0;
        for (int j = 0; j < direction.length; j++) {
            nearness += direction[j] * (inside[j] - around[j]);
        }
        return nearness;
    }
}
