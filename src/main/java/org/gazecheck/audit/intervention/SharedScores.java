package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.data.Dataset;
import org.gazecheck.progress.Progress;

/** Scores whose missing rows are computed elsewhere where they are of an object and a background of the data set, else here. */
final class SharedScores implements Scores {
    private final CompositeScores scores;
    private final boolean features;
    private final Set<Dataset.Item> known;
    private final CounterfactualWork work;

    private SharedScores(CompositeScores scores, boolean features, Set<Dataset.Item> known, CounterfactualWork work) {
        this.scores = scores;
        this.features = features;
        this.known = known;
        this.work = work;
    }

    static Scores.Source over(AuditInputs inputs, CounterfactualWork work) {
        Set<Dataset.Item> known = new HashSet<>(inputs.dataset().items());
        return features -> new SharedScores(CompositeScores.open(inputs, features), features, known, work);
    }

    @Override
    public float[][] of(List<? extends Composite> composites, String what, Progress progress) throws IOException {
        List<CounterfactualWork.Wanted> wanted = new ArrayList<>();
        scores.missing(composites)
                .forEach((key, composite) -> wanted(key, composite).ifPresent(wanted::add));
        if (!wanted.isEmpty()) {
            Map<String, float[]> rows = work.rows(features, wanted);
            scores.keep(rows);
        }
        return scores.of(composites, what, progress);
    }

    private Optional<CounterfactualWork.Wanted> wanted(String key, Composite composite) {
        Optional<SegmentedImage> object = Optional.empty();
        Optional<SegmentedImage> background = Optional.empty();
        if (composite instanceof Composite.Pasted pasted) {
            object = Optional.of(pasted.object());
            background = Optional.of(pasted.background());
        } else if (composite instanceof Composite.ObjectOnly alone) {
            object = Optional.of(alone.object());
        } else if (composite instanceof Composite.BackgroundOnly alone) {
            background = Optional.of(alone.of());
        } else {
            return Optional.empty();
        }
        return isKnown(object) && isKnown(background)
                ? Optional.of(new CounterfactualWork.Wanted(
                        key, object.map(SegmentedImage::item), background.map(SegmentedImage::item)))
                : Optional.empty();
    }

    /** Not what was made of an image: that has a content of its own. */
    private boolean isKnown(Optional<SegmentedImage> image) {
        return image.map(of -> known.contains(of.item())).orElse(true);
    }

    @Override
    public float[][] probabilities(float[][] rows) throws IOException {
        return scores.probabilities(rows);
    }

    @Override
    public void close() throws IOException {
        scores.close();
    }
}
