package org.gazecheck.audit.intervention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.results.Reason;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * A mark outside the objects that goes with a class in training: a tag or stamp at one place, something beside the object at
 * changing ones.
 *
 * @param carriers images that show it, by path
 * @param showing donors, whose windows show it
 * @param clean images of other classes that carry no candidate of any class
 * @param donorsOfOthers whether donors are of other classes; else of the class itself too, where too few others carry it
 * @param ofObject whether it looks like a part of the class's own objects that their masks leave out
 * @param crops that show what it is
 */
record PatchCandidate(
        Mark mark,
        Map<String, Mark.Sight> carriers,
        List<SegmentedImage> showing,
        List<SegmentedImage> clean,
        boolean donorsOfOthers,
        boolean ofObject,
        List<Crop> crops)
        implements Candidate {
    static final int DONORS = 8;
    private static final int CONTROLS = 20;

    PatchCandidate {
        carriers = Map.copyOf(carriers);
        showing = List.copyOf(showing);
        clean = List.copyOf(clean);
        crops = List.copyOf(crops);
    }

    @Override
    public int label() {
        return mark.label();
    }

    @Override
    public Reason reason() {
        return mark.reason();
    }

    @Override
    public String detail() {
        return mark.detail();
    }

    @Override
    public Prevalence prevalence() {
        return mark.prevalence();
    }

    @Override
    public Optional<String> unfit() {
        if (ofObject) {
            return Optional.of("it looks like a part of the class's own objects");
        }
        return mark.isBackground()
                ? Optional.of("it covers so much that it is a part of the background")
                : Optional.empty();
    }

    @Override
    public int donors() {
        return showing.size();
    }

    @Override
    public int controls() {
        return clean.size();
    }

    @Override
    public boolean sufficient() {
        return showing.size() >= DONORS && clean.size() >= CONTROLS;
    }

    @Override
    public boolean triable() {
        return showing.size() >= Trial.FEWEST && clean.size() >= Trial.FEWEST;
    }

    /** What is painted over is taken from nowhere. */
    @Override
    public boolean triable(Question question) {
        return question != Question.ATTRACTS || triable();
    }

    @Override
    public boolean carries(SegmentedImage image) {
        return carriers.containsKey(image.item().path());
    }

    @Override
    public double strength(SegmentedImage image) {
        Mark.Sight sight = carriers.get(image.item().path());
        return sight == null ? 0 : sight.likeness();
    }

    /** It is put on images that do not show it, and taken off those that do. */
    @Override
    public boolean fits(Question question, SegmentedImage image) {
        return switch (question) {
            case ATTRACTS -> !carries(image);
            case NEEDS, REPAIRS -> carries(image);
            case RESCUES -> false;
        };
    }

    /** Put on: a window that shows it, against one of a clean image. Taken off: painted over, against as much painted over elsewhere. */
    @Override
    public Trial.Maker contrasts(Question question, Randomness randomness) {
        String about = question + " mark " + label() + " " + mark.place();
        if (question != Question.ATTRACTS) {
            return object -> takenOff(object, random(object, about, randomness));
        }
        Dealer tied = new Dealer(showing, randomness, Purpose.SHORTCUT_DONORS.about(about));
        Dealer free = new Dealer(clean, randomness, Purpose.SHORTCUT_CONTROLS.about(about));
        return object -> putOn(object, tied.another(object), free.another(object), random(object, about, randomness));
    }

    private Contrast putOn(
            SegmentedImage object, SegmentedImage donor, SegmentedImage control, SplittableRandom random) {
        Window window = window(donor);
        Window to = mark.fixed() ? window : window.moved(object, random);
        Window from = mark.fixed() ? window : window.moved(control, random);
        return new Contrast(
                object,
                new Patched(object, donor, window, to),
                new Patched(object, control, from, to),
                donor.item().path(),
                control.item().path());
    }

    private Contrast takenOff(SegmentedImage object, SplittableRandom random) {
        Window window = window(object);
        return new Contrast(
                object,
                new PaintedOver(object, window.elsewhere(object, random)),
                new PaintedOver(object, window),
                object.item().path(),
                object.item().path());
    }

    /** As in {@link #contrasts}. */
    @Override
    public Optional<Editor> editor(Edit edit, Donors donors, Randomness randomness) {
        String about = edit.text() + " mark " + label() + " " + mark.place();
        if (edit == Edit.TAKEN_OFF) {
            return Optional.of(object -> new Editor.Edited(
                    new PaintedOver(object, window(object)), object.item().path()));
        }
        List<SegmentedImage> of = donors.showing(label(), this::shows);
        if (of.isEmpty()) {
            return Optional.empty();
        }
        Dealer dealer = new Dealer(of, randomness, Purpose.SHORTCUT_DONORS.about(about));
        return Optional.of(object -> {
            SegmentedImage donor = dealer.another(object);
            Window window = window(donor);
            Window to = mark.fixed() ? window : window.moved(object, random(object, about, randomness));
            return new Editor.Edited(
                    new Patched(object, donor, window, to), donor.item().path());
        });
    }

    /** Outside the object, which for the class's own has to be known. */
    private boolean shows(SegmentedImage image) {
        return carries(image)
                && (image.label() != label() || image.divisible())
                && window(image).isOutside(image);
    }

    /** With what is around it, of which nothing may be left. */
    @Override
    public Optional<SegmentedImage> takenOff(SegmentedImage image) {
        return Optional.ofNullable(carriers.get(image.item().path()))
                .map(sight -> sight.window().withSurroundings(image.frame().width()))
                .map(window -> new PaintedOver(image, window))
                .map(painted -> image.as(painted.key(), painted.image()));
    }

    /** Of donors that have room for another window of its size beside it, outside the object. */
    @Override
    public Optional<Trial.Maker> besides(Randomness randomness) {
        String about = "beside mark " + label() + " " + mark.place();
        Map<SegmentedImage, Window> beside = new LinkedHashMap<>();
        for (SegmentedImage donor : showing) {
            Window elsewhere = window(donor).elsewhere(donor, random(donor, about, randomness));
            if (elsewhere.isOutside(donor) && !elsewhere.overlaps(window(donor))) {
                beside.put(donor, elsewhere);
            }
        }
        if (beside.size() < Trial.FEWEST) {
            return Optional.empty();
        }
        Dealer dealer = new Dealer(List.copyOf(beside.keySet()), randomness, Purpose.SHORTCUT_DONORS.about(about));
        return Optional.of(object -> {
            SegmentedImage donor = dealer.another(object);
            Window window = window(donor);
            Window to = mark.fixed() ? window : window.moved(object, random(object, about, randomness));
            return new Contrast(
                    object,
                    new Patched(object, donor, window, to),
                    new Patched(object, donor, Objects.requireNonNull(beside.get(donor)), to),
                    donor.item().path(),
                    donor.item().path() + " beside " + object.item().path());
        });
    }

    @Override
    public Optional<Trial.Maker> ofFrames(Randomness randomness) {
        return Optional.of(contrasts(Question.ATTRACTS, randomness));
    }

    /** Both images show it, at the same place. */
    @Override
    public Optional<Trial.Maker> under(Candidate other, Randomness randomness) {
        String about = "under " + label() + " " + mark.place();
        Trial.Maker maker = other.contrasts(Question.ATTRACTS, randomness);
        Dealer tied = new Dealer(showing, randomness, Purpose.SHORTCUT_DONORS.about(about));
        return Optional.of(object -> {
            SegmentedImage donor = tied.another(object);
            Window window = window(donor);
            Window to = mark.fixed() ? window : window.moved(object, random(object, about, randomness));
            Contrast contrast = maker.of(object);
            return contrast.with(
                    new Patched(contrast.with(), donor, window, to),
                    new Patched(contrast.without(), donor, window, to));
        });
    }

    private Window window(SegmentedImage carrier) {
        return Objects.requireNonNull(carriers.get(carrier.item().path())).window();
    }

    private static SplittableRandom random(SegmentedImage object, String about, Randomness randomness) {
        return randomness.of(
                Purpose.MARK_PLACES.about(about),
                0,
                object.item().path(),
                object.item().sha256());
    }
}
