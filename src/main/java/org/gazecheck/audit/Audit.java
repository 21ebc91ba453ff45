package org.gazecheck.audit;

import java.io.IOException;
import java.util.List;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Attention;
import org.gazecheck.results.AttentionFile;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;

/** Asks of a run's predictions and heatmaps whether the network looks at the right thing. */
public final class Audit {
    private Audit() {}

    /** Writes {@code attention.csv} and {@code findings.json}. */
    public static void audit(AuditInputs inputs, Progress progress) throws IOException {
        List<Prediction> predictions = PredictionsFile.read(inputs.folder().predictions());
        List<Attention> attention = AttentionAudit.measure(inputs, predictions, progress);
        AttentionFile.write(inputs.folder().attention(), attention);
        Findings ofAttention = new AttentionFindings(predictions, attention, inputs.randomness()).all();
        FindingsFile.write(inputs.folder().findings(), Findings.together(List.of(ofAttention)));
    }
}
