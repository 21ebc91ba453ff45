package org.gazecheck.audit.intervention;

import java.util.List;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * The scenes that a class goes with in training.
 *
 * @param donors images in these scenes
 * @param controls images of other classes in other scenes
 * @param donorsOfOthers whether donors show other classes; else the class itself, where no others stand in the scenes and given
 *     masks cut its objects out
 */
record BackgroundCandidate(
        SceneAssociation association,
        List<SegmentedImage> donors,
        List<SegmentedImage> controls,
        boolean donorsOfOthers) {
    private static final int DONORS = 8;
    private static final int CONTROLS = 20;

    BackgroundCandidate {
        donors = List.copyOf(donors);
        controls = List.copyOf(controls);
    }

    int label() {
        return association.label();
    }

    /** Whether there are so many that a few odd ones cannot make a proof. */
    boolean sufficient() {
        return donors.size() >= DONORS && controls.size() >= CONTROLS;
    }

    /** Whether there are enough to try it at all. */
    boolean triable() {
        return donors.size() >= Trial.FEWEST && controls.size() >= Trial.FEWEST;
    }

    /** The object in front of a background of the scenes, and in front of one of others; both dealt evenly. */
    Trial.Maker contrasts(Question question, Randomness randomness) {
        String about = question + " " + label();
        Dealer usual = new Dealer(donors, randomness, Purpose.SHORTCUT_DONORS.about(about));
        Dealer others = new Dealer(controls, randomness, Purpose.SHORTCUT_CONTROLS.about(about));
        return object -> {
            SegmentedImage donor = usual.another(object);
            SegmentedImage control = others.another(object);
            return new Contrast(
                    object,
                    new Composite.Pasted(object, donor),
                    new Composite.Pasted(object, control),
                    donor.item().path(),
                    control.item().path());
        };
    }
}
