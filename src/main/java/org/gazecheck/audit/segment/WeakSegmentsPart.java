package org.gazecheck.audit.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.audit.association.AuditedImages;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.input.DescribedImages.Described;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.results.HeatmapClustersFile;
import org.gazecheck.results.PropertiesFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.WeakSegmentsFile;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/** {@code weak-segments.csv}: the images of every segment in which accuracy is lower. */
public final class WeakSegmentsPart implements AuditPart {
    @Override
    public String name() {
        return "weak-segments";
    }

    @Override
    public List<Path> owned(RunFolder folder) {
        return List.of(folder.weakSegments());
    }

    @Override
    public List<String> restsOn() {
        return List.of("properties", "associations");
    }

    @Override
    public PartResult run(AuditSession session) throws IOException {
        if (!session.judgesNetwork()) {
            return PartResult.NOTHING;
        }
        RunFolder folder = session.folder();
        Randomness randomness = session.inputs().randomness();
        AuditedImages images = AuditedImages.of(session.predictions());
        Map<String, double[]> scenes = new HashMap<>();
        for (Described image : session.images()) {
            image.scene().ifPresent(descriptor -> scenes.put(image.item().path(), descriptor));
        }
        List<Trait> traits = ImageTraits.of(
                images,
                PropertiesFile.read(folder.properties()),
                HeatmapClustersFile.read(folder.heatmapClusters()),
                scenes,
                randomness.of(Purpose.WEAK_SEGMENT_SCENES.stream(), 0));
        WeakSegments found = WeakSegments.of(images, traits, randomness);
        WeakSegmentsFile.write(folder.weakSegments(), found.members());
        return new PartResult(found.findings(), List.of(folder.weakSegments()));
    }
}
