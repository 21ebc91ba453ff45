package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.input.DescribedImages.Described;
import org.gazecheck.audit.input.ImageSample;
import org.gazecheck.audit.input.ObjectMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Findings;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Screened;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;

/**
 * Intervenes on images instead of only looking for associations: which class is predicted because of something else than the
 * object? {@link BackgroundCandidates} and others propose, {@link CandidateScreen} limits, {@link Trial} tries, and {@link Evidence} grades what comes of it.
 */
final class InterventionAudit {
    private static final int OBJECTS_OF_CLASS = 60;
    private static final int OF_RELIANCE = 150;

    private final AuditInputs inputs;
    private final boolean estimatedMasks;
    private final SegmentedSample.Source images;
    private final List<CandidateSource> sources;
    private final Scores.Source network;
    private final CellSource.Opening cells;
    private final Progress progress;
    private final Map<String, Integer> predicted = new HashMap<>();

    /**
     * @param images of the data set, taken apart
     * @param sources of candidates, besides backgrounds
     * @param network that is audited
     * @param cells as it sees them
     */
    InterventionAudit(
            AuditInputs inputs,
            boolean estimatedMasks,
            SegmentedSample.Source images,
            List<CandidateSource> sources,
            Scores.Source network,
            CellSource.Opening cells,
            List<Prediction> predictions,
            Progress progress) {
        this.inputs = inputs;
        this.estimatedMasks = estimatedMasks;
        this.images = images;
        this.sources = sources;
        this.network = network;
        this.cells = cells;
        this.progress = progress;
        for (Prediction prediction : predictions) {
            predicted.put(prediction.path(), inputs.dataset().classes().indexOf(prediction.predicted()));
        }
    }

    /** What was found, and what shows it. */
    record Outcome(Interventions interventions, Findings findings, SwapEvidence evidence) {}

    /** Empty when there are too few images to intervene with. */
    static Optional<Outcome> of(AuditSession session) throws IOException {
        return over(session).run();
    }

    static InterventionAudit over(AuditSession session) throws IOException {
        return over(session, features -> CompositeScores.open(session.inputs(), features));
    }

    /** @param network that is audited */
    static InterventionAudit over(AuditSession session, Scores.Source network) throws IOException {
        AuditInputs inputs = session.inputs();
        ObjectMasks masks = session.masks();
        List<ImageProperties> properties =
                session.images().stream().map(Described::properties).toList();
        Originals originals = new Originals(inputs.images()::original, inputs.preprocessing());
        return new InterventionAudit(
                inputs,
                masks.estimated(),
                (items, most) -> SegmentedSample.draw(inputs, masks, items, most),
                List.of(new PropertyCandidates(
                        inputs.dataset(), properties, masks.estimated(), originals, inputs.randomness())),
                network,
                () -> CellRows.open(inputs, session.progress()),
                session.predictions(),
                session.progress());
    }

    Optional<Outcome> run() throws IOException {
        Optional<Proposed> proposed = propose();
        if (proposed.isEmpty()) {
            return Optional.empty();
        }
        try (Proposed of = proposed.get()) {
            return Optional.of(outcome(of));
        }
    }

    /** All that may make the network call images a class; empty when there are too few images to intervene with. */
    Optional<Proposed> propose() throws IOException {
        SegmentedSample training = images.draw(inputs.dataset().of(Split.TRAIN), ObjectMasks.OF_TRAIN);
        SegmentedSample held =
                images.draw(heldOut(), inputs.configuration().audit().interventions());
        if (held.images().size() < Trial.FEWEST) {
            return Optional.empty();
        }
        Optional<CellSource> located = training.images().isEmpty() ? Optional.empty() : cells.open();
        try {
            return Optional.of(propose(training, held, located));
        } catch (IOException | RuntimeException e) {
            if (located.isPresent()) {
                located.get().close();
            }
            throw e;
        }
    }

    private Proposed propose(SegmentedSample training, SegmentedSample held, Optional<CellSource> located)
            throws IOException {
        List<String> notSought = new ArrayList<>();
        List<Candidate> proposed = new ArrayList<>(patches(training.images(), held.images(), located, notSought));
        Optional<Backgrounds> backgrounds = Optional.empty();
        List<SegmentedImage> segmented = held.divisible();
        if (segmented.size() >= Trial.FEWEST) {
            backgrounds = Optional.of(
                    Backgrounds.of(inputs, training.divisible(), segmented, estimatedMasks, network, progress));
            proposed.addAll(backgrounds.get().candidates());
        } else {
            notSought.add((located.isPresent() ? "backgrounds" : "backgrounds and sizes of objects")
                    + ": too few images of val and test can be taken apart into object and background");
        }
        for (CandidateSource source : sources) {
            proposed.addAll(source.proposed(training.images(), held.images(), located));
        }
        return new Proposed(training, held, located, backgrounds, proposed, notSought);
    }

    private Outcome outcome(Proposed proposed) throws IOException {
        Dataset dataset = inputs.dataset();
        SegmentedSample training = proposed.training();
        SegmentedSample held = proposed.held();
        List<SegmentedImage> segmented = held.divisible();
        Optional<Scenes> scenes = proposed.backgrounds().map(Backgrounds::scenes);
        try (Scores scores = network.open(false)) {
            Optional<Reliance> reliance = Optional.empty();
            if (proposed.backgrounds().isPresent()) {
                reliance = Optional.of(
                        reliance(segmented, proposed.backgrounds().get().called(), scores));
            }
            CandidateScreen screen = CandidateScreen.of(proposed.candidates());
            List<Screened> screened = new ArrayList<>(screen.screened(dataset.classes()));
            CandidateTrials trials = new CandidateTrials(
                    inputs, held.images(), this::called, this::own, heldOut().size(), scores, progress);
            List<CandidateTrials.Suspect> suspects = trials.of(screen.tried(), screened);
            int leftOut = training.images().size()
                    - training.divisible().size()
                    + held.images().size()
                    - segmented.size();
            Interventions interventions = new Interventions(
                    InterventionsFile.SCHEMA_VERSION,
                    estimatedMasks,
                    leftOut,
                    scenes.map(of -> new Interventions.Scenes(of.count(), of.bound()))
                            .orElse(null),
                    reliance.map(Reliance::conditions).orElse(List.of()),
                    reliance.map(Reliance::gap).orElse(null),
                    reliance.map(Reliance::classes).orElse(List.of()),
                    suspects.stream().map(CandidateTrials.Suspect::shortcut).toList(),
                    screened,
                    proposed.notSought());
            return new Outcome(
                    interventions,
                    Findings.together(List.of(
                            ShortcutFindings.of(suspects),
                            new Findings(
                                    List.of(),
                                    List.of(),
                                    scenes.map(Scenes::bound).stream().toList()))),
                    new SwapEvidence(
                            suspects.stream()
                                    .flatMap(suspect -> suspect.shown().stream())
                                    .toList(),
                            suspects.stream()
                                    .flatMap(suspect -> suspect.cutOut().stream())
                                    .toList()));
        }
    }

    /** Of some, since it takes four images of each. */
    private Reliance reliance(List<SegmentedImage> segmented, int[] called, Scores scores) throws IOException {
        Set<Dataset.Item> drawn = new HashSet<>(ImageSample.draw(
                inputs.randomness(),
                segmented.stream().map(SegmentedImage::item).toList(),
                OF_RELIANCE));
        int[] some = IntStream.range(0, segmented.size())
                .filter(i -> drawn.contains(segmented.get(i).item()))
                .toArray();
        List<SegmentedImage> images =
                Arrays.stream(some).mapToObj(segmented::get).toList();
        int[] alone = Arrays.stream(some).map(i -> called[i]).toArray();
        return Reliance.of(inputs, images, original(images), alone, scores, progress);
    }

    private List<Candidate> patches(
            List<SegmentedImage> training,
            List<SegmentedImage> held,
            Optional<CellSource> located,
            List<String> notSought)
            throws IOException {
        if (located.isEmpty()) {
            notSought.add("patches and other objects: where in an image this network's evidence lies is not known");
            return List.of();
        }
        return PatchCandidates.of(
                        located.get(),
                        training,
                        held,
                        inputs.dataset().classes().size(),
                        inputs.randomness())
                .proposed();
    }

    private int[] original(List<SegmentedImage> held) {
        return held.stream()
                .mapToInt(image -> predicted.get(image.item().path()))
                .toArray();
    }

    private int called(SegmentedImage image) {
        return Objects.requireNonNull(predicted.get(image.item().path()));
    }

    /** Of the sample, and where it does not hold enough of the class, of all of val and test. */
    List<SegmentedImage> own(int label, List<SegmentedImage> held) throws IOException {
        List<SegmentedImage> sampled =
                held.stream().filter(image -> image.label() == label).toList();
        List<Dataset.Item> all =
                heldOut().stream().filter(item -> item.label() == label).toList();
        return sampled.size() >= OBJECTS_OF_CLASS || sampled.size() == all.size()
                ? sampled
                : images.draw(all, OBJECTS_OF_CLASS).images();
    }

    /** What the audited network says. */
    Scores scores(boolean withFeatures) throws IOException {
        return network.open(withFeatures);
    }

    boolean estimatedMasks() {
        return estimatedMasks;
    }

    private List<Dataset.Item> heldOut() {
        return Stream.concat(inputs.dataset().of(Split.VAL).stream(), inputs.dataset().of(Split.TEST).stream())
                .toList();
    }
}
