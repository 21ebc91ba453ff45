package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.gazecheck.config.Configuration;
import org.gazecheck.evaluate.EvaluationInputs;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.OtherRunModelFile;
import org.gazecheck.results.RunFolder;

/** From {@code model.zip} to predictions, metrics and maps. */
final class EvaluateWork implements StageWork {
    private static final int VERSION = 2;

    @Override
    public List<String> inputs(Run run) {
        Configuration configuration = run.configuration();
        return List.of(
                "evaluate " + VERSION,
                run.outputs(Stage.PREPARE),
                run.outputs(Stage.TRAIN),
                configuration.evaluate().toString(),
                "inference " + configuration.compute().inference(),
                "maxPixels " + configuration.data().maxPixels(),
                "seed " + configuration.seed());
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
                run.configuration(),
                run.store(),
                folder,
                run.randomness());
        Evaluator.evaluate(inputs, run.progress());
        String method = Evaluator.method(model.network());
        return List.of(
                folder.predictions(),
                folder.probabilities(),
                folder.features(),
                folder.metrics(),
                folder.map(method, model.layer(), MapTarget.PREDICTED),
                folder.map(method, model.layer(), MapTarget.TRUE));
    }

    private static OptionalDouble temperature(Run run) throws IOException {
        if (!RunModel.isOfOtherRun(run.configuration())) {
            return OptionalDouble.empty();
        }
        Double temperature =
                OtherRunModelFile.read(run.folder().otherRunModel()).temperature();
        return temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature);
    }
}
