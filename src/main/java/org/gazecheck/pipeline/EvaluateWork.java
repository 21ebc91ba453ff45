package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.config.Computation;
import org.gazecheck.evaluate.EvaluationInputs;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.evaluate.LabelOrder;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.OtherRunModelFile;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.ScoringRule;
import org.gazecheck.results.ScoringRuleFile;

/** From {@code model.zip} to predictions, metrics and maps. */
final class EvaluateWork implements StageWork {
    @Override
    public List<String> inputs(Run run) {
        return List.of(run.identity(Computation.EVALUATE), run.outputs(Stage.PREPARE), run.outputs(Stage.TRAIN));
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        if (!RunModel.isOfOtherRun(run.configuration())) {
            run.calibrate();
        }
        RunFolder folder = run.folder();
        RunModel model = run.model();
        EvaluationInputs inputs = new EvaluationInputs(
                run.dataset(),
                model.network(),
                model.preprocessing(),
                temperature(run),
                calibration(run),
                run.configuration(),
                run.store(),
                folder,
                run.randomness());
        Files.deleteIfExists(folder.scoring());
        double fitted = Evaluator.evaluate(inputs, run.progress());
        run.assume(Stage.EVALUATE, probabilities(MetricsFile.read(folder.metrics())));
        if (run.configuration().external().model() != null) {
            Optional<LabelOrder> doubt = LabelOrder.doubt(PredictionsFile.read(folder.predictions()));
            if (doubt.isPresent()) {
                ImportWork.warn(run, doubt.get().text());
            }
        }
        ScoringRuleFile.write(
                folder.scoring(),
                new ScoringRule(
                        ScoringRule.SCHEMA_VERSION,
                        Hashes.sha256(run.modelFile()),
                        run.manifest().classes(),
                        model.layer(),
                        fitted,
                        run.configuration().evaluate().flip()));
        String method = Evaluator.method(model.network());
        return List.of(
                folder.predictions(),
                folder.probabilities(),
                folder.features(),
                folder.metrics(),
                folder.scoring(),
                folder.map(method, model.layer(), MapTarget.PREDICTED),
                folder.map(method, model.layer(), MapTarget.TRUE));
    }

    private static List<Assumption> probabilities(Metrics metrics) {
        Calibration calibration = metrics.calibration();
        return calibration == null || calibration.refusal() == null
                ? List.of()
                : List.of(new Assumption(
                        Stage.EVALUATE.text(),
                        "evaluate.temperature",
                        String.format(
                                Locale.ROOT,
                                "probabilities are the network's own: the temperature %.3f that fits %s best is not used,"
                                        + " because %s",
                                calibration.fitted(),
                                calibration.images(),
                                calibration.refusal()),
                        Map.of()));
    }

    private static OptionalDouble temperature(Run run) throws IOException {
        if (!RunModel.isOfOtherRun(run.configuration())) {
            return OptionalDouble.empty();
        }
        Double temperature =
                OtherRunModelFile.read(run.folder().otherRunModel()).temperature();
        return temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature);
    }

    /** Of a mended network; that is of scores which are not averaged over mirror images. */
    private static Optional<Calibration> calibration(Run run) throws IOException {
        if (run.configuration().mitigation().run() == null
                || run.configuration().evaluate().flip()) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                MitigationFile.readTraining(run.folder().mitigationTraining()).calibration());
    }
}
