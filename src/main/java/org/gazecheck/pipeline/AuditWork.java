package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.audit.Audit;
import org.gazecheck.audit.AuditInputs;
import org.gazecheck.config.Computation;
import org.gazecheck.data.Datasets;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.results.CounterfactualsFile;
import org.gazecheck.results.RunFolder;

/** From maps and masks to {@code localisation.csv}, {@code properties.csv} and {@code findings.json}. */
final class AuditWork implements StageWork {
    private static final List<Computation> PARTS = List.of(
            Computation.LOCALISATION,
            Computation.COUNTERFACTUALS,
            Computation.PROPERTIES,
            Computation.ASSOCIATIONS,
            Computation.DATA_QUALITY,
            Computation.HEATMAP_QUALITY,
            Computation.FINDINGS);

    @Override
    public List<String> inputs(Run run) throws IOException {
        return List.of(
                PARTS.stream().map(run::identity).collect(Collectors.joining("\n")),
                run.outputs(Stage.PREPARE),
                run.outputs(Stage.TRAIN),
                run.outputs(Stage.EVALUATE),
                "masks " + Datasets.maskFingerprint(run.dataset()));
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
