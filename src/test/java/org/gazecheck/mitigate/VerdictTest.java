package org.gazecheck.mitigate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Mitigation.Change;
import org.gazecheck.results.Mitigation.ChangedEffect;
import org.gazecheck.results.Mitigation.GroupsChange;
import org.gazecheck.results.Mitigation.ShortcutChange;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Split;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void whatIsMendedAndCostsNothingIsRecommended() {
        Verdict verdict = of(change(5, 40), List.of(change(0, 10)), List.of(shortcut(0.5, 0.02)));
        assertTrue(verdict.recommended());
        assertEquals(1, verdict.reasons().size());
    }

    @Test
    void anEffectOfEightPointsIsLeft() {
        Verdict verdict = of(change(0, 40), List.of(), List.of(shortcut(0.5, 0.02), shortcut(0.5, 0.08)));
        assertFalse(verdict.recommended());
        assertEquals(
                List.of(
                        "rose by their background still has an effect of 8.0 points (before: 50.0); below 8 it would not"
                                + " count."),
                verdict.reasons());
    }

    @Test
    void aMitigationThatHurtsAllIsNotRecommended() {
        Verdict verdict = of(change(20, 4), List.of(), List.of(shortcut(0.5, 0)));
        assertFalse(verdict.recommended());
        assertEquals(List.of("Accuracy fell from 80.0 to 72.0 % (p 0.0015)."), verdict.reasons());
    }

    @Test
    void aMitigationThatHurtsOneClassIsNotRecommended() {
        Verdict verdict = of(change(10, 40), List.of(change(0, 20), change(12, 0)), List.of(shortcut(0.5, 0)));
        assertFalse(verdict.recommended());
        assertTrue(verdict.reasons().get(0).startsWith("Accuracy of images fell from"), verdict.toString());
    }

    @Test
    void aFallThatChanceWouldMakeOrThatIsSmallIsBorne() {
        assertTrue(of(change(9, 4), List.of(change(3, 0)), List.of(shortcut(0.5, 0)))
                .recommended());
    }

    @Test
    void whatCouldNotBeTriedAgainIsNotMended() {
        assertFalse(of(
                        change(0, 40),
                        List.of(),
                        List.of(new ShortcutChange("rose", Reason.BACKGROUND, "their background", null, null)))
                .recommended());
    }

    @Test
    void whereAnEffectIsLeftItIsSaidWhatMayHelp() {
        Verdict left = Verdict.of(change(0, 40), List.of(), List.of(shortcut(0.5, 0.4)), Optional.of("Do more."));
        assertEquals("Do more.", left.reasons().get(1));
        Verdict fell = Verdict.of(change(20, 4), List.of(), List.of(shortcut(0.5, 0)), Optional.of("Do more."));
        assertEquals(1, fell.reasons().size());
    }

    @Test
    void groupsOfWhichTheWorstGotBetterAreRecommended() {
        Verdict verdict = ofGroups(change(0, 40), List.of(change(3, 0)), groups(change(0, 30), change(0, 30)));
        assertTrue(verdict.recommended());
        assertTrue(
                verdict.reasons().get(0).startsWith("The worst group rose from 80.0 (images) to 95.0 % (images), and"),
                verdict.toString());
    }

    @Test
    void groupsOfWhichTheWorstDidNotGetBetterAreNot() {
        Verdict same = ofGroups(change(0, 40), List.of(), groups(change(0, 30), change(10, 10)));
        assertEquals(
                List.of("The worst group did not get better: it went from 80.0 (images) to 80.0 % (images)."),
                same.reasons());
        assertFalse(same.recommended());
        Verdict chance = ofGroups(change(0, 40), List.of(), groups(change(3, 8), change(3, 8)));
        assertTrue(chance.reasons().get(0).contains("which may be chance (p 0.23"), chance.toString());
        assertFalse(chance.recommended());
    }

    @Test
    void groupsThatCostAccuracyOrAreUnknownAreNotRecommended() {
        GroupsChange better = groups(change(0, 30), change(0, 30));
        assertFalse(ofGroups(change(20, 4), List.of(), better).recommended());
        assertFalse(ofGroups(change(0, 40), List.of(change(20, 4)), better).recommended());
        Verdict unknown = ofGroups(change(0, 40), List.of(), null);
        assertTrue(unknown.reasons().get(0).startsWith("No image of test has a group"), unknown.toString());
        assertFalse(unknown.recommended());
    }

    private static Verdict ofGroups(Change accuracy, List<Change> classes, @Nullable GroupsChange groups) {
        return Verdict.ofGroups(accuracy, classes, Optional.ofNullable(groups), Split.TEST);
    }

    private static GroupsChange groups(Change before, Change after) {
        return new GroupsChange(List.of(before, after), before, after, 0);
    }

    @Test
    void theWorstGroupIsFoundBeforeAndAfter() {
        PairedPredictions paired = PairedPredictions.of(
                List.of(prediction(0, true), prediction(1, false), prediction(2, true), prediction(3, true)),
                List.of(prediction(0, false), prediction(1, true), prediction(2, true), prediction(3, true)));
        GroupsChange change = GroupAccount.of(
                        paired,
                        new ImageGroups(Map.of("0.png", "land", "1.png", "water", "2.png", "sand")),
                        List.of("rose", "lily"))
                .orElseThrow();
        assertEquals(
                List.of("rose in land", "rose in sand", "rose in water"),
                change.cells().stream().map(Change::name).toList());
        assertEquals("rose in water", change.worstBefore().name());
        assertEquals("rose in land", change.worstAfter().name());
        assertEquals(1, change.unnamed());
        assertEquals(
                Optional.empty(), GroupAccount.of(paired, new ImageGroups(Map.of("9.png", "land")), List.of("rose")));
    }

    private static Verdict of(Change accuracy, List<Change> classes, List<ShortcutChange> shortcuts) {
        return Verdict.of(accuracy, classes, shortcuts, Optional.empty());
    }

    /** 200 images, 160 of them right before. */
    private static Change change(int lost, int won) {
        List<Prediction> before = new ArrayList<>();
        List<Prediction> after = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean right = i < 160;
            before.add(prediction(i, right));
            after.add(prediction(i, right ? i >= lost : i - 160 < won));
        }
        return PairedPredictions.of(before, after).change("images", p -> true);
    }

    private static Prediction prediction(int i, boolean right) {
        return new Prediction(
                i + ".png", "" + i, Split.TEST, "rose", right ? "rose" : "lily", 0.5f, 0.5f, right ? 1 : 2, List.of());
    }

    private static ShortcutChange shortcut(double before, double after) {
        return new ShortcutChange(
                "rose",
                Reason.BACKGROUND,
                "their background",
                new ChangedEffect(effect(before), effect(after), new Figure(after - before, -1, 0, 100), 0.001),
                null);
    }

    private static PairedEffect effect(double difference) {
        return new PairedEffect(
                difference, 0, new Figure(difference, difference, difference, 100), 0.01, 0.01, 100, 1, 20, 20, false);
    }
}
