package org.gazecheck.audit.quality;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.results.HeatmapQualityFile;
import org.gazecheck.results.RunFolder;

/** {@code heatmap-quality.json}. */
public final class HeatmapQualityPart implements AuditPart {
    @Override
    public String name() {
        return "heatmap-quality";
    }

    @Override
    public List<Path> owned(RunFolder folder) {
        return List.of(folder.heatmapQuality());
    }

    @Override
    public PartResult run(AuditSession session) throws IOException {
        if (!session.judgesNetwork()) {
            return PartResult.NOTHING;
        }
        Optional<HeatmapQualityAudit.Outcome> outcome =
                HeatmapQualityAudit.of(session.inputs(), session.predictions(), session.progress());
        if (outcome.isEmpty()) {
            return PartResult.NOTHING;
        }
        Path file = session.folder().heatmapQuality();
        HeatmapQualityFile.write(file, outcome.get().quality());
        return new PartResult(outcome.get().findings(), List.of(file));
    }
}
