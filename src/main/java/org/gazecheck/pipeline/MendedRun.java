package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gazecheck.audit.input.AuditInputs;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.MitigationSettings;
import org.gazecheck.data.Datasets;
import org.gazecheck.data.GivenMasks;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.Sources;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Hashes;
import org.gazecheck.mitigate.GroupMending;
import org.gazecheck.mitigate.Mending;
import org.gazecheck.mitigate.Targets;
import org.gazecheck.network.WeightsException;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MaskListFile;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.StageOutputs;
import org.gazecheck.results.UnfinishedRunException;

/** A finished run, as far as another one mends it. It is only read. */
record MendedRun(RunFolder folder) {
    /** Refuses one that is not audited, or has no network of its own. */
    void require() throws IOException {
        if (!Files.isRegularFile(folder.manifest())) {
            throw UnfinishedRunException.noRun(folder.root(), "run.json");
        }
        RunManifest manifest = ManifestFile.read(folder.manifest());
        for (Stage stage : Stage.values()) {
            if (stage != Stage.REPORT && !manifest.stages().containsKey(stage.text())) {
                throw UnfinishedRunException.withoutStage(folder.root(), stage.text());
            }
        }
        if (!Files.isRegularFile(folder.archive())) {
            throw new WeightsException(folder.root() + " trained no network of its own: only what was trained here can"
                    + " be mended, from " + folder.archive().getFileName());
        }
        StageOutputs.of(folder, manifest)
                .require(List.of(
                        folder.dataset(),
                        folder.masks(),
                        folder.archive(),
                        folder.interventions(),
                        folder.predictions(),
                        folder.metrics(),
                        folder.findings()));
    }

    /**
     * Refuses one whose files or masks are not those that its audit left and saw: what that found may not be there any more.
     *
     * @param configuration of the run that mends it, which says where the masks lie
     */
    void require(Configuration configuration) throws IOException {
        require();
        Optional<Path> masks = Sources.masks(configuration.data());
        if (masks.isEmpty()) {
            requireMasks(Provenances.NO_MASKS);
        } else if (!Files.exists(folder.masks())) {
            requireMasks("those of " + masks.get());
        } else if (Files.isDirectory(masks.get())) {
            requireMasks(Provenances.masks(Datasets.of(
                    DatasetFile.read(folder.dataset()),
                    ManifestFile.read(folder.manifest()).classes(),
                    GivenMasks.of(masks.get(), MaskListFile.read(folder.masks())),
                    ImageLoader.of(configuration.data()))));
        }
    }

    /** Of a run that was audited before this was noted, nothing is known. */
    private void requireMasks(String now) throws IOException {
        String then = ManifestFile.read(folder.manifest()).facts().get(Provenances.MASKS);
        if (then != null && !then.equals(now)) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    "the masks are not those that the audit of " + folder.root() + " saw, which is to be mended (then: "
                            + then
                            + ", now: " + now + "): bring those back, or do that run again with these (gazecheck run "
                            + folder.configuration() + ") and mend what it finds");
        }
    }

    /** What the mended network depends on. */
    List<String> inputs() throws IOException {
        require();
        return List.of(
                "mended model " + Hashes.sha256(folder.archive()),
                "mended audit " + hash(folder.interventions()),
                "mended training " + hash(folder.mitigationTraining()));
    }

    /** What the comparison of both runs depends on beside. */
    List<String> compared() throws IOException {
        require();
        return List.of(
                "mended audit " + hash(folder.interventions()),
                "mended predictions " + hash(folder.predictions()),
                "mended metrics " + hash(folder.metrics()),
                "mended findings " + hash(folder.findings()));
    }

    private static String hash(Path file) throws IOException {
        return Files.exists(file) ? Hashes.sha256(file) : "none";
    }

    /** Its network. */
    RunModel model() throws IOException {
        return RunModel.trained(folder.archive());
    }

    /** Of a run that mends this one of shortcuts, on the same images. */
    Mending mending(Run run) throws IOException {
        requireSameImages(run);
        requireMasks(Provenances.masks(run.dataset()));
        MitigationSettings settings = run.configuration().mitigation();
        return new Mending(
                AuditWork.inputs(run, model(), folder),
                origin(),
                Targets.of(folder, settings.findings(), settings.suspected()),
                run.progress());
    }

    /**
     * Of a run that balances this one over groups, on the same images.
     *
     * @param file of the groups
     */
    GroupMending byGroups(Run run, Path file) throws IOException {
        requireSameImages(run);
        ImageGroups groups =
                ImageGroups.read(file, DatasetFile.read(run.folder().dataset()));
        return new GroupMending(
                AuditWork.inputs(run, model(), folder),
                origin(),
                new GroupMending.Table(file, Hashes.sha256(file), groups),
                run.progress());
    }

    private Mending.Origin origin() throws IOException {
        return new Mending.Origin(folder.root().toString(), Hashes.sha256(folder.archive()));
    }

    private void requireSameImages(Run run) throws IOException {
        require();
        RunManifest manifest = ManifestFile.read(folder.manifest());
        Optional<String> data = run.manifest().dataHash();
        if (!manifest.dataHash().equals(data)
                || !manifest.classes().equals(run.manifest().classes())) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    "the images are not those of " + folder.root()
                            + ", which is to be mended: its dataset.csv has sha256 "
                            + manifest.dataHash().orElse("none") + ", here it is " + data.orElse("none"));
        }
    }

    /** Writes what became of it. */
    Path account(Run run, AuditInputs mended) throws IOException {
        Path file = run.folder().mitigation();
        MitigationTraining training = MitigationFile.readTraining(run.folder().mitigationTraining());
        Findings findings = FindingsFile.read(run.folder().findings());
        Path groups = run.configuration().mitigation().groups();
        MitigationFile.write(
                file,
                groups == null
                        ? mending(run).account(training, mended, findings)
                        : byGroups(run, groups).account(training, mended, findings));
        return file;
    }
}
