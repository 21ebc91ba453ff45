package org.gazecheck.audit.association;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.audit.association.AssociationInputs.Scene;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.input.DescribedImages.Described;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.io.NpyRows;
import org.gazecheck.results.HeatmapClustersFile;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;

/** {@code heatmap-clusters.csv} and {@link Association}s in what was measured of a run. */
public final class AssociationPart implements AuditPart {
    @Override
    public String name() {
        return "associations";
    }

    @Override
    public List<Path> owned(RunFolder folder) {
        return List.of(folder.heatmapClusters());
    }

    @Override
    public List<String> restsOn() {
        return List.of("localisation");
    }

    @Override
    public PartResult run(AuditSession session) throws IOException {
        if (!session.judgesNetwork()) {
            return PartResult.NOTHING;
        }
        Association association = association(session);
        Path file = session.folder().heatmapClusters();
        HeatmapClustersFile.write(file, association.groups());
        return new PartResult(association.findings(), List.of(file));
    }

    private static Association association(AuditSession session) throws IOException {
        AuditInputs inputs = session.inputs();
        List<Described> images = session.images();
        List<String> classes = inputs.dataset().classes();
        List<Scene> training = images.stream()
                .filter(p -> p.item().split() == Split.TRAIN)
                .map(p -> new Scene(p.item().path(), classes.get(p.item().label()), p.scene()))
                .toList();
        try (NpyRows maps = NpyRows.open(inputs.map(MapTarget.PREDICTED))) {
            return Association.of(new AssociationInputs(
                    session.predictions(),
                    LocalisationFile.read(session.folder().localisation()),
                    images.stream().map(Described::properties).toList(),
                    new KeptMaps(maps),
                    training,
                    inputs.randomness()));
        }
    }

    /** @param maps [n, h, w], rows as in {@code predictions.csv} */
    private record KeptMaps(NpyRows maps) implements AssociationInputs.Heatmaps {
        @Override
        public int width() {
            return maps.shape()[2];
        }

        @Override
        public float[] of(int i) {
            try {
                return maps.row(i);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
