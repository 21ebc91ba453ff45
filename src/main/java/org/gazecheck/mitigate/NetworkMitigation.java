package org.gazecheck.mitigate;

import java.io.IOException;
import java.util.List;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.intervention.EditedImage;
import org.gazecheck.audit.intervention.ImageFeatures;
import org.gazecheck.audit.intervention.ShortcutImages;
import org.gazecheck.data.Dataset;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Head;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.MitigationTraining.Choice;
import org.gazecheck.results.Split;
import org.gazecheck.train.TrainedModel;
import org.gazecheck.train.Trainer;
import org.gazecheck.train.TrainingInputs;

/**
 * Trains the run's own stages again, with counterfactual images as augmentation: every epoch shows an image of train as it is or one of
 * its counterfactual images in its place, all alike. Epochs are chosen on val with counterfactual images of val beside it.
 */
final class NetworkMitigation {
    /** Counterfactual images of an image of train. */
    private static final int OF_TRAIN = 4;

    /** Of an image of val: one that puts something on and one that takes something off, where both can be made. */
    private static final int OF_VAL = 2;

    private final AuditInputs run;
    private final ShortcutImages images;
    private final Progress progress;

    NetworkMitigation(AuditInputs run, ShortcutImages images, Progress progress) {
        this.run = run;
        this.images = images;
        this.progress = progress;
    }

    /**
     * @param cells of val, of both networks
     */
    record Trained(TrainedModel model, Choice choice, List<MitigationTraining.Cell> cells, Calibration calibration) {}

    Trained train(BuiltInNetwork before, TrainingInputs training) throws IOException {
        EditedDataset edited =
                EditedDataset.of(run.dataset(), images.ofTrain(OF_TRAIN), images.ofVal(OF_VAL), run.preprocessing());
        TrainedModel model = Trainer.train(training.with(edited.dataset(), edited.variants()), progress);
        BuiltInNetwork after = model.network();
        Cells earlier = cells(run);
        Cells later = cells(with(after));
        Head head = after.head().orElseThrow();
        Cells.Score score = later.score(head);
        return new Trained(
                model,
                new Choice(OF_TRAIN, OF_TRAIN, model.probe().l2(), score.worst(), score.mean(), score.logLoss()),
                earlier.described(run.dataset().classes(), before.head().orElseThrow(), later, head),
                later.calibration(head, run.randomness()));
    }

    private Cells cells(AuditInputs of) throws IOException {
        List<Dataset.Item> val = run.dataset().of(Split.VAL);
        List<EditedImage> edited = images.ofVal();
        return Cells.of(
                val,
                ImageFeatures.of(of, val, "features of val", progress),
                edited,
                images.features(edited, of, "counterfactual images of val"));
    }

    private AuditInputs with(BuiltInNetwork network) {
        return new AuditInputs(
                run.dataset(),
                network,
                run.preprocessing(),
                run.configuration(),
                run.store(),
                run.folder(),
                run.randomness(),
                run.images(),
                run.method(),
                run.layer());
    }
}
