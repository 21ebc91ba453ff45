package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.Model;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.McNemar;

/**
 * What a property does to a network's answers, on images that neither training nor the audit has seen in this form: each
 * picture of another class is drawn with it and without it.
 *
 * @param with pictures that are called the class with it
 * @param without the same without it
 * @param gained called the class with it only
 * @param lost called the class without it only
 */
record TrueEffect(int with, int without, int gained, int lost, int pictures) {
    /** The paired difference, -1..1. */
    double difference() {
        return pairs().difference();
    }

    /** Its 95 % interval. */
    Interval interval() {
        return pairs().interval();
    }

    /** As {@link #of(String)} reads it. */
    String text() {
        return with + " " + without + " " + gained + " " + lost + " " + pictures;
    }

    static TrueEffect of(String text) {
        int[] counts =
                Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
        return new TrueEffect(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    private McNemar pairs() {
        return new McNemar(lost, gained, pictures);
    }

    /** What a network is asked. */
    @FunctionalInterface
    interface Caller {
        /** The class that an image is called. */
        String call(Picture picture) throws IOException;
    }

    static TrueEffect of(Tie tie, List<Picture> pictures, Caller caller) throws IOException {
        int with = 0;
        int without = 0;
        int gained = 0;
        int lost = 0;
        int n = 0;
        for (Picture picture : pictures) {
            if (!picture.label().equals(tie.label())) {
                n++;
                boolean on = caller.call(picture.with(tie.property())).equals(tie.label());
                boolean off = caller.call(without(picture, tie.property())).equals(tie.label());
                with += on ? 1 : 0;
                without += off ? 1 : 0;
                gained += on && !off ? 1 : 0;
                lost += off && !on ? 1 : 0;
            }
        }
        return new TrueEffect(with, without, gained, lost, n);
    }

    /** Of each tie, with pictures that are drawn and scored by the model of a run. */
    static List<TrueEffect> measured(List<Tie> ties, Recipe recipe, Stock stock, Path run) throws IOException {
        Renderer renderer = new Renderer(stock, recipe.seed());
        List<Picture> pictures = Deal.of(recipe, stock).unseen();
        Map<Picture, String> called = new HashMap<>();
        List<TrueEffect> effects = new ArrayList<>();
        try (Model model = Model.load(run)) {
            for (Tie tie : ties) {
                effects.add(of(tie, pictures, picture -> {
                    String known = called.get(picture);
                    if (known == null) {
                        byte[] image = KnownSet.jpeg(renderer.draw(picture).image());
                        known = model.predict(image).best().name();
                        called.put(picture, known);
                    }
                    return known;
                }));
            }
        }
        return effects;
    }

    /** As a picture would be otherwise: a background is exchanged for another kind, chosen by its path. */
    private static Picture without(Picture picture, Property property) {
        if (property.artefact() != Artefact.BACKGROUND) {
            return picture.without(property);
        }
        if (!picture.carries(property)) {
            return picture;
        }
        List<String> others = Artefact.BACKGROUND.variants().stream()
                .filter(kind -> !kind.equals(property.variant()))
                .toList();
        return picture.before(others.get(Math.floorMod(picture.path().hashCode(), others.size())));
    }
}
