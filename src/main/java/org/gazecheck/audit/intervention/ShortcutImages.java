package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Mitigation.ChangedEffect;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;

/**
 * Shortcuts of an audited run, found again, to be put on images and taken off: on images of train to train on, on images of val to choose
 * by, and on those of val and test to see what became of them. For train and val nothing is taken from any image but those of train.
 */
public final class ShortcutImages implements AutoCloseable {
    /** Share of other classes' images: a shortcut that turns fewer into its class has no effect that counts. */
    public static final double LEAST_EFFECT = Evidence.LEAST;

    private final InterventionAudit audit;
    private final AuditInputs inputs;
    private final Progress progress;
    private final Proposed proposed;
    private final List<Candidate> shortcuts;
    private final Donors donors;
    private final int dropped;

    private ShortcutImages(
            InterventionAudit audit,
            AuditInputs inputs,
            Progress progress,
            Proposed proposed,
            List<Candidate> shortcuts,
            Donors donors,
            int dropped) {
        this.audit = audit;
        this.inputs = inputs;
        this.progress = progress;
        this.proposed = proposed;
        this.shortcuts = shortcuts;
        this.donors = donors;
        this.dropped = dropped;
    }

    /**
     * Proposes again what the run's audit proposed, and takes what is wanted of it.
     *
     * @throws GazecheckException where something wanted is not among it
     */
    public static ShortcutImages open(AuditSession session, List<Shortcut> wanted) throws IOException {
        return open(InterventionAudit.over(session), session.inputs(), wanted, session.progress());
    }

    static ShortcutImages open(InterventionAudit audit, AuditInputs inputs, List<Shortcut> wanted, Progress progress)
            throws IOException {
        Proposed proposed = audit.propose().orElseThrow(() -> notFound(inputs, wanted.get(0)));
        try (Scores scores = audit.scores(false)) {
            List<Candidate> found = new ArrayList<>();
            for (Shortcut shortcut : wanted) {
                found.add(find(inputs, proposed, shortcut).calibrated(scores, progress));
            }
            Set<String> dropped = withObjects(inputs, proposed, scores, progress);
            Donors donors = new Donors(
                    proposed.training().images().stream()
                            .filter(image -> !dropped.contains(image.item().path()))
                            .toList(),
                    !audit.estimatedMasks());
            return new ShortcutImages(audit, inputs, progress, proposed, found, donors, dropped.size());
        } catch (IOException | RuntimeException e) {
            proposed.close();
            throw e;
        }
    }

    private static Candidate find(AuditInputs inputs, Proposed proposed, Shortcut wanted) throws GazecheckException {
        return proposed.candidates().stream()
                .filter(candidate ->
                        inputs.dataset().classes().get(candidate.label()).equals(wanted.name())
                                && candidate.reason() == wanted.reason()
                                && candidate.detail().equals(wanted.detail()))
                .findFirst()
                .orElseThrow(() -> notFound(inputs, wanted));
    }

    private static GazecheckException notFound(AuditInputs inputs, Shortcut wanted) {
        return new GazecheckException(
                FailureKind.OTHER,
                "the shortcut of " + wanted.name() + " (" + wanted.detail() + ") is not found again in "
                        + inputs.folder().root() + ": audit it again with this program (gazecheck audit "
                        + inputs.folder().root() + "), then mend what that finds");
    }

    /**
     * Images of train whose background alone is called their class, though it carries nothing that was proposed for that: it shows more
     * of the object than the mask covers, which must not be shown under another label.
     */
    private static Set<String> withObjects(AuditInputs inputs, Proposed proposed, Scores scores, Progress progress)
            throws IOException {
        List<SegmentedImage> divisible = proposed.training().divisible();
        float[][] alone =
                scores.of(divisible.stream().map(Composite.BackgroundOnly::new).toList(), "look at donors", progress);
        Set<String> showing = new HashSet<>();
        for (int i = 0; i < alone.length; i++) {
            SegmentedImage image = divisible.get(i);
            boolean called =
                    CompositeScores.best(alone[i], inputs.dataset().classes().size()) == image.label();
            boolean explained = proposed.candidates().stream()
                    .anyMatch(candidate -> candidate.label() == image.label() && candidate.carries(image));
            if (called && !explained) {
                showing.add(image.item().path());
            }
        }
        return showing;
    }

    /** Images of train that are not taken from, because they show more of their object than its mask covers. */
    public int dropped() {
        return dropped;
    }

    /** Images of train that edits are made of: all, or a sample of them. */
    public int trainingImages() {
        return proposed.training().images().size();
    }

    /**
     * Images of train, each edited as often as there are rounds: the shortcuts in turn, put on and taken off, as far as each fits. Those of
     * fewer rounds come first.
     */
    public List<EditedImage> ofTrain(int rounds) {
        return dealt(proposed.training().images(), rounds);
    }

    /** The same of val. */
    public List<EditedImage> ofVal(int rounds) {
        return dealt(val(), rounds);
    }

    private List<SegmentedImage> val() {
        return proposed.held().images().stream()
                .filter(image -> image.item().split() == Split.VAL)
                .toList();
    }

    private List<EditedImage> dealt(List<SegmentedImage> images, int rounds) {
        List<List<Way>> ways = new ArrayList<>();
        List<Way> all = ways();
        for (SegmentedImage image : images) {
            ways.add(all.stream().filter(way -> way.fits(image)).toList());
        }
        Map<Integer, Integer> turns = new HashMap<>();
        int[] turn = images.stream()
                .mapToInt(image -> turns.merge(image.label(), 1, Integer::sum))
                .toArray();
        List<EditedImage> edited = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < images.size(); i++) {
                List<Way> of = ways.get(i);
                if (!of.isEmpty()) {
                    edited.add(of.get((turn[i] + round) % of.size()).edit(images.get(i)));
                }
            }
        }
        return edited;
    }

    /** Images of val, each once with every shortcut put on and taken off, as far as each fits. */
    public List<EditedImage> ofVal() {
        List<SegmentedImage> images = val();
        List<EditedImage> edited = new ArrayList<>();
        for (Way way : ways()) {
            images.stream().filter(way::fits).map(way::edit).forEach(edited::add);
        }
        return edited;
    }

    /** One edit with one shortcut. */
    private record Way(int shortcut, Candidate candidate, Edit edit, Editor editor) {
        boolean fits(SegmentedImage image) {
            return candidate.fits(edit.question(), image);
        }

        EditedImage edit(SegmentedImage image) {
            return new EditedImage(image, shortcut, edit, editor.of(image));
        }
    }

    private List<Way> ways() {
        Randomness randomness = inputs.randomness();
        List<Way> ways = new ArrayList<>();
        for (int s = 0; s < shortcuts.size(); s++) {
            Candidate candidate = shortcuts.get(s);
            for (Edit edit : Edit.values()) {
                int number = s;
                candidate
                        .editor(edit, donors, randomness)
                        .ifPresent(editor -> ways.add(new Way(number, candidate, edit, editor)));
            }
        }
        return ways;
    }

    /**
     * What the network makes of edited images before its head. Each row is computed once and kept.
     *
     * @param what they are, for the progress
     * @return [n][d]
     */
    public float[][] features(List<EditedImage> images, String what) throws IOException {
        try (Scores scores = audit.scores(true)) {
            return features(images, scores, what);
        }
    }

    /**
     * What another network makes of them.
     *
     * @param other a run of that network
     */
    public float[][] features(List<EditedImage> images, AuditInputs other, String what) throws IOException {
        try (Scores scores = CompositeScores.withFeatures(other)) {
            return features(images, scores, what);
        }
    }

    private float[][] features(List<EditedImage> images, Scores scores, String what) throws IOException {
        int classes = inputs.dataset().classes().size();
        float[][] rows = scores.of(images.stream().map(EditedImage::composite).toList(), what, progress);
        return Arrays.stream(rows)
                .map(row -> Arrays.copyOfRange(row, classes, row.length))
                .toArray(float[][]::new);
    }

    /** Paths of images of val and test that carry none of the shortcuts, of those that were looked at. */
    public Set<String> without() {
        return proposed.held().images().stream()
                .filter(image -> shortcuts.stream().noneMatch(candidate -> candidate.carries(image)))
                .map(image -> image.item().path())
                .collect(Collectors.toSet());
    }

    /**
     * What became of a shortcut's effect on images of val and test: put on those of other classes, or taken off those of its own.
     *
     * @param after the mended run
     * @return empty where there are too few images
     */
    public Optional<ChangedEffect> change(int shortcut, Edit edit, AuditInputs after) throws IOException {
        try (Scores later = CompositeScores.ofLogits(after)) {
            return change(shortcut, edit, later);
        }
    }

    Optional<ChangedEffect> change(int shortcut, Edit edit, Scores later) throws IOException {
        Candidate candidate = shortcuts.get(shortcut);
        int label = candidate.label();
        List<SegmentedImage> held = proposed.held().images();
        List<SegmentedImage> objects = (edit == Edit.TAKEN_OFF
                        ? audit.own(label, held)
                        : held.stream().filter(image -> image.label() != label).toList())
                .stream()
                        .filter(image -> candidate.fits(edit.question(), image))
                        .toList();
        if (!candidate.triable(edit.question())) {
            return Optional.empty();
        }
        try (Scores earlier = audit.scores(false)) {
            Optional<Trial.Outcome> before = outcome(candidate, edit, objects, earlier);
            Optional<Trial.Outcome> then = outcome(candidate, edit, objects, later);
            return before.flatMap(one -> then.map(two -> EffectChange.of(edit.question(), label, one, two)));
        }
    }

    private Optional<Trial.Outcome> outcome(Candidate candidate, Edit edit, List<SegmentedImage> objects, Scores scores)
            throws IOException {
        return new Trial(scores, false, progress)
                .of(
                        edit.question(),
                        new ShortcutTrials(scores, inputs.randomness(), progress).inTurn(objects),
                        candidate.label(),
                        candidate.contrasts(edit.question(), inputs.randomness()));
    }

    @Override
    public void close() throws IOException {
        proposed.close();
    }
}
