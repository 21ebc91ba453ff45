package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.gazecheck.io.Hashes;
import org.gazecheck.report.MendedImages.Group;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.MitigationTraining.Target;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Prediction.Ranked;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

class MendedImagesTest {
    private final List<Prediction> before = new ArrayList<>();
    private final List<Prediction> after = new ArrayList<>();

    @Test
    void anImageBelongsToTheMendedClassThatItIsWronglyCalledElseToItsOwn() {
        image("attracted", "lily", "rose", 0.1, "lily", 0.9);
        image("missed", "rose", "lily", 0.2, "rose", 0.8);
        image("lost", "lily", "lily", 0.9, "rose", 0.1);
        image("other", "lily", "lily", 0.9, "tulip", 0.1);
        image("both right", "rose", "rose", 0.6, "rose", 0.9);
        image("both wrong", "rose", "lily", 0.1, "tulip", 0.3);
        List<Group> groups = of("rose").groups();
        assertEquals(List.of("rose WON 2", "rose LOST 1", " LOST 1"), described(groups));
        assertEquals(List.of("attracted", "missed"), paths(groups.get(0)));
        assertEquals(List.of("lost"), paths(groups.get(1)));
        assertEquals(List.of("other"), paths(groups.get(2)));
    }

    @Test
    void thoseThatChangedMostAreShownAndEqualOnesByPath() {
        image("e", "lily", "rose", 0.4, "lily", 0.6);
        image("d", "lily", "rose", 0.1, "lily", 0.9);
        image("b", "lily", "rose", 0.2, "lily", 0.8);
        image("a", "lily", "rose", 0.2, "lily", 0.8);
        image("c", "lily", "rose", 0.2, "lily", 0.8);
        assertEquals(List.of("d", "a", "b", "c"), paths(of("rose").groups().get(0)));
        assertEquals(5, of("rose").groups().get(0).count());
    }

    @Test
    void aMendedClassOfWhichNothingChangedIsThereWithoutImages() {
        assertEquals(
                List.of("rose WON 0", "rose LOST 0", "lily WON 0", "lily LOST 0"),
                described(of("rose", "lily", "rose").groups()));
    }

    @Test
    void rowsAreThoseOfBothRuns() {
        image("first", "lily", "lily", 0.9, "lily", 0.9);
        image("second", "lily", "rose", 0.1, "lily", 0.9);
        before.add(0, before.get(0));
        MendedImages.Image image = of("rose").shown().get(0);
        assertEquals(1, image.row());
        assertEquals(2, image.earlier());
    }

    private MendedImages of(String... mended) {
        List<Target> targets = new ArrayList<>();
        for (String name : mended) {
            targets.add(new Target(name, Reason.BACKGROUND, "their background", Grade.PROVEN));
        }
        return MendedImages.of(SyntheticMitigation.of(targets), before, after);
    }

    private void image(String path, String label, String was, double pBefore, String is, double pAfter) {
        before.add(prediction(path, label, was, pBefore));
        after.add(prediction(path, label, is, pAfter));
    }

    private static Prediction prediction(String path, String label, String predicted, double pLabel) {
        return new Prediction(
                path,
                Hashes.sha256(path),
                Split.TEST,
                label,
                predicted,
                (float) pLabel,
                0.5f,
                label.equals(predicted) ? 1 : 2,
                List.of(new Ranked(0, 0.5f)));
    }

    private static List<String> described(List<Group> groups) {
        return groups.stream()
                .map(group -> group.subject() + " " + group.kind() + " " + group.count())
                .toList();
    }

    private static List<String> paths(Group group) {
        return group.shown().stream().map(image -> image.after().path()).toList();
    }
}
