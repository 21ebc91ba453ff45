package org.gazecheck.audit.intervention;

import java.util.Optional;
import org.gazecheck.stats.Randomness;

/** A candidate that is made on an image and not taken from another one, so that there are neither donors nor controls. */
interface MadeCandidate extends Candidate {
    @Override
    default int donors() {
        return 0;
    }

    @Override
    default int controls() {
        return 0;
    }

    @Override
    default boolean donorsOfOthers() {
        return true;
    }

    @Override
    default boolean sufficient() {
        return true;
    }

    @Override
    default Optional<Editor> editor(Edit edit, Donors donors, Randomness randomness) {
        Trial.Maker maker = contrasts(edit.question(), randomness);
        return Optional.of(image -> {
            Contrast contrast = maker.of(image);
            return new Editor.Edited(
                    edit == Edit.PUT_ON ? contrast.with() : contrast.without(),
                    image.item().path());
        });
    }
}
