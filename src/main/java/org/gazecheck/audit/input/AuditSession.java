package org.gazecheck.audit.input;

import java.io.IOException;
import java.util.List;
import org.gazecheck.audit.input.DescribedImages.Described;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.jspecify.annotations.Nullable;

/** What the parts of one audit share: what is costly is opened or computed when a part first asks, and once. */
public final class AuditSession implements AutoCloseable {
    private final AuditInputs inputs;
    private final Progress progress;
    private final List<Prediction> predictions;
    private @Nullable ObjectMasks masks;
    private @Nullable List<Described> images;

    private AuditSession(AuditInputs inputs, Progress progress, List<Prediction> predictions) {
        this.inputs = inputs;
        this.progress = progress;
        this.predictions = predictions;
    }

    public static AuditSession open(AuditInputs inputs, Progress progress) throws IOException {
        return new AuditSession(
                inputs, progress, PredictionsFile.read(inputs.folder().predictions()));
    }

    public AuditInputs inputs() {
        return inputs;
    }

    public RunFolder folder() {
        return inputs.folder();
    }

    public Progress progress() {
        return progress;
    }

    public List<Prediction> predictions() {
        return predictions;
    }

    /**
     * Whether anything is concluded about the network: not of images that are all new, since that belongs to the run that
     * trained it.
     */
    public boolean judgesNetwork() {
        return predictions.stream().anyMatch(p -> p.split() != Split.NEW);
    }

    public ObjectMasks masks() throws IOException {
        if (masks == null) {
            masks = ObjectMasks.open(inputs, progress);
        }
        return masks;
    }

    /** All images of all splits, in the data set's order. */
    public List<Described> images() throws IOException {
        if (images == null) {
            images = DescribedImages.describe(inputs, masks(), progress);
        }
        return images;
    }

    @Override
    public void close() throws IOException {
        if (masks != null) {
            masks.close();
        }
    }
}
