package org.gazecheck.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gazecheck.audit.intervention.CounterfactualRow;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.rows.RowImage;
import org.gazecheck.rows.RowKind;
import org.gazecheck.rows.RowPass;

/**
 * What an executor needs to audit images; broadcast once.
 *
 * @param rule of {@link MaskMeaning}, by which the data set's masks are read; null where there are none
 * @param least of {@link MaskMeaning}
 * @param band width of the border band, as a share of the side
 * @param batch images in a forward pass
 * @param threads of the forward pass
 */
record AuditJob(ShippedModel model, MaskMeaning.Rule rule, int least, double band, int batch, int threads)
        implements Serializable {
    /** By what they depend on, so that a virtual machine reads and opens the model once, for as long as it lives. */
    private static final ConcurrentHashMap<String, AuditKinds> KINDS = new ConcurrentHashMap<>();

    private static final ConcurrentHashMap<String, Opened<?>> OPENED = new ConcurrentHashMap<>();

    /** A network, opened; one task at a time has it, since it has as many threads as it is given. */
    record Opened<I>(RowKind<I, float[]> kind, RowPass<I, float[]> pass) {
        float[] compute(List<I> batch) throws IOException {
            synchronized (pass) {
                return pass.compute(batch);
            }
        }
    }

    AuditKinds kinds() throws IOException {
        synchronized (KINDS) {
            AuditKinds kinds = KINDS.get(identity());
            if (kinds == null) {
                kinds = AuditKinds.of(
                        model.scores(),
                        model.images(),
                        Optional.ofNullable(rule).map(its -> new MaskMeaning(its, least)),
                        band);
                KINDS.put(identity(), kinds);
            }
            return kinds;
        }
    }

    /** @param features whether rows are of logits and pooled features, or of logits */
    Opened<CounterfactualRow.Pair> counterfactuals(boolean features) throws IOException {
        return opened("counterfactual " + features, kinds().counterfactuals(features));
    }

    Opened<RowImage> features() throws IOException {
        return opened("features", kinds().features());
    }

    /** Under a name there is one kind. */
    @SuppressWarnings("unchecked")
    private <I> Opened<I> opened(String name, RowKind<I, float[]> kind) {
        return (Opened<I>)
                OPENED.computeIfAbsent(identity() + " " + name, key -> new Opened<>(kind, kind.open(threads)));
    }

    private String identity() {
        return String.join(
                " ", model.hash(), "" + model.flip(), "" + model.maxPixels(), "" + rule, "" + least, "" + band);
    }
}
