package org.gazecheck.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.gazecheck.audit.association.AssociationPart;
import org.gazecheck.audit.dataquality.DataQualityPart;
import org.gazecheck.audit.embedding.EmbeddingPart;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.audit.input.AuditSession;
import org.gazecheck.audit.intervention.InterventionPart;
import org.gazecheck.audit.localisation.ClassLocalisationPart;
import org.gazecheck.audit.localisation.LocalisationPart;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.audit.part.PartResult;
import org.gazecheck.audit.properties.PropertiesPart;
import org.gazecheck.audit.quality.HeatmapQualityPart;
import org.gazecheck.audit.segment.WeakSegmentsPart;
import org.gazecheck.io.Folders;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DataQualityFile;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.HeatmapClustersFile;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.verdict.VerdictRule;

/**
 * Asks of a run's predictions and heatmaps whether the network looks at the right thing, part by part. Findings of each part
 * are kept in a file of its own, so that a part can be done alone; {@code findings.json} is made of those files.
 */
public final class Audit implements AutoCloseable {
    /** In the order in which they are done and in which their findings stand. */
    public static final List<AuditPart> PARTS = List.of(
            new LocalisationPart(),
            new InterventionPart(),
            new PropertiesPart(),
            new AssociationPart(),
            new WeakSegmentsPart(),
            new DataQualityPart(),
            new ClassLocalisationPart(),
            new HeatmapQualityPart(),
            new EmbeddingPart());

    private final List<AuditPart> parts;
    private final AuditSession session;

    Audit(List<AuditPart> parts, AuditSession session) {
        this.parts = parts;
        this.session = session;
    }

    public static Audit open(AuditInputs inputs, Progress progress) throws IOException {
        return new Audit(PARTS, AuditSession.open(inputs, progress));
    }

    /**
     * Does a part: what it owns is removed first, so that nothing of an earlier audit stays where it does not apply.
     *
     * @return the files that it wrote, with that of its findings
     */
    public List<Path> run(AuditPart part) throws IOException {
        RunFolder folder = session.folder();
        List<Path> owned = part.owned(folder);
        for (Path each : owned) {
            Folders.delete(each);
        }
        PartResult result = part.run(session);
        for (Path file : result.files()) {
            if (owned.stream().noneMatch(file::startsWith)) {
                throw new IllegalStateException("part '" + part.name() + "' wrote what it does not own: " + file);
            }
        }
        Path findings = folder.findingsOf(part.name());
        FindingsFile.write(findings, result.findings());
        List<Path> files = new ArrayList<>(result.files());
        files.add(findings);
        return files;
    }

    /**
     * Makes {@code findings.json} of what all parts found, whenever they did, with the verdict.
     *
     * @param written files of all parts
     */
    public Path conclude(Collection<Path> written) throws IOException {
        RunFolder folder = session.folder();
        List<Findings> found = new ArrayList<>();
        for (AuditPart part : parts) {
            found.add(FindingsFile.read(folder.findingsOf(part.name())));
        }
        AuditedRun run = new AuditedRun(
                session.predictions(),
                written.contains(folder.dataQuality()) ? DataQualityFile.read(folder.dataQuality()) : List.of(),
                written.contains(folder.heatmapClusters())
                        ? HeatmapClustersFile.read(folder.heatmapClusters())
                        : List.of(),
                written.contains(folder.interventions()) ? InterventionsFile.read(folder.interventions()) : null);
        Findings told = Stories.tell(Findings.together(found), run);
        FindingsFile.write(folder.findings(), told.concluding(verdict(told, run)));
        return folder.findings();
    }

    private RunVerdict verdict(Findings findings, AuditedRun run) throws IOException {
        Path metrics = session.folder().metrics();
        return VerdictRule.audited(
                findings,
                Files.exists(metrics) ? MetricsFile.read(metrics) : new Metrics(null, null),
                session.inputs().configuration().expect(),
                run.interventions(),
                session.judgesNetwork());
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
