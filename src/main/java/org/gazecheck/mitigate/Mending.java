package org.gazecheck.mitigate;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.intervention.ShortcutImages;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Head;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.MitigationTraining.Choice;
import org.gazecheck.results.MitigationTraining.Method;
import org.gazecheck.results.MitigationTraining.Target;
import org.gazecheck.train.TrainedModel;
import org.gazecheck.train.TrainingInputs;

/** Mends a run: trains its network again against shortcuts that its audit found, and sets what came of it beside it. */
public final class Mending {
    private final AuditInputs run;
    private final Origin origin;
    private final List<Shortcut> shortcuts;
    private final Progress progress;

    /**
     * The run that is mended.
     *
     * @param folder as it was given
     * @param model SHA-256 of its archive
     */
    public record Origin(String folder, String model) {}

    /**
     * A network, and how it came about.
     *
     * @param trained what its training came to, where more than the head was trained
     */
    public record Mended(BuiltInNetwork network, MitigationTraining training, Optional<TrainedModel> trained) {}

    /**
     * @param run that is mended, with its network
     * @param shortcuts of it, one at least
     */
    public Mending(AuditInputs run, Origin origin, List<Shortcut> shortcuts, Progress progress) {
        this.run = run;
        this.origin = origin;
        this.shortcuts = List.copyOf(shortcuts);
        this.progress = progress;
    }

    /**
     * Trains the head again.
     *
     * @param network that is mended
     * @param training with a backbone that but for its head is that of the network
     */
    public Mended head(BuiltInNetwork network, TrainingInputs training) throws IOException {
        try (AuditSession session = AuditSession.open(run, progress);
                ShortcutImages images = ShortcutImages.open(session, shortcuts)) {
            HeadMitigation.Chosen chosen = new HeadMitigation(images, progress).train(training);
            Head before = network.head().orElseThrow();
            return new Mended(
                    network.withHead(chosen.head()),
                    described(
                            Method.HEAD,
                            images,
                            chosen.choice(),
                            chosen.choices(),
                            chosen.cells().described(run.dataset().classes(), before, chosen.cells(), chosen.head()),
                            chosen.cells().calibration(chosen.head(), run.randomness())),
                    Optional.empty());
        }
    }

    /**
     * Trains all again that the recipe trains, from where it started.
     *
     * @param network that is mended
     * @param training as the run had it
     */
    public Mended network(BuiltInNetwork network, TrainingInputs training) throws IOException {
        try (AuditSession session = AuditSession.open(run, progress);
                ShortcutImages images = ShortcutImages.open(session, shortcuts)) {
            NetworkMitigation.Trained trained = new NetworkMitigation(run, images, progress).train(network, training);
            return new Mended(
                    trained.model().network(),
                    described(
                            Method.NETWORK,
                            images,
                            trained.choice(),
                            List.of(),
                            trained.cells(),
                            trained.calibration()),
                    Optional.of(trained.model()));
        }
    }

    private MitigationTraining described(
            Method method,
            ShortcutImages images,
            Choice choice,
            List<Choice> choices,
            List<MitigationTraining.Cell> cells,
            Calibration calibration) {
        return new MitigationTraining(
                MitigationTraining.SCHEMA_VERSION,
                origin.folder(),
                origin.model(),
                method,
                shortcuts.stream().map(Mending::target).toList(),
                null,
                images.trainingImages(),
                images.dropped(),
                choice.counterfactuals(),
                choice.weight(),
                choice.l2(),
                choices,
                cells,
                calibration);
    }

    private static Target target(Shortcut shortcut) {
        return new Target(
                shortcut.name(), shortcut.reason(), shortcut.detail(), Objects.requireNonNull(shortcut.grade()));
    }

    /**
     * Sets the mended run, evaluated and audited, beside this one.
     *
     * @param findings of its audit
     */
    public Mitigation account(MitigationTraining training, AuditInputs mended, Findings findings) throws IOException {
        try (AuditSession session = AuditSession.open(run, progress);
                ShortcutImages images = ShortcutImages.open(session, shortcuts)) {
            return new Account(training, run, mended).ofShortcuts(images, findings);
        }
    }
}
