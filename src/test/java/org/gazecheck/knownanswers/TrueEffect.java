package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    /** Drawn and scored by the model of a run. */
    static TrueEffect measured(Tie tie, Recipe recipe, Stock stock, Path run) throws IOException {
        Renderer renderer = new Renderer(stock, recipe.seed());
        try (Model model = Model.load(run)) {
            return of(tie, Deal.of(recipe, stock).unseen(), picture -> model.predict(
                            KnownSet.jpeg(renderer.draw(picture).image()))
                    .best()
                    .name());
        }
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
