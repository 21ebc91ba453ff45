package org.gazecheck.report;

import org.gazecheck.image.Mask;

/** Where the report takes masks of the objects from. It may be asked from several threads. */
public interface MaskSource {
    /** A run without masks. */
    MaskSource NONE = none("the data have none, and none were estimated");

    /** Where masks come from. */
    enum Origin {
        GIVEN,
        ESTIMATED,
        /** Given for some images and estimated for the others. */
        BOTH,
        NONE
    }

    Origin origin();

    /** Why there are none at all; empty where there are some. */
    String missing();

    /**
     * The mask of one prediction.
     *
     * @param row of {@link ReportInput#predictions()}, from 0
     */
    Sight mask(int row);

    /** What is known of one image. */
    sealed interface Sight {}

    /** @param mask framed as the image is, so that both lie on each other */
    record Seen(Mask mask) implements Sight {}

    /** @param why in a few words */
    record Unseen(String why) implements Sight {}

    /** No mask of any image. */
    static MaskSource none(String why) {
        return new MaskSource() {
            @Override
            public Origin origin() {
                return Origin.NONE;
            }

            @Override
            public String missing() {
                return why;
            }

            @Override
            public Sight mask(int row) {
                return new Unseen(why);
            }
        };
    }
}
