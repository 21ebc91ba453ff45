package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShortcutWordsTest {
    private static final PairedEffect ATTRACTS = effect(0.23, 0, 190, 1e-6);
    private static final PairedEffect NEEDS = effect(0.95, 0.3, 40, 1e-4);
    private static final PairedEffect REPAIRS = effect(0, 8.0 / 11, 11, 0.008);

    private static PairedEffect effect(double with, double without, int n, double q) {
        return new PairedEffect(
                with, without, new Figure(Math.abs(with - without), 0.1, 0.5, n), q, q, n, 1, 12, 30, false);
    }

    private static Shortcut shortcut(
            Reason reason,
            String detail,
            @Nullable PairedEffect attracts,
            @Nullable PairedEffect needs,
            @Nullable PairedEffect repairs,
            @Nullable PairedEffect rescues,
            @Nullable NaturalWitness natural) {
        return new Shortcut(
                "marigold",
                reason,
                detail,
                Grade.PROVEN,
                null,
                0.8,
                0.2,
                0.1,
                1e-9,
                1e-8,
                12,
                30,
                true,
                attracts,
                needs,
                repairs,
                rescues,
                natural,
                List.of());
    }

    private static String proven(Reason reason, String detail) {
        boolean made = reason == Reason.BLUR || reason == Reason.COMPRESSION;
        return ShortcutWords.text(
                shortcut(
                        reason,
                        detail,
                        ATTRACTS,
                        NEEDS,
                        made ? null : REPAIRS,
                        made ? effect(6.0 / 9, 1.0 / 9, 9, 0.02) : null,
                        null),
                true);
    }

    @Test
    void everyReasonIsSaidWithHowItWasProven() {
        Map<Reason, String> said = new EnumMap<>(Reason.class);
        said.put(Reason.BACKGROUND, proven(Reason.BACKGROUND, "their background"));
        said.put(Reason.PATCH, proven(Reason.PATCH, "a patch in the upper left"));
        said.put(Reason.OBJECT, proven(Reason.OBJECT, "an object beside the flower"));
        said.put(Reason.COLOUR, proven(Reason.COLOUR, "a warm colour cast"));
        said.put(Reason.BLUR, proven(Reason.BLUR, "blur"));
        said.put(Reason.COMPRESSION, proven(Reason.COMPRESSION, "strong compression"));
        said.put(Reason.SIZE, proven(Reason.SIZE, "how small the object is"));
        String[] expected = {
            "Images are called marigold because of their background: put behind objects of other classes, it turns 23 % of"
                    + " them into marigold, another background 0 %; in front of other backgrounds, 8 of 11 errors become"
                    + " right, in front of their own kind 0. marigold itself is missed in 70 % of cases in front of other"
                    + " backgrounds, in front of their own kind in 5 %. Each object is pasted both times and only the"
                    + " background differs, so the edges of the paste cannot be the cause.",
            "Images are called marigold because of a patch in the upper left: pasted into images of other classes, it turns"
                    + " 23 % of them into marigold, a patch from elsewhere 0 %; with it painted over, 8 of 11 errors become"
                    + " right, with as much painted over elsewhere 0. marigold itself is missed in 70 % of cases with it"
                    + " painted over, with as much painted over elsewhere in 5 %. Something is pasted in at the same place"
                    + " both times and only what differs, so the edges of the paste cannot be the cause.",
            "Images are called marigold because of an object beside the flower: pasted into images of other classes, it"
                    + " turns 23 % of them into marigold, a piece of another image 0 %; with it painted over, 8 of 11 errors"
                    + " become right, with as much painted over elsewhere 0. marigold itself is missed in 70 % of cases with"
                    + " it painted over, with as much painted over elsewhere in 5 %. Something is pasted in at the same"
                    + " place both times and only what differs, so the edges of the paste cannot be the cause.",
            "Images are called marigold because of a warm colour cast: put on images of other classes, it turns 23 % of"
                    + " them into marigold, another alteration that costs as much confidence 0 %; with it taken off, 8 of 11"
                    + " errors become right, altered otherwise 0. marigold itself is missed in 70 % of cases with it taken"
                    + " off, altered otherwise in 5 %. The other alteration costs the network as much confidence, so that an"
                    + " image is merely spoilt cannot be the cause.",
            "Images are called marigold because of blur: put on images of other classes, it turns 23 % of them into"
                    + " marigold, another alteration that costs as much confidence 0 %. marigold itself is missed in 70 % of"
                    + " cases with it taken off, altered otherwise in 5 %. Of 9 images of its own that are missed, 6 become"
                    + " right blurred like its images, 1 altered otherwise, at the same cost in confidence. The other alteration"
                    + " costs the network as much confidence, so that an image is merely spoilt cannot be the cause.",
            "Images are called marigold because of strong compression: put on images of other classes, it turns 23 % of"
                    + " them into marigold, another alteration that costs as much confidence 0 %. marigold itself is missed"
                    + " in 70 % of cases with it taken off, altered otherwise in 5 %. Of 9 images of its own that are"
                    + " missed, 6 become right made as compressed or noisy as its images, 1 altered otherwise, at the same cost in confidence. The"
                    + " other alteration costs the network as much confidence, so that an image is merely spoilt cannot be"
                    + " the cause.",
            "Images are called marigold because of how small the object is: given to objects of other classes, it turns"
                    + " 23 % of them into marigold, an edit that leaves their size 0 %; with the object scaled to the usual"
                    + " size of others, 8 of 11 errors become right, with an edit that leaves its size 0. marigold itself is"
                    + " missed in 70 % of cases with the object scaled to the usual size of others, with an edit that leaves"
                    + " its size in 5 %. Each image is edited both times and only once in its size, so what both edits"
                    + " do cannot be the cause. Where masks are estimated or missing, the whole image is taken nearer or"
                    + " farther; what a farther one leaves free at its borders is filled with its mirror image.",
        };
        for (Reason reason : Reason.values()) {
            assertEquals(expected[reason.ordinal()], said.get(reason));
        }
    }

    @Test
    void whatIsOnlySuspectedIsSaidToBe() {
        String said = ShortcutWords.text(
                shortcut(
                        Reason.PATCH,
                        "a patch in the upper left",
                        ATTRACTS,
                        effect(0.9, 0.85, 40, 0.4),
                        effect(0, 0.2, 10, 0.3),
                        null,
                        null),
                false);
        assertEquals(
                "It is suspected, not proven, that images are called marigold because of a patch in the upper left: pasted"
                        + " into images of other classes, it turns 23 % of them into marigold, a patch from elsewhere 0 %."
                        + " marigold itself is missed in 15 % of cases with it painted over, with as much painted over"
                        + " elsewhere in 10 %, which may be chance.",
                said, "repairs that may be chance are no evidence");
    }

    @Test
    void whereNothingCouldBePutOnImagesAsTheyAreSpeak() {
        NaturalWitness natural = new NaturalWitness(12, 34, 0, 164, 1e-6, 1e-6);
        assertEquals(
                "It is suspected, not proven, that images are called marigold because of their background. Images of other"
                        + " classes as they are: of 34 in front of such backgrounds, 12 are called marigold; of 164 others,"
                        + " 0.",
                ShortcutWords.text(
                        shortcut(Reason.BACKGROUND, "their background", null, null, null, null, natural), false));
        assertTrue(ShortcutWords.text(
                        shortcut(Reason.SIZE, "how small the object is", null, null, null, null, natural), false)
                .contains("of 34 of that size, 12 are"));
    }
}
