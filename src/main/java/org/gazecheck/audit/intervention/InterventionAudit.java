package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.audit.AuditInputs;
import org.gazecheck.audit.ObjectMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.ExchangedPicture;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Interventions.Swap;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Holm;

/**
 * Intervenes on photographs instead of only looking for associations: which class is predicted because of what stands
 * behind it? A class is suspected when in training at least half of it stands in scenes that it goes with
 * ({@link SceneAssociation}); the suspicion is confirmed when other classes' objects in front of these backgrounds are taken
 * for the class, and its own objects in front of other backgrounds are missed ({@link Exchange}).
 */
public final class InterventionAudit {
    private static final double ASSOCIATED = 0.01;
    private static final double MAJORITY = 0.5;
    private static final int MOST_SUSPECTS = 6;
    private static final int OBJECTS_OF_OTHERS = 120;
    private static final int OBJECTS_OF_CLASS = 60;
    private static final int DRAWS_OF_CLASS = 3;
    static final double CONFIRMED = 0.01;
    static final double LEAST_SHIFT = 0.1;
    private static final double OF_BACKGROUNDS = 0.05;
    private static final int EXAMPLES = 12;

    private final AuditInputs inputs;
    private final ObjectMasks masks;
    private final Progress progress;
    private final List<Cutout> cutouts = new ArrayList<>();
    private final Map<String, Integer> predicted = new HashMap<>();
    private int training;
    private int leftOut;

    private InterventionAudit(AuditInputs inputs, ObjectMasks masks, List<Prediction> predictions, Progress progress) {
        this.inputs = inputs;
        this.masks = masks;
        this.progress = progress;
        for (Prediction prediction : predictions) {
            predicted.put(prediction.path(), inputs.dataset().classes().indexOf(prediction.predicted()));
        }
    }

    /** What was found, and what shows it. */
    public record Outcome(Interventions interventions, Findings findings, ExchangeEvidence pictures) {}

    /**
     * A suspected class with its evidence.
     *
     * @param evidence paths of photographs of val and test in the scenes: first those of other classes that are taken for
     *     the class
     * @param pictures that the exchanges made
     */
    record Suspect(
            SceneAssociation association,
            Shortcut shortcut,
            List<String> evidence,
            List<ExchangeEvidence.Picture> pictures) {}

    /** Empty when there are no masks to intervene with. */
    public static Optional<Outcome> of(
            AuditInputs inputs, ObjectMasks masks, List<Prediction> predictions, Progress progress) throws IOException {
        return new InterventionAudit(inputs, masks, predictions, progress).run();
    }

    private Optional<Outcome> run() throws IOException {
        Dataset dataset = inputs.dataset();
        draw(dataset.of(Split.TRAIN), ObjectMasks.OF_TRAIN);
        training = cutouts.size();
        draw(heldOut(), inputs.configuration().audit().interventions());
        if (cutouts.size() - training < Exchange.FEWEST) {
            return Optional.empty();
        }
        float[][] backgrounds = backgrounds();
        int classes = dataset.classes().size();
        Scenes scenes = Scenes.cluster(backgrounds, classes, inputs.randomness());
        int[] alone = IntStream.range(training, cutouts.size())
                .map(i -> CompositionScores.best(backgrounds[i], classes))
                .toArray();
        try (CompositionScores scores = CompositionScores.ofLogits(inputs)) {
            Reliance reliance = Reliance.of(inputs, held(), original(), alone, scores, progress);
            List<Suspect> suspects = suspects(scenes, backgrounds, scores);
            Interventions interventions = new Interventions(
                    InterventionsFile.SCHEMA_VERSION,
                    masks.estimated(),
                    leftOut,
                    reliance.conditions(),
                    reliance.gap(),
                    reliance.classes(),
                    suspects.stream().map(Suspect::shortcut).toList());
            return Optional.of(new Outcome(
                    interventions,
                    ShortcutFindings.of(suspects),
                    new ExchangeEvidence(suspects.stream()
                            .flatMap(suspect -> suspect.pictures().stream())
                            .toList())));
        }
    }

    private void draw(List<Dataset.Item> items, int most) throws IOException {
        CutoutSample sample = CutoutSample.draw(inputs, masks, items, most);
        cutouts.addAll(sample.cutouts());
        leftOut += sample.leftOut();
    }

    private float[][] backgrounds() throws IOException {
        try (CompositionScores scores = CompositionScores.withFeatures(inputs)) {
            List<Composition.BackgroundOnly> all =
                    cutouts.stream().map(Composition.BackgroundOnly::new).toList();
            return scores.of(all, "look at backgrounds alone", progress);
        }
    }

    private List<Cutout> held() {
        return cutouts.subList(training, cutouts.size());
    }

    private int[] original() {
        return held().stream()
                .mapToInt(cutout -> predicted.get(cutout.item().path()))
                .toArray();
    }

    private List<Suspect> suspects(Scenes scenes, float[][] backgrounds, CompositionScores scores) throws IOException {
        int[] labels =
                cutouts.subList(0, training).stream().mapToInt(Cutout::label).toArray();
        List<SceneAssociation> associations =
                SceneAssociation.of(labels, inputs.dataset().classes().size(), scenes.of(), scenes.count(), ASSOCIATED)
                        .stream()
                        .filter(association -> association.q() < ASSOCIATED && association.share() >= MAJORITY)
                        .limit(MOST_SUSPECTS)
                        .toList();
        List<Trial> trials = new ArrayList<>();
        for (SceneAssociation association : associations) {
            trials.add(trial(association, scenes, scores));
        }
        double[] q = Holm.correct(trials.stream().mapToDouble(Trial::p).toArray());
        List<Suspect> suspects = new ArrayList<>();
        for (int i = 0; i < q.length; i++) {
            Trial trial = trials.get(i);
            List<String> evidence = evidence(trial.association, scenes, backgrounds);
            suspects.add(new Suspect(
                    trial.association,
                    trial.shortcut(inputs, q[i], evidence),
                    evidence,
                    trial.pictures(inputs.dataset().classes())));
        }
        return suspects;
    }

    private record Trial(
            SceneAssociation association,
            int donors,
            boolean ofOthers,
            Optional<Exchange.Outcome> behind,
            Optional<Exchange.Outcome> away) {
        /** Both must hold, so the weaker one counts. */
        double p() {
            return behind.isPresent() && away.isPresent()
                    ? Math.max(behind.get().swap().p(), away.get().swap().p())
                    : 1;
        }

        Shortcut shortcut(AuditInputs inputs, double q, List<String> examples) {
            boolean confirmed = q < CONFIRMED
                    && holds(behind.orElseThrow().swap())
                    && holds(away.orElseThrow().swap());
            return new Shortcut(
                    inputs.dataset().classes().get(association.label()),
                    association.share(),
                    association.expected(),
                    association.others(),
                    association.p(),
                    association.q(),
                    donors,
                    ofOthers,
                    behind.map(outcome -> corrected(outcome.swap(), q)).orElse(null),
                    away.map(outcome -> corrected(outcome.swap(), q)).orElse(null),
                    examples,
                    confirmed);
        }

        private static boolean holds(Swap swap) {
            return swap.difference().value() >= LEAST_SHIFT && swap.overBackgrounds() <= OF_BACKGROUNDS;
        }

        List<ExchangeEvidence.Picture> pictures(List<String> classes) {
            List<ExchangeEvidence.Picture> pictures = new ArrayList<>();
            behind.ifPresent(outcome -> pictures.addAll(ExchangeEvidence.of(
                    outcome.pairs(), classes, association.label(), ExchangedPicture.Exchange.PUT_BEHIND)));
            away.ifPresent(outcome -> pictures.addAll(ExchangeEvidence.of(
                    outcome.pairs(), classes, association.label(), ExchangedPicture.Exchange.TAKEN_AWAY)));
            return pictures;
        }

        private static Swap corrected(Swap swap, double q) {
            return swap.corrected(Math.max(swap.p(), q));
        }
    }

    private Trial trial(SceneAssociation association, Scenes scenes, CompositionScores scores) throws IOException {
        int label = association.label();
        int[] heldScenes = IntStream.range(training, cutouts.size())
                .map(i -> scenes.of()[i])
                .toArray();
        List<Cutout> tied = Exchange.backgrounds(held(), heldScenes, association.scenes(), true, label);
        boolean ofOthers = tied.size() >= Exchange.FEWEST || masks.estimated();
        if (!ofOthers) {
            tied = ownBackgrounds(association, scenes);
        }
        List<Cutout> others = Exchange.backgrounds(held(), heldScenes, association.scenes(), false, label);
        Map<Boolean, List<Cutout>> ofClass =
                held().stream().collect(Collectors.partitioningBy(cutout -> cutout.label() == label));
        List<Cutout> strangers = spread(ofClass.get(false), OBJECTS_OF_OTHERS);
        List<Cutout> own = own(label, ofClass.get(true));
        Exchange exchange = new Exchange(scores, inputs.randomness(), progress);
        return new Trial(
                association,
                tied.size(),
                ofOthers,
                exchange.of(strangers, ofClass.get(false).size(), tied, others, 1, label, true),
                exchange.of(
                        own,
                        Math.max(own.size(), ofClass.get(true).size()),
                        tied,
                        others,
                        DRAWS_OF_CLASS,
                        label,
                        false));
    }

    /** Of the sample, and where it does not hold enough of the class, of all of val and test. */
    private List<Cutout> own(int label, List<Cutout> sampled) throws IOException {
        List<Dataset.Item> all =
                heldOut().stream().filter(item -> item.label() == label).toList();
        return sampled.size() >= OBJECTS_OF_CLASS || sampled.size() == all.size()
                ? spread(sampled, OBJECTS_OF_CLASS)
                : CutoutSample.draw(inputs, masks, all, OBJECTS_OF_CLASS).cutouts();
    }

    private List<Dataset.Item> heldOut() {
        return Stream.concat(inputs.dataset().of(Split.VAL).stream(), inputs.dataset().of(Split.TEST).stream())
                .toList();
    }

    /** Given masks cut the whole object away, so where no other class stands in the scenes the class's own ones do. */
    private List<Cutout> ownBackgrounds(SceneAssociation association, Scenes scenes) {
        return IntStream.range(0, cutouts.size())
                .filter(i -> cutouts.get(i).label() == association.label()
                        && association.scenes().get(scenes.of()[i]))
                .mapToObj(cutouts::get)
                .toList();
    }

    /** At most so many, at equal steps. */
    private static List<Cutout> spread(List<Cutout> list, int most) {
        int n = Math.min(most, list.size());
        return IntStream.range(0, n)
                .mapToObj(i -> list.get((int) ((long) i * list.size() / n)))
                .toList();
    }

    private List<String> evidence(SceneAssociation association, Scenes scenes, float[][] backgrounds) {
        int label = association.label();
        Comparator<Integer> mistaken = Comparator.comparing(i -> cutouts.get(i).label() != label
                        && predicted.get(cutouts.get(i).item().path()) == label
                ? 0
                : 1);
        return IntStream.range(training, cutouts.size())
                .filter(i -> association.scenes().get(scenes.of()[i]))
                .boxed()
                .sorted(mistaken.thenComparing(i -> -margin(backgrounds[i], label)))
                .limit(EXAMPLES)
                .map(i -> cutouts.get(i).item().path())
                .toList();
    }

    /** How far the background alone speaks for a class: its logit over the mean logit. */
    private double margin(float[] row, int label) {
        int classes = inputs.dataset().classes().size();
        double mean =
                IntStream.range(0, classes).mapToDouble(c -> row[c]).average().orElseThrow();
        return row[label] - mean;
    }
}
