package org.gazecheck.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.gazecheck.audit.PropertyAudit.Described;
import org.gazecheck.audit.association.Association;
import org.gazecheck.audit.association.AssociationInputs;
import org.gazecheck.audit.association.AssociationInputs.Scene;
import org.gazecheck.io.NpyRows;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;

/** Hands what was measured of a run to {@link Association}. */
final class AssociationAudit {
    private AssociationAudit() {}

    static Association of(
            AuditInputs inputs, List<Prediction> predictions, List<Localisation> localisation, List<Described> images)
            throws IOException {
        List<String> classes = inputs.dataset().classes();
        List<Scene> training = images.stream()
                .filter(p -> p.item().split() == Split.TRAIN)
                .map(p -> new Scene(p.item().path(), classes.get(p.item().label()), p.scene()))
                .toList();
        try (NpyRows maps = NpyRows.open(inputs.map(MapTarget.PREDICTED))) {
            return Association.of(new AssociationInputs(
                    predictions,
                    localisation,
                    images.stream().map(Described::properties).toList(),
                    new KeptMaps(maps),
                    training,
                    inputs.randomness()));
        }
    }

    /** @param maps [n, side, side], rows as in {@code predictions.csv} */
    private record KeptMaps(NpyRows maps) implements AssociationInputs.Heatmaps {
        @Override
        public int side() {
            return maps.shape()[1];
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
