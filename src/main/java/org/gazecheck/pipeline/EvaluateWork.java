package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.config.Configuration;
import org.gazecheck.evaluate.EvaluationInputs;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.RunFolder;

/** From {@code model.zip} to predictions, metrics and maps. */
final class EvaluateWork implements StageWork {
    private static final int VERSION = 1;

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
        run.calibrate();
        RunFolder folder = run.folder();
        ModelArchive.Loaded model = ModelArchive.read(folder.archive());
        EvaluationInputs inputs = new EvaluationInputs(
                run.dataset(),
                model.network(),
                model.info().preprocessing(),
                run.configuration(),
                run.store(),
                folder,
                run.randomness());
        Evaluator.evaluate(inputs, run.progress());
        String layer = lastLayer(model);
        return List.of(
                folder.predictions(),
                folder.probabilities(),
                folder.metrics(),
                folder.map(Evaluator.METHOD, layer, MapTarget.PREDICTED),
                folder.map(Evaluator.METHOD, layer, MapTarget.TRUE));
    }

    /** The layer whose maps a run holds. */
    static String lastLayer(ModelArchive.Loaded model) {
        List<String> stages = model.network().architecture().stageNames();
        return stages.get(stages.size() - 1);
    }
}
