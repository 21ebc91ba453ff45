package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.progress.Progress;

/**
 * What backgrounds alone say.
 *
 * @param scenes of train, val and test
 * @param called [held] classes predicted on the backgrounds of val and test alone
 */
record Backgrounds(Scenes scenes, int[] called, List<Candidate> candidates) {
    /**
     * @param training images that can be taken apart
     * @param held those of val and test
     */
    static Backgrounds of(
            AuditInputs inputs,
            List<SegmentedImage> training,
            List<SegmentedImage> held,
            boolean estimatedMasks,
            Scores.Source network,
            Progress progress)
            throws IOException {
        List<SegmentedImage> all = new ArrayList<>(training);
        all.addAll(held);
        float[][] alone;
        try (Scores scores = network.open(true)) {
            alone = scores.of(
                    all.stream().map(Composite.BackgroundOnly::new).toList(), "look at backgrounds alone", progress);
        }
        int classes = inputs.dataset().classes().size();
        Scenes scenes = Scenes.cluster(alone, classes, inputs.randomness());
        return new Backgrounds(
                scenes,
                IntStream.range(training.size(), all.size())
                        .map(i -> CompositeScores.best(alone[i], classes))
                        .toArray(),
                new BackgroundCandidates(all, scenes, alone, classes, estimatedMasks).proposed(training.size()));
    }
}
