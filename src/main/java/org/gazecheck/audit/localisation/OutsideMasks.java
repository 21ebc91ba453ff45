package org.gazecheck.audit.localisation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.input.ObjectMasks;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.io.NpyRows;
import org.gazecheck.results.Finding;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;

/**
 * Looks at the images that show a finding best for what their masks leave out, so that a class whose masks hold one of several
 * objects is not accused.
 */
final class OutsideMasks {
    private static final double HARDLY = 0.1;

    private final AuditInputs inputs;
    private final ObjectMasks masks;
    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<String, Dataset.Item> items = new HashMap<>();

    private OutsideMasks(AuditInputs inputs, ObjectMasks masks, List<Prediction> predictions) {
        this.inputs = inputs;
        this.masks = masks;
        predictions.forEach(p -> rows.put(p.path(), rows.size()));
        inputs.dataset().items().forEach(item -> items.put(item.path(), item));
    }

    /** The findings, each with a sentence on what the masks leave out where that is known. */
    static List<Finding> described(AuditSession session, List<Finding> findings) throws IOException {
        if (findings.isEmpty()) {
            return findings;
        }
        OutsideMasks outside = new OutsideMasks(session.inputs(), session.masks(), session.predictions());
        List<Finding> described = new ArrayList<>();
        try (NpyRows maps = NpyRows.open(session.inputs().map(MapTarget.PREDICTED))) {
            for (Finding finding : findings) {
                described.add(sentence(outside.of(finding.evidence(), maps))
                        .map(added -> finding.saying(
                                finding.statement().saying(finding.text() + " " + added, finding.advice())))
                        .orElse(finding));
            }
        }
        return described;
    }

    private List<LeftOut> of(List<String> paths, NpyRows maps) throws IOException {
        List<Dataset.Item> shown = paths.stream()
                .map(path -> Objects.requireNonNull(items.get(path), path))
                .toList();
        masks.prepare(shown);
        List<LeftOut> all = new ArrayList<>();
        for (Dataset.Item item : shown) {
            Optional<Mask> mask = masks.of(item);
            if (mask.isPresent()) {
                int row = Objects.requireNonNull(rows.get(item.path()), item.path());
                LeftOut.of(
                                maps.row(row),
                                maps.shape()[1],
                                maps.shape()[2],
                                mask.get(),
                                inputs.images().frame(item))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    /** Empty where there are no masks. */
    static Optional<String> sentence(List<LeftOut> images) {
        if (images.isEmpty()) {
            return Optional.empty();
        }
        LeftOut mean = new LeftOut(
                images.stream().mapToDouble(LeftOut::energy).average().orElseThrow(),
                images.stream().mapToDouble(LeftOut::area).average().orElseThrow());
        return Optional.of(String.format(
                Locale.ROOT,
                "In the %d that show it best, %.0f %% of the energy outside the mask lies on the object's colours, which cover"
                        + " %.0f %% of that area: %s.",
                images.size(),
                100 * mean.energy(),
                100 * mean.area(),
                meaning(mean)));
    }

    private static String meaning(LeftOut mean) {
        if (mean.likeTheObject()) {
            return "the mask seems to hold one of several such objects, or only a part, and the network to look at the rest";
        }
        return mean.energy() < HARDLY
                ? "it is something else than further objects of these colours, and only the images show what"
                : "the mask may hold one of several objects, and only the images show what the rest is";
    }
}
