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
import org.gazecheck.results.Findings;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Holm;

/**
 * Intervenes on images instead of only looking for associations: which class is predicted because of what stands
 * behind it? {@link BackgroundCandidates} proposes, {@link Trial} tries, and {@link Evidence} grades what comes of it.
 */
final class InterventionAudit {
    private static final int OBJECTS_OF_CLASS = 60;
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
     * A candidate that was tried, with its evidence.
     *
     * @param evidence paths of images of val and test that carry it: first those of other classes that are called the class
     * @param shown counterfactual images
     */
    record Suspect(Shortcut shortcut, List<String> evidence, List<SwapEvidence.Shown> shown) {}

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
        if (segmented.size() - training < Trial.FEWEST) {
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
            List<Candidate> candidates = new BackgroundCandidates(
                            segmented, scenes, backgrounds, classes, estimatedMasks)
                    .proposed(training);
            List<Suspect> suspects = suspects(candidates, scores);
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

    private List<Suspect> suspects(List<Candidate> candidates, Scores scores) throws IOException {
        List<ShortcutTrial> trials = new ArrayList<>();
        for (Candidate candidate : candidates) {
            trials.add(trial(candidate, scores));
        }
        double[] q = Holm.correct(trials.stream().mapToDouble(ShortcutTrial::p).toArray());
        List<String> classes = inputs.dataset().classes();
        List<Suspect> suspects = new ArrayList<>();
        for (int i = 0; i < q.length; i++) {
            ShortcutTrial trial = trials.get(i);
            List<String> evidence = evidence(trial.candidate());
            suspects.add(new Suspect(trial.shortcut(classes, q[i], evidence), evidence, trial.shown(classes)));
        }
        return suspects;
    }

    private ShortcutTrial trial(Candidate candidate, Scores scores) throws IOException {
        int label = candidate.label();
        List<SegmentedImage> strangers = new ArrayList<>();
        List<SegmentedImage> errors = new ArrayList<>();
        List<SegmentedImage> ofClass = new ArrayList<>();
        List<NaturalImages.Natural> natural = new ArrayList<>();
        for (SegmentedImage image : held()) {
            boolean carries = candidate.carries(image);
            int called = Objects.requireNonNull(predicted.get(image.item().path()));
            natural.add(new NaturalImages.Natural(image.label(), called, carries));
            if (image.label() == label) {
                ofClass.add(image);
            } else {
                strangers.add(image);
                if (carries && called == label) {
                    errors.add(image);
                }
            }
        }
        return new ShortcutTrials(scores, inputs.randomness(), progress)
                .of(candidate, strangers, own(label, ofClass), errors, NaturalImages.witness(natural, label));
    }

    /** Of the sample, and where it does not hold enough of the class, of all of val and test. */
    private List<SegmentedImage> own(int label, List<SegmentedImage> sampled) throws IOException {
        List<Dataset.Item> all =
                heldOut().stream().filter(item -> item.label() == label).toList();
        return sampled.size() >= OBJECTS_OF_CLASS || sampled.size() == all.size()
                ? sampled
                : images.draw(all, OBJECTS_OF_CLASS).images();
    }

    private List<Dataset.Item> heldOut() {
        return Stream.concat(inputs.dataset().of(Split.VAL).stream(), inputs.dataset().of(Split.TEST).stream())
                .toList();
    }

    private List<String> evidence(Candidate candidate) {
        Comparator<SegmentedImage> mistaken = Comparator.comparing(image -> image.label() != candidate.label()
                        && Objects.equals(predicted.get(image.item().path()), candidate.label())
                ? 0
                : 1);
        return held().stream()
                .filter(candidate::carries)
                .sorted(mistaken.thenComparing(image -> -candidate.strength(image)))
                .limit(EXAMPLES)
                .map(image -> image.item().path())
                .toList();
    }
}
