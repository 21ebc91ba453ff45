package org.gazecheck.spark;

import java.util.Optional;
import org.gazecheck.audit.input.DescriptionRow;
import org.gazecheck.audit.input.EstimatedMaskRow;
import org.gazecheck.audit.input.GivenMaskRow;
import org.gazecheck.audit.input.MaskRows;
import org.gazecheck.audit.intervention.CounterfactualRow;
import org.gazecheck.audit.intervention.FeaturesRow;
import org.gazecheck.audit.localisation.LocalisationRow;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.evaluate.ImageScores;
import org.gazecheck.evaluate.ScoresRow;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.image.Preprocessing;

/** The single machine's kinds of row of an audit, alike on the driver and in executors. */
record AuditKinds(
        ImageScores network,
        ImageLoader images,
        ScoresRow scores,
        MaskRows masks,
        DescriptionRow descriptions,
        LocalisationRow localisation,
        FeaturesRow features) {
    /**
     * @param meaning how given masks are read; empty where none were given
     * @param band width of the border band, as a share of the side
     */
    static AuditKinds of(ImageScores network, ImageLoader images, Optional<MaskMeaning> meaning, double band) {
        Preprocessing preprocessing = network.preprocessing();
        MaskRows masks = new MaskRows(
                meaning.map(its -> new GivenMaskRow(preprocessing, its)), new EstimatedMaskRow(preprocessing, images));
        ScoresRow scores = new ScoresRow(network, images);
        return new AuditKinds(
                network,
                images,
                scores,
                masks,
                new DescriptionRow(preprocessing, images, masks),
                new LocalisationRow(scores, masks, preprocessing.crop(), band),
                new FeaturesRow(network.network(), preprocessing, network.engine(), images));
    }

    EstimatedMaskRow estimates() {
        return masks.estimated();
    }

    /** @param features whether rows are of logits and pooled features, or of logits */
    CounterfactualRow counterfactuals(boolean features) {
        return new CounterfactualRow(
                network.network(), network.preprocessing(), network.engine(), features, images, masks);
    }
}
