package org.gazecheck.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.intervention.CounterfactualWork;
import org.gazecheck.audit.intervention.InterventionPart;
import org.gazecheck.config.Configuration;
import org.gazecheck.data.Dataset;
import org.gazecheck.evaluate.EvaluationInputs;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.io.Folders;
import org.gazecheck.network.Network;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;

/**
 * The single machine's own interventions, on the driver, in a folder that is thrown away: they draw pairs and judge; what they
 * have scored stays in the store, where the run's audit finds it.
 */
final class Intervening {
    private final Configuration configuration;
    private final TrainedModel model;
    private final Dataset dataset;
    private final Progress progress;

    Intervening(Configuration configuration, TrainedModel model, Dataset dataset, Progress progress) {
        this.configuration = configuration;
        this.model = model;
        this.dataset = dataset;
        this.progress = progress;
    }

    void compute(CounterfactualWork work) throws IOException {
        if (configuration.model().run() != null || configuration.mitigation().run() != null) {
            progress.message("counterfactual images: none, since the temperature of another run's network is known to"
                    + " gazecheck audit alone, which computes them");
            return;
        }
        if (dataset.of(Split.VAL).isEmpty() && dataset.of(Split.TEST).isEmpty()) {
            progress.message("counterfactual images: none, since there are no images of val and test");
            return;
        }
        Path folder = Files.createTempDirectory("gazecheck-audit");
        try {
            compute(new RunFolder(folder), work);
        } finally {
            Folders.delete(folder);
        }
    }

    private void compute(RunFolder folder, CounterfactualWork work) throws IOException {
        Store store =
                new Store(configuration.cache().dir(), configuration.cache().maxSize());
        Randomness randomness = new Randomness(configuration.seed());
        Network network = model.network().network();
        Evaluator.evaluate(
                new EvaluationInputs(
                        dataset,
                        network,
                        model.network().preprocessing(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        configuration,
                        store,
                        folder,
                        randomness),
                progress);
        AuditInputs inputs = new AuditInputs(
                dataset,
                network,
                model.network().preprocessing(),
                configuration,
                store,
                folder,
                randomness,
                Evaluator.method(network),
                network.lastLayer());
        try (AuditSession session = AuditSession.open(inputs, progress)) {
            InterventionPart.compute(session, work);
        }
    }
}
