package org.gazecheck.audit.intervention;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.results.Reason;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * The scenes that a class goes with in training.
 *
 * @param carriers paths of images in these scenes, with how far their backgrounds alone speak for the class
 * @param usual backgrounds of these scenes
 * @param others backgrounds of images of other classes in other scenes
 * @param donorsOfOthers whether the usual ones come from images of other classes; else of the class itself too, where too few others
 *     stand in the scenes and given masks cut its objects out
 */
record BackgroundCandidate(
        SceneAssociation association,
        Map<String, Double> carriers,
        List<SegmentedImage> usual,
        List<SegmentedImage> others,
        boolean donorsOfOthers)
        implements Candidate {
    static final int DONORS = 8;
    static final int CONTROLS = 20;

    BackgroundCandidate {
        carriers = Map.copyOf(carriers);
        usual = List.copyOf(usual);
        others = List.copyOf(others);
    }

    @Override
    public int label() {
        return association.label();
    }

    @Override
    public Reason reason() {
        return Reason.BACKGROUND;
    }

    @Override
    public String detail() {
        return "their background";
    }

    @Override
    public Prevalence prevalence() {
        return new Prevalence(
                association.share(), association.expected(), association.others(), association.p(), association.q());
    }

    @Override
    public int donors() {
        return usual.size();
    }

    @Override
    public int controls() {
        return others.size();
    }

    @Override
    public boolean sufficient() {
        return usual.size() >= DONORS && others.size() >= CONTROLS;
    }

    @Override
    public boolean triable() {
        return usual.size() >= Trial.FEWEST && others.size() >= Trial.FEWEST;
    }

    @Override
    public boolean carries(SegmentedImage image) {
        return carriers.containsKey(image.item().path());
    }

    @Override
    public double strength(SegmentedImage image) {
        return carriers.getOrDefault(image.item().path(), 0.0);
    }

    /** Wherever the object can be cut out, since the whole background is replaced. */
    @Override
    public boolean fits(Question question, SegmentedImage image) {
        return image.divisible()
                && switch (question) {
                    case ATTRACTS, NEEDS -> true;
                    case REPAIRS -> carries(image);
                    case RESCUES -> false;
                };
    }

    /** The object in front of a background of the scenes, and in front of one of others. */
    @Override
    public Trial.Maker contrasts(Question question, Randomness randomness) {
        return contrasts(usual, question + " " + label(), randomness);
    }

    /** In front of those backgrounds of the scenes that carry the other, if most do: the background of an image with a patch holds it. */
    @Override
    public Optional<Trial.Maker> without(Candidate other, Randomness randomness) {
        List<SegmentedImage> cleared =
                usual.stream().flatMap(image -> other.takenOff(image).stream()).toList();
        return cleared.size() >= Trial.FEWEST && 2 * cleared.size() > usual.size()
                ? Optional.of(contrasts(cleared, Question.ATTRACTS + " cleared " + label(), randomness))
                : Optional.empty();
    }

    private Trial.Maker contrasts(List<SegmentedImage> usual, String about, Randomness randomness) {
        Dealer tied = new Dealer(usual, randomness, Purpose.SHORTCUT_DONORS.about(about));
        Dealer free = new Dealer(others, randomness, Purpose.SHORTCUT_CONTROLS.about(about));
        return object -> {
            SegmentedImage donor = tied.another(object);
            SegmentedImage control = free.another(object);
            return new Contrast(
                    object,
                    new Composite.Pasted(object, donor),
                    new Composite.Pasted(object, control),
                    donor.item().path(),
                    control.item().path());
        };
    }

    /** Taken off, an object stands in front of a background that goes with no class. */
    @Override
    public Optional<Editor> editor(Edit edit, Donors donors, Randomness randomness) {
        List<SegmentedImage> of = edit == Edit.PUT_ON
                ? donors.showing(label(), image -> image.divisible() && carries(image))
                : donors.showing(label(), image -> image.divisible() && isFree(image));
        if (of.isEmpty()) {
            return Optional.empty();
        }
        Dealer dealer = new Dealer(of, randomness, Purpose.SHORTCUT_DONORS.about(edit.text() + " " + label()));
        return Optional.of(object -> {
            SegmentedImage donor = dealer.another(object);
            return new Editor.Edited(
                    new Composite.Pasted(object, donor), donor.item().path());
        });
    }

    private boolean isFree(SegmentedImage image) {
        return others.stream()
                .anyMatch(other -> other.item().path().equals(image.item().path()));
    }

    /** What is put on a frame is put on objects in front of backgrounds of the scenes. */
    @Override
    public Optional<Trial.Maker> under(Candidate other, Randomness randomness) {
        Dealer tied = new Dealer(usual, randomness, Purpose.SHORTCUT_DONORS.about("under " + label()));
        return other.ofFrames(randomness)
                .map(maker -> object -> maker.of(new Composite.Pasted(object, tied.another(object)).segmented()));
    }
}
