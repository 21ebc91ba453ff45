package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Mitigation.ChangedEffect;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

/** Mallow stands before backgrounds of its own kind in train, and the network goes by them. */
class ShortcutImagesTest {
    private static final int MALLOW = 1;
    private static final DrawnScenes SCENES =
            new DrawnScenes(List.of(MALLOW), 20, 10, List.of(MALLOW, 0, MALLOW, 2, MALLOW, 3, MALLOW, 4));
    private static final DrawnScenes.Formula BY_BACKGROUND =
            (object, kind, composite) -> kind == MALLOW ? MALLOW : object == MALLOW ? 0 : Math.max(0, object);
    private static final DrawnScenes.Formula BY_OBJECT = (object, kind, composite) -> Math.max(0, object);

    @Test
    void nothingOfValOrTestIsTrainedOnAndNothingOfThemIsPutOnAnything() throws Exception {
        try (ShortcutImages images = mallow()) {
            List<EditedImage> train = images.ofTrain(4);
            List<EditedImage> val = images.ofVal();
            Set<String> held = new HashSet<>(SCENES.held(MALLOW, true));
            held.addAll(SCENES.held(MALLOW, false));
            assertEquals(4 * 5 * 30, train.size());
            assertFalse(val.isEmpty());
            for (EditedImage edited : train) {
                assertEquals(Split.TRAIN, edited.item().split());
                assertFalse(held.contains(edited.donor()), edited.donor());
            }
            for (EditedImage edited : val) {
                assertEquals(Split.VAL, edited.item().split());
                assertFalse(held.contains(edited.donor()), edited.donor());
            }
        }
    }

    @Test
    void putOnItStandsBeforeTheClassesBackgroundTakenOffBeforeAnotherAndTheObjectStays() throws Exception {
        try (ShortcutImages images = mallow()) {
            for (EditedImage edited : images.ofTrain(2)) {
                int kind = SCENES.kind(edited.composite());
                assertEquals(edited.item().label(), SCENES.object(edited.composite()));
                assertEquals(edited.edit() == Edit.PUT_ON, kind == MALLOW, edited.key());
                assertNotEquals(edited.item().path(), edited.donor());
            }
        }
    }

    @Test
    void everyClassIsEditedInBothWaysAlikeAndFewerRoundsComeFirst() throws Exception {
        try (ShortcutImages images = mallow()) {
            List<EditedImage> four = images.ofTrain(4);
            List<EditedImage> two = images.ofTrain(2);
            Map<String, Integer> counts = new HashMap<>();
            two.forEach(edited -> counts.merge(edited.item().label() + " " + edited.edit(), 1, Integer::sum));
            assertEquals(Set.of(30), new HashSet<>(counts.values()));
            assertEquals(
                    two.stream().map(EditedImage::key).toList(),
                    four.subList(0, two.size()).stream().map(EditedImage::key).toList());
        }
    }

    @Test
    void whatIsNotFoundAgainIsSaid() throws Exception {
        Shortcut found = found().get(0);
        Shortcut other = new Shortcut(
                "rose",
                found.reason(),
                found.detail(),
                found.grade(),
                null,
                1,
                0,
                0,
                0,
                0,
                9,
                9,
                true,
                null,
                null,
                null,
                null,
                null,
                List.of());
        GazecheckException e =
                assertThrows(GazecheckException.class, () -> SCENES.shortcuts(1, BY_BACKGROUND, List.of(other)));
        assertTrue(e.getMessage().contains("rose (their background) is not found again"), e.getMessage());
    }

    @Test
    void whatBecameOfAnEffectIsPairedByContrast() throws Exception {
        try (ShortcutImages images = mallow()) {
            ChangedEffect gone =
                    images.change(0, Edit.PUT_ON, SCENES.scores(BY_OBJECT)).orElseThrow();
            assertEquals(1, gone.before().difference().value());
            assertEquals(0, gone.after().difference().value());
            assertEquals(-1, gone.change().value());
            assertTrue(gone.p() < 1e-6, gone.toString());
            ChangedEffect same = images.change(0, Edit.TAKEN_OFF, SCENES.scores(BY_BACKGROUND))
                    .orElseThrow();
            assertEquals(same.before(), same.after());
            assertEquals(1, same.p());
        }
    }

    private static ShortcutImages mallow() throws Exception {
        return SCENES.shortcuts(1, BY_BACKGROUND, found());
    }

    private static List<Shortcut> found() throws Exception {
        return SCENES.audit(1, BY_BACKGROUND).interventions().shortcuts().stream()
                .filter(shortcut -> shortcut.grade() != null)
                .toList();
    }
}
