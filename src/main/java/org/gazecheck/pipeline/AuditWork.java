package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.audit.Audit;
import org.gazecheck.audit.AuditInputs;
import org.gazecheck.data.Datasets;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.results.CounterfactualsFile;
import org.gazecheck.results.RunFolder;

/** From maps and masks to {@code localisation.csv}, {@code properties.csv} and {@code findings.json}. */
final class AuditWork implements StageWork {
    private static final int VERSION = 9;

    @Override
    public List<String> inputs(Run run) throws IOException {
        return List.of(
                "audit " + VERSION,
                run.outputs(Stage.PREPARE),
                run.outputs(Stage.TRAIN),
                run.outputs(Stage.EVALUATE),
                run.configuration().audit().toString(),
                "inference " + run.configuration().compute().inference(),
                "maxPixels " + run.configuration().data().maxPixels(),
                "masks " + Datasets.maskFingerprint(run.dataset()),
                "seed " + run.configuration().seed());
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        RunModel model = run.model();
        AuditInputs inputs = new AuditInputs(
                run.dataset(),
                model.network(),
                model.preprocessing(),
                run.configuration(),
                run.store(),
                run.folder(),
                run.randomness(),
                Evaluator.method(model.network()),
                model.layer());
        Audit.audit(inputs, run.progress());
        RunFolder folder = run.folder();
        List<Path> pictures = Files.exists(folder.counterfactuals())
                ? CounterfactualsFile.read(folder.counterfactuals()).stream()
                        .flatMap(line -> line.files().stream())
                        .map(name -> folder.counterfactualImages().resolve(name))
                        .toList()
                : List.of();
        Stream<Path> files = Stream.of(
                        folder.localisation(),
                        folder.properties(),
                        folder.dataQuality(),
                        folder.findings(),
                        folder.heatmapQuality(),
                        folder.interventions(),
                        folder.heatmapClusters(),
                        folder.counterfactuals())
                .filter(Files::exists);
        return Stream.concat(files, pictures.stream()).toList();
    }
}
