package org.gazecheck.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.input.EstimatedMaskRow;
import org.gazecheck.audit.input.MaskRows;
import org.gazecheck.audit.intervention.CounterfactualRow;
import org.gazecheck.audit.intervention.CounterfactualWork;
import org.gazecheck.audit.intervention.InterventionPart;
import org.gazecheck.audit.localisation.LocalisationPart;
import org.gazecheck.audit.localisation.LocalisationRow;
import org.gazecheck.data.Dataset;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.evaluate.ScoresRow;
import org.gazecheck.network.Engine;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowPass;
import org.gazecheck.store.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit whose rows were computed by others, of bytes alone, says what it says of its own. */
class RowsFromElsewhereTest {
    @TempDir
    Path work;

    private DrawnAudit drawn;
    private RunFolder folder;
    private AuditInputs inputs;
    private int computed;

    @BeforeEach
    void draw() throws Exception {
        drawn = new DrawnAudit(work);
        folder = drawn.evaluated();
        inputs = drawn.inputs(folder, drawn.configuration(), work.resolve("shared"));
    }

    @Test
    void counterfactualImagesAreScoredElsewhere_andTheAuditFindsAllThatItAsksFor() throws Exception {
        byte[] alone = interventions("alone");
        try (AuditSession session = AuditSession.open(inputs, Progress.SILENT)) {
            InterventionPart.compute(session, this::rows);
        }
        List<Path> shards = shards();
        assertTrue(computed > 100, computed + " images");
        assertArrayEquals(alone, interventions("shared"));
        assertEquals(shards, shards());
    }

    @Test
    void localisationThatLiesInTheStoreIsTakenFromThere() throws Exception {
        List<Localisation> measured = localisation();
        Dataset.Item item = inputs.dataset().of(Split.VAL).get(0);
        LocalisationRow kind = new LocalisationRow(
                new ScoresRow(
                        new ImageScores(inputs.network(), inputs.preprocessing(), Engine.ONNX, false),
                        inputs.dataset().images()),
                masks(),
                inputs.preprocessing().crop(),
                inputs.configuration().audit().border());
        try (Table table = inputs.store().open(kind.name(), kind.context(), kind.encoding(), kind.rowLength())) {
            double[] row = new double[kind.rowLength()];
            row[0] = 0.125;
            table.append(List.of(kind.key(image(item).with(masks().estimated(), new float[0]))), row);
        }
        List<Localisation> found = localisation();
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).path().equals(item.path())) {
                assertNotEquals(measured.get(i), found.get(i));
            } else {
                assertEquals(measured.get(i), found.get(i));
            }
        }
    }

    private byte[] interventions(String kept) throws Exception {
        AuditInputs its = drawn.inputs(folder, drawn.configuration(), work.resolve(kept));
        try (AuditSession session = AuditSession.open(its, Progress.SILENT)) {
            new InterventionPart().run(session);
        }
        return Files.readAllBytes(folder.interventions());
    }

    private List<Localisation> localisation() throws Exception {
        try (AuditSession session = AuditSession.open(inputs, Progress.SILENT)) {
            new LocalisationPart().run(session);
        }
        return LocalisationFile.read(folder.localisation());
    }

    private Map<String, float[]> rows(boolean features, List<CounterfactualWork.Wanted> wanted) throws IOException {
        CounterfactualRow kind = new CounterfactualRow(
                inputs.network(),
                inputs.preprocessing(),
                Engine.ONNX,
                features,
                inputs.dataset().images(),
                masks());
        Map<String, float[]> rows = new HashMap<>();
        try (RowPass<CounterfactualRow.Pair, float[]> pass = kind.open(1)) {
            for (CounterfactualWork.Wanted each : wanted) {
                var pair = new CounterfactualRow.Pair(masked(each.object()), masked(each.background()));
                assertEquals(each.key(), kind.key(pair));
                rows.put(each.key(), pass.compute(List.of(pair)));
            }
        }
        computed += rows.size();
        return rows;
    }

    private Optional<RowImage> masked(Optional<Dataset.Item> item) throws IOException {
        if (item.isEmpty()) {
            return Optional.empty();
        }
        EstimatedMaskRow kind = masks().estimated();
        RowImage image = image(item.get());
        try (RowPass<RowImage, float[]> pass = kind.open(1)) {
            return Optional.of(image.with(kind, pass.compute(List.of(image))));
        }
    }

    private RowImage image(Dataset.Item item) throws IOException {
        return RowImage.of(item.path(), inputs.dataset().images().open(item.path()), item.sha256(), item.label());
    }

    private MaskRows masks() {
        return new MaskRows(
                Optional.empty(),
                new EstimatedMaskRow(inputs.preprocessing(), inputs.dataset().images()));
    }

    private List<Path> shards() throws IOException {
        try (Stream<Path> all = Files.walk(work.resolve("shared"))) {
            return all.filter(file -> file.getFileName().toString().startsWith("shard-"))
                    .sorted()
                    .toList();
        }
    }
}
