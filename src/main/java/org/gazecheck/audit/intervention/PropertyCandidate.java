package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Reason;
import org.gazecheck.stats.Randomness;

/**
 * A property of whole images that a class has more of than others do in train and val.
 *
 * @param values of it, by path, of all images
 * @param others images of other classes in train that do not carry it, by which it is decided how strongly it is put on
 * @param edits empty as long as that is not decided
 */
record PropertyCandidate(
        Property property,
        PropertyAssociation association,
        Map<String, Double> values,
        List<SegmentedImage> others,
        Originals originals,
        Optional<Edits> edits)
        implements MadeCandidate {
    PropertyCandidate {
        others = List.copyOf(others);
    }

    @Override
    public int label() {
        return association.label();
    }

    @Override
    public Reason reason() {
        return property.reason();
    }

    @Override
    public String detail() {
        return property.detail();
    }

    @Override
    public Prevalence prevalence() {
        return association.prevalence();
    }

    @Override
    public boolean common() {
        return property.common();
    }

    @Override
    public boolean triable() {
        return others.size() >= Trial.FEWEST;
    }

    /** Nothing of it is taken from an image. What would have to spare objects proves nothing where these are not known. */
    @Override
    public boolean sufficient() {
        return !property.sparesObjects() || objectsAreKnown();
    }

    /**
     * A colour that is put on around objects is also that of what a class's objects cast on what is near them, and of objects that the
     * mask leaves out.
     */
    @Override
    public boolean provesAlone() {
        return !property.sparesObjects();
    }

    private boolean objectsAreKnown() {
        return others.stream().filter(SegmentedImage::divisible).count() >= Trial.FEWEST;
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
        if (Double.isNaN(strength(image)) || property.sparesObjects() && objectsAreKnown() && !image.divisible()) {
            return false;
        }
        return switch (question) {
            case ATTRACTS, RESCUES -> !carries(image);
            case NEEDS, REPAIRS -> property.removable() && carries(image);
        };
    }

    @Override
    public Candidate calibrated(Scores scores, Progress progress) throws IOException {
        return new PropertyCandidate(
                property,
                association,
                values,
                others,
                originals,
                Optional.of(Edits.of(property, association.strong(), others, originals, scores, progress)));
    }

    /**
     * Put on against an alteration of another kind, the kinds in turn; or taken off against one. Nothing is taken from other images,
     * so that each contrast stands by itself.
     */
    @Override
    public Trial.Maker contrasts(Question question, Randomness randomness) {
        Edits of = edits.orElseThrow();
        boolean puts = question == Question.ATTRACTS || question == Question.RESCUES;
        AtomicInteger turn = new AtomicInteger();
        return image -> {
            int number = turn.getAndIncrement();
            List<Property.Step> kinds = puts ? of.controls() : of.kept();
            Property.Step control = kinds.get(number % kinds.size());
            Composite edited =
                    property.altered(image, puts ? of.put() : of.removed().orElseThrow(), originals);
            Composite otherwise = property.altered(image, control, originals);
            return puts
                    ? Contrast.ofOne(image, edited, otherwise, number)
                    : Contrast.ofOne(image, otherwise, edited, number);
        };
    }

    /** Both images are altered, at the size at which the network sees them. */
    @Override
    public Optional<Trial.Maker> under(Candidate other, Randomness randomness) {
        Trial.Maker maker = other.contrasts(Question.ATTRACTS, randomness);
        return edits.map(of -> image -> {
            Contrast contrast = maker.of(image);
            return contrast.with(
                    property.altered(image, contrast.with(), of.put()),
                    property.altered(image, contrast.without(), of.put()));
        });
    }

    @Override
    public Optional<Trial.Maker> ofFrames(Randomness randomness) {
        AtomicInteger turn = new AtomicInteger();
        return edits.map(of -> image -> {
            int number = turn.getAndIncrement();
            Property.Step control = of.controls().get(number % of.controls().size());
            return Contrast.ofOne(
                    image, property.alteredFrame(image, of.put()), property.alteredFrame(image, control), number);
        });
    }
}
