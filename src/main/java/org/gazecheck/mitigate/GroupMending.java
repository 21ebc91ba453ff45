package org.gazecheck.mitigate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Head;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.MitigationTraining.Balance;
import org.gazecheck.results.MitigationTraining.Method;
import org.gazecheck.results.Split;
import org.gazecheck.train.TrainingInputs;

/** Mends a run by groups that are known: trains its head again, balanced over them, and sets what came of it beside it. */
public final class GroupMending {
    private final AuditInputs run;
    private final Mending.Origin origin;
    private final Table table;
    private final Progress progress;

    /**
     * Where groups come from.
     *
     * @param file as it was given
     * @param sha256 of its bytes
     */
    public record Table(Path file, String sha256, ImageGroups groups) {}

    /** @param run that is mended, with its network */
    public GroupMending(AuditInputs run, Mending.Origin origin, Table table, Progress progress) {
        this.run = run;
        this.origin = origin;
        this.table = table;
        this.progress = progress;
    }

    /**
     * Trains the head again.
     *
     * @param network that is mended
     * @param training with a backbone that but for its head is that of the network
     */
    public Mending.Mended head(BuiltInNetwork network, TrainingInputs training) throws IOException {
        ImageGroups groups = table.groups();
        List<Dataset.Item> train = run.dataset().of(Split.TRAIN);
        List<Dataset.Item> val = run.dataset().of(Split.VAL);
        GroupSamples samples = new GroupSamples(train, groups, run.randomness());
        GroupCells cells = GroupCells.of(run.dataset(), groups);
        int unnamedTrain = unnamed(train);
        int unnamedVal = unnamed(val);
        List<String> notes = cells.notes(unnamedTrain, unnamedVal);
        notes.forEach(progress::message);
        HeadMitigation.Chosen chosen = new GroupMitigation(groups, samples, progress).train(training);
        Head before = network.head().orElseThrow();
        return new Mending.Mended(
                network.withHead(chosen.head()),
                new MitigationTraining(
                        MitigationTraining.SCHEMA_VERSION,
                        origin.folder(),
                        origin.model(),
                        Method.GROUPS,
                        List.of(),
                        new Balance(
                                table.file().toString(),
                                table.sha256(),
                                cells.cells(),
                                samples.drawn(),
                                samples.count(),
                                unnamedTrain,
                                unnamedVal,
                                notes),
                        train.size() - unnamedTrain,
                        0,
                        0,
                        0,
                        chosen.choice().l2(),
                        chosen.choices(),
                        chosen.cells().described(run.dataset().classes(), before, chosen.cells(), chosen.head()),
                        chosen.cells().calibration(chosen.head(), run.randomness())),
                Optional.empty());
    }

    private int unnamed(List<Dataset.Item> items) {
        return (int)
                items.stream().filter(item -> table.groups().of(item).isEmpty()).count();
    }

    /**
     * Sets the mended run, evaluated and audited, beside this one.
     *
     * @param findings of its audit
     */
    public Mitigation account(MitigationTraining training, AuditInputs mended, Findings findings) throws IOException {
        return new Account(training, run, mended).ofGroups(table.groups(), findings);
    }
}
