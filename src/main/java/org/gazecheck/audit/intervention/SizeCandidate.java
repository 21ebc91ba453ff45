package org.gazecheck.audit.intervention;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gazecheck.image.Zoom;
import org.gazecheck.results.Reason;
import org.gazecheck.stats.Randomness;

/**
 * Objects of a class that are smaller or larger in the image than those of others, in train and val.
 *
 * @param values of {@link Kind}, by path, of all images
 */
record SizeCandidate(Kind kind, PropertyAssociation association, Map<String, Double> values) implements MadeCandidate {
    private static final double SMALLEST = 0.2;
    private static final double LARGEST = 4;

    /** In which direction they differ. */
    enum Kind {
        SMALLER("how small the object is"),
        LARGER("how large the object is");

        private final String detail;

        Kind(String detail) {
            this.detail = detail;
        }

        String detail() {
            return detail;
        }

        /** @param factor above 1 */
        Zoom zoom(double factor) {
            return new Zoom(this == SMALLER ? 1 / factor : factor);
        }

        /** Larger with more of the difference; NaN where the area is not known. */
        double value(double area) {
            double log = area > 0 ? Math.log(area) : Double.NaN;
            return this == SMALLER ? -log : log;
        }

        double area(double value) {
            return Math.exp(this == SMALLER ? -value : value);
        }
    }

    @Override
    public int label() {
        return association.label();
    }

    @Override
    public Reason reason() {
        return Reason.SIZE;
    }

    @Override
    public String detail() {
        return kind.detail;
    }

    @Override
    public Prevalence prevalence() {
        return association.prevalence();
    }

    @Override
    public boolean triable() {
        return true;
    }

    @Override
    public boolean carries(SegmentedImage image) {
        return strength(image) >= association.threshold();
    }

    @Override
    public double strength(SegmentedImage image) {
        return values.getOrDefault(image.item().path(), Double.NaN);
    }

    @Override
    public boolean fits(Question question, SegmentedImage image) {
        return image.divisible()
                && switch (question) {
                    case ATTRACTS, RESCUES -> !carries(image);
                    case NEEDS, REPAIRS -> carries(image);
                };
    }

    /**
     * The object at the size that a fifth of the class's carriers reach, or taken off at the median of the others; against itself at its own size,
     * resampled as much.
     */
    @Override
    public Trial.Maker contrasts(Question question, Randomness randomness) {
        boolean puts = question == Question.ATTRACTS || question == Question.RESCUES;
        double target = kind.area(puts ? association.strong() : association.others());
        AtomicInteger turn = new AtomicInteger();
        return image -> {
            int number = turn.getAndIncrement();
            double factor = Math.sqrt(target / image.mask().area());
            factor = Math.max(SMALLEST, Math.min(LARGEST, factor));
            Composite scaled = new Rescaled(image, factor, 1);
            Composite kept = new Rescaled(image, factor, 1 / factor);
            return puts ? Contrast.ofOne(image, scaled, kept, number) : Contrast.ofOne(image, kept, scaled, number);
        };
    }

    @Override
    public Optional<Trial.Maker> ofFrames(Randomness randomness) {
        return Optional.of(contrasts(Question.ATTRACTS, randomness));
    }
}
