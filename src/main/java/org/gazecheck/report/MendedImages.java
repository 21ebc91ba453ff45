package org.gazecheck.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.Prediction;

/**
 * Images that only one of both networks is right on. Each belongs to the mended class that it is wrongly called, else to its own where
 * that is mended, else to the others. Shown are, of every class and kind, those whose true class's probability changed most; where that is
 * equal, the first by path.
 *
 * @param groups two of every mended class, what was won before what was lost; then those of the others that hold any
 */
record MendedImages(List<Group> groups) {
    /** Images of a group that are shown. */
    static final int MOST = 4;

    /** Stands for all classes that are not mended. */
    static final String OTHERS = "";

    /** Which of the networks is right. */
    enum Kind {
        /** The mended one. */
        WON,
        /** The one before. */
        LOST
    }

    /**
     * @param subject a mended class, or {@link #OTHERS}
     * @param count how many there are
     * @param shown the first of them
     */
    record Group(String subject, Kind kind, int count, List<Image> shown) {}

    /**
     * @param row of the mended run's predictions
     * @param earlier row of the predictions before
     */
    record Image(int row, int earlier, Prediction before, Prediction after) {
        private double change() {
            return Math.abs((double) after.pLabel() - before.pLabel());
        }
    }

    /** None where the run mends none, or the answers before are gone. */
    static MendedImages of(ReportInput input) {
        return input.mitigation()
                .filter(mitigation -> !input.earlier().predictions().isEmpty())
                .map(mitigation -> of(mitigation, input.earlier().predictions(), input.predictions()))
                .orElseGet(() -> new MendedImages(List.of()));
    }

    static MendedImages of(Mitigation mitigation, List<Prediction> before, List<Prediction> after) {
        Set<String> subjects = new LinkedHashSet<>();
        mitigation.training().shortcuts().forEach(target -> subjects.add(target.name()));
        List<Image> changed = changed(mitigation, before, after);
        List<Group> groups = new ArrayList<>();
        for (String subject : subjects) {
            for (Kind kind : Kind.values()) {
                groups.add(group(subject, kind, changed, subjects));
            }
        }
        for (Kind kind : Kind.values()) {
            Group others = group(OTHERS, kind, changed, subjects);
            if (others.count > 0) {
                groups.add(others);
            }
        }
        return new MendedImages(List.copyOf(groups));
    }

    private static List<Image> changed(Mitigation mitigation, List<Prediction> before, List<Prediction> after) {
        Map<String, Integer> rows = new HashMap<>();
        for (int row = 0; row < before.size(); row++) {
            rows.put(before.get(row).path(), row);
        }
        List<Image> changed = new ArrayList<>();
        for (int row = 0; row < after.size(); row++) {
            Prediction then = after.get(row);
            Integer earlier = rows.get(then.path());
            if (then.split() == mitigation.split()
                    && earlier != null
                    && then.correct() != before.get(earlier).correct()) {
                changed.add(new Image(row, earlier, before.get(earlier), then));
            }
        }
        changed.sort(Comparator.comparingDouble((Image image) -> -image.change())
                .thenComparing(image -> image.after.path()));
        return changed;
    }

    private static Group group(String subject, Kind kind, List<Image> changed, Set<String> subjects) {
        List<Image> its = changed.stream()
                .filter(image -> kind(image) == kind && subject(image, subjects).equals(subject))
                .toList();
        return new Group(subject, kind, its.size(), its.stream().limit(MOST).toList());
    }

    private static Kind kind(Image image) {
        return image.after.correct() ? Kind.WON : Kind.LOST;
    }

    private static String subject(Image image, Set<String> subjects) {
        Prediction wrong = kind(image) == Kind.WON ? image.before : image.after;
        if (subjects.contains(wrong.predicted())) {
            return wrong.predicted();
        }
        return subjects.contains(wrong.label()) ? wrong.label() : OTHERS;
    }

    /** All that are shown, in the order of the groups. */
    List<Image> shown() {
        return groups.stream().flatMap(group -> group.shown.stream()).toList();
    }
}
