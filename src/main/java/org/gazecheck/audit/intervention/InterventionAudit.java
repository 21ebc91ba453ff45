package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.ObjectMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Interventions.SwapEffect;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Holm;

/**
 * Intervenes on images instead of only looking for associations: which class is predicted because of what stands
 * behind it? A class is suspected when in training at least half of it stands in scenes that it goes with
 * ({@link SceneAssociation}); the suspicion is confirmed when other classes' objects in front of these backgrounds are taken
 * for the class, and its own objects in front of other backgrounds are missed ({@link BackgroundSwap}).
 */
final class InterventionAudit {
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
    private final boolean estimatedMasks;
    private final SegmentedSample.Source images;
    private final Scores.Source network;
    private final Progress progress;
    private final List<SegmentedImage> segmented = new ArrayList<>();
    private final Map<String, Integer> predicted = new HashMap<>();
    private int training;
    private int leftOut;

    /**
     * @param images of the data set, taken apart
     * @param network that is audited
     */
    InterventionAudit(
            AuditInputs inputs,
            boolean estimatedMasks,
            SegmentedSample.Source images,
            Scores.Source network,
            List<Prediction> predictions,
            Progress progress) {
        this.inputs = inputs;
        this.estimatedMasks = estimatedMasks;
        this.images = images;
        this.network = network;
        this.progress = progress;
        for (Prediction prediction : predictions) {
            predicted.put(prediction.path(), inputs.dataset().classes().indexOf(prediction.predicted()));
        }
    }

    /** What was found, and what shows it. */
    record Outcome(Interventions interventions, Findings findings, SwapEvidence evidence) {}

    /**
     * A suspected class with its evidence.
     *
     * @param evidence paths of images of val and test in the scenes: first those of other classes that are taken for
     *     the class
     * @param shown counterfactual images
     */
    record Suspect(
            SceneAssociation association, Shortcut shortcut, List<String> evidence, List<SwapEvidence.Shown> shown) {}

    /** Empty when there are no masks to intervene with. */
    static Optional<Outcome> of(AuditInputs inputs, ObjectMasks masks, List<Prediction> predictions, Progress progress)
            throws IOException {
        return new InterventionAudit(
                        inputs,
                        masks.estimated(),
                        (items, most) -> SegmentedSample.draw(inputs, masks, items, most),
                        withFeatures ->
                                withFeatures ? CompositeScores.withFeatures(inputs) : CompositeScores.ofLogits(inputs),
                        predictions,
                        progress)
                .run();
    }

    Optional<Outcome> run() throws IOException {
        Dataset dataset = inputs.dataset();
        draw(dataset.of(Split.TRAIN), ObjectMasks.OF_TRAIN);
        training = segmented.size();
        draw(heldOut(), inputs.configuration().audit().interventions());
        if (segmented.size() - training < BackgroundSwap.FEWEST) {
            return Optional.empty();
        }
        float[][] backgrounds = backgrounds();
        int classes = dataset.classes().size();
        Scenes scenes = Scenes.cluster(backgrounds, classes, inputs.randomness());
        int[] alone = IntStream.range(training, segmented.size())
                .map(i -> CompositeScores.best(backgrounds[i], classes))
                .toArray();
        try (Scores scores = network.open(false)) {
            Reliance reliance = Reliance.of(inputs, held(), original(), alone, scores, progress);
            List<Suspect> suspects = suspects(scenes, backgrounds, scores);
            Interventions interventions = new Interventions(
                    InterventionsFile.SCHEMA_VERSION,
                    estimatedMasks,
                    leftOut,
                    reliance.conditions(),
                    reliance.gap(),
                    reliance.classes(),
                    suspects.stream().map(Suspect::shortcut).toList());
            return Optional.of(new Outcome(
                    interventions,
                    ShortcutFindings.of(suspects),
                    new SwapEvidence(suspects.stream()
                            .flatMap(suspect -> suspect.shown().stream())
                            .toList())));
        }
    }

    private void draw(List<Dataset.Item> items, int most) throws IOException {
        SegmentedSample sample = images.draw(items, most);
        segmented.addAll(sample.images());
        leftOut += sample.leftOut();
    }

    private float[][] backgrounds() throws IOException {
        try (Scores scores = network.open(true)) {
            List<Composite.BackgroundOnly> all =
                    segmented.stream().map(Composite.BackgroundOnly::new).toList();
            return scores.of(all, "look at backgrounds alone", progress);
        }
    }

    private List<SegmentedImage> held() {
        return segmented.subList(training, segmented.size());
    }

    private int[] original() {
        return held().stream()
                .mapToInt(image -> predicted.get(image.item().path()))
                .toArray();
    }

    private List<Suspect> suspects(Scenes scenes, float[][] backgrounds, Scores scores) throws IOException {
        int[] labels = segmented.subList(0, training).stream()
                .mapToInt(SegmentedImage::label)
                .toArray();
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
                    trial.shown(inputs.dataset().classes())));
        }
        return suspects;
    }

    private record Trial(
            SceneAssociation association,
            int donors,
            boolean ofOthers,
            Optional<BackgroundSwap.Outcome> put,
            Optional<BackgroundSwap.Outcome> removed) {
        /** Both must hold, so the weaker one counts. */
        double p() {
            return put.isPresent() && removed.isPresent()
                    ? Math.max(put.get().effect().p(), removed.get().effect().p())
                    : 1;
        }

        Shortcut shortcut(AuditInputs inputs, double q, List<String> examples) {
            boolean confirmed = q < CONFIRMED
                    && holds(put.orElseThrow().effect())
                    && holds(removed.orElseThrow().effect());
            return new Shortcut(
                    inputs.dataset().classes().get(association.label()),
                    association.share(),
                    association.expected(),
                    association.others(),
                    association.p(),
                    association.q(),
                    donors,
                    ofOthers,
                    put.map(outcome -> corrected(outcome.effect(), q)).orElse(null),
                    removed.map(outcome -> corrected(outcome.effect(), q)).orElse(null),
                    examples,
                    confirmed);
        }

        private static boolean holds(SwapEffect swap) {
            return swap.difference().value() >= LEAST_SHIFT && swap.overBackgrounds() <= OF_BACKGROUNDS;
        }

        List<SwapEvidence.Shown> shown(List<String> classes) {
            List<SwapEvidence.Shown> shown = new ArrayList<>();
            put.ifPresent(outcome -> shown.addAll(
                    SwapEvidence.of(outcome.pairs(), classes, association.label(), Counterfactual.Swap.PUT)));
            removed.ifPresent(outcome -> shown.addAll(
                    SwapEvidence.of(outcome.pairs(), classes, association.label(), Counterfactual.Swap.REMOVED)));
            return shown;
        }

        private static SwapEffect corrected(SwapEffect swap, double q) {
            return swap.corrected(Math.max(swap.p(), q));
        }
    }

    private Trial trial(SceneAssociation association, Scenes scenes, Scores scores) throws IOException {
        int label = association.label();
        int[] heldScenes = IntStream.range(training, segmented.size())
                .map(i -> scenes.of()[i])
                .toArray();
        List<SegmentedImage> usual = BackgroundSwap.backgrounds(held(), heldScenes, association.scenes(), true, label);
        boolean ofOthers = usual.size() >= BackgroundSwap.FEWEST || estimatedMasks;
        if (!ofOthers) {
            usual = ownBackgrounds(association, scenes);
        }
        List<SegmentedImage> others =
                BackgroundSwap.backgrounds(held(), heldScenes, association.scenes(), false, label);
        List<SegmentedImage> ofClass =
                held().stream().filter(image -> image.label() == label).toList();
        List<SegmentedImage> ofOtherClasses =
                held().stream().filter(image -> image.label() != label).toList();
        List<SegmentedImage> strangers = spread(ofOtherClasses, OBJECTS_OF_OTHERS);
        List<SegmentedImage> own = own(label, ofClass);
        BackgroundSwap swap = new BackgroundSwap(scores, inputs.randomness(), progress);
        return new Trial(
                association,
                usual.size(),
                ofOthers,
                swap.of(strangers, ofOtherClasses.size(), usual, others, 1, label, true),
                swap.of(own, Math.max(own.size(), ofClass.size()), usual, others, DRAWS_OF_CLASS, label, false));
    }

    /** Of the sample, and where it does not hold enough of the class, of all of val and test. */
    private List<SegmentedImage> own(int label, List<SegmentedImage> sampled) throws IOException {
        List<Dataset.Item> all =
                heldOut().stream().filter(item -> item.label() == label).toList();
        return sampled.size() >= OBJECTS_OF_CLASS || sampled.size() == all.size()
                ? spread(sampled, OBJECTS_OF_CLASS)
                : images.draw(all, OBJECTS_OF_CLASS).images();
    }

    private List<Dataset.Item> heldOut() {
        return Stream.concat(inputs.dataset().of(Split.VAL).stream(), inputs.dataset().of(Split.TEST).stream())
                .toList();
    }

    /** Given masks cut the whole object removed, so where no other class stands in the scenes the class's own ones do. */
    private List<SegmentedImage> ownBackgrounds(SceneAssociation association, Scenes scenes) {
        return IntStream.range(0, segmented.size())
                .filter(i -> segmented.get(i).label() == association.label()
                        && association.scenes().get(scenes.of()[i]))
                .mapToObj(segmented::get)
                .toList();
    }

    /** At most so many, at equal steps. */
    private static List<SegmentedImage> spread(List<SegmentedImage> list, int most) {
        int n = Math.min(most, list.size());
        return IntStream.range(0, n)
                .mapToObj(i -> list.get((int) ((long) i * list.size() / n)))
                .toList();
    }

    private List<String> evidence(SceneAssociation association, Scenes scenes, float[][] backgrounds) {
        int label = association.label();
        Comparator<Integer> mistaken =
                Comparator.comparing(i -> segmented.get(i).label() != label
                                && Objects.equals(
                                        predicted.get(segmented.get(i).item().path()), label)
                        ? 0
                        : 1);
        return IntStream.range(training, segmented.size())
                .filter(i -> association.scenes().get(scenes.of()[i]))
                .boxed()
                .sorted(mistaken.thenComparing(i -> -margin(backgrounds[i], label)))
                .limit(EXAMPLES)
                .map(i -> segmented.get(i).item().path())
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
