package org.gazecheck.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.audit.PhotographAudit.Described;
import org.gazecheck.audit.intervention.PhotographFeatures;
import org.gazecheck.audit.suspicion.Suspicion;
import org.gazecheck.audit.suspicion.SuspicionInputs;
import org.gazecheck.audit.suspicion.SuspicionInputs.Photograph;
import org.gazecheck.data.Dataset;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Prediction;

/** Hands what was measured of a run to {@link Suspicion}. */
final class SuspicionAudit {
    private SuspicionAudit() {}

    /** Nothing where {@code audit.suspicion} is 0 or there are more photographs than it allows. */
    static Findings of(AuditInputs inputs, List<Prediction> predictions, List<Described> photographs, Progress progress)
            throws IOException {
        int most = inputs.configuration().audit().suspicion();
        if (photographs.size() > most) {
            progress.message("suspicious data: not looked for, " + photographs.size()
                    + " photographs are more than audit.suspicion, " + most);
            return Findings.NONE;
        }
        List<String> classes = inputs.dataset().classes();
        List<Dataset.Item> items = photographs.stream().map(Described::item).toList();
        return Suspicion.of(new SuspicionInputs(
                classes,
                predictions,
                probabilities(inputs),
                photographs.stream()
                        .map(p -> new Photograph(
                                p.item().path(),
                                p.item().sha256(),
                                p.item().split(),
                                classes.get(p.item().label()),
                                p.hash()))
                        .toList(),
                PhotographFeatures.of(inputs, items, progress),
                inputs.randomness()));
    }

    /** [predictions][classes] */
    private static float[][] probabilities(AuditInputs inputs) throws IOException {
        NpyArray array = Npy.read(inputs.folder().probabilities());
        int width = array.shape()[1];
        float[][] rows = new float[array.shape()[0]][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(array.floats(), i * width, (i + 1) * width);
        }
        return rows;
    }
}
