package org.gazecheck.network.weights;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.model.ResNet50;
import org.gazecheck.config.ModelSettings;
import org.gazecheck.download.Checksum;
import org.gazecheck.download.Download;
import org.gazecheck.download.Downloader;
import org.gazecheck.network.WeightsException;
import org.gazecheck.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Published weights that are asked for by name: torchvision's own files (BSD licence), whose names carry the beginning of
 * their SHA-256, and the archive that {@link ResNet50#initPretrained} of DL4J's zoo takes, of which only an Adler32 is
 * published.
 *
 * @param name as {@code model.weights} has it
 * @param uri where its publisher offers it
 */
public record NamedWeights(String name, URI uri, Checksum checksum) {
    public static final String ZOO = "zoo-resnet50";
    private static final URI TORCHVISION = URI.create("https://download.pytorch.org/models/");
    private static final List<String> TORCHVISION_FILES = List.of(
            "resnet18-f37072fd", "resnet34-b627a593", "resnet50-0676ba61", "resnet101-63fe2227", "resnet152-394f9c45");

    /**
     * The weights file that a configuration means: the named one, downloaded where it is not there yet, or the path that
     * it gives.
     *
     * @throws WeightsException when there is none, or the one in {@code model.dir} is another than was published
     */
    public static Path file(ModelSettings model, Progress progress) throws IOException {
        Path weights = Objects.requireNonNull(model.weights(), "model.weights");
        Optional<NamedWeights> named = of(weights);
        if (named.isPresent()) {
            URI mirror = model.mirror() == null ? null : URI.create(model.mirror());
            return named.get().locate(model.dir(), mirror, model.download(), new Downloader(), progress);
        }
        if (Files.isDirectory(weights)) {
            throw new WeightsException("model.weights " + weights
                    + " is a folder: give the weights file in it, such as " + weights.resolve("model.safetensors"));
        }
        if (!Files.isRegularFile(weights)) {
            throw new WeightsException("there is no weights file " + weights
                    + ": set model.weights to one, or to one of the names " + String.join(", ", names()));
        }
        return weights;
    }

    /**
     * Does not download.
     *
     * @throws WeightsException when {@link #file} could give none
     */
    public static void require(ModelSettings model) throws IOException {
        present(model);
    }

    /**
     * The weights' file as {@link #file} gives it, where there are weights and nothing is to be downloaded.
     *
     * @throws WeightsException when {@link #file} could give none
     */
    public static Optional<Path> present(ModelSettings model) throws IOException {
        if (model.weights() == null) {
            return Optional.empty();
        }
        boolean fetched = model.download()
                && of(model.weights())
                        .filter(named -> !Files.exists(model.dir().resolve(named.fileName())))
                        .isPresent();
        return fetched ? Optional.empty() : Optional.of(file(model, Progress.SILENT));
    }

    /** What a name stands for; a file that is called so comes first. */
    static Optional<NamedWeights> of(Path weights) {
        String name = weights.toString();
        if (!names().contains(name) || Files.exists(weights)) {
            return Optional.empty();
        }
        return Optional.of(name.equals(ZOO) ? zoo() : torchvision(name));
    }

    static List<String> names() {
        List<String> names = new ArrayList<>(TORCHVISION_FILES);
        names.add(ZOO);
        return names;
    }

    private static NamedWeights torchvision(String name) {
        String prefix = name.substring(name.indexOf('-') + 1);
        return new NamedWeights(name, TORCHVISION.resolve(name + ".pth"), Checksum.sha256(prefix));
    }

    private static NamedWeights zoo() {
        ResNet50 zoo = ResNet50.builder().build();
        return new NamedWeights(
                ZOO,
                URI.create(zoo.pretrainedUrl(PretrainedType.IMAGENET)),
                Checksum.adler32(zoo.pretrainedChecksum(PretrainedType.IMAGENET)));
    }

    /**
     * Its file in a folder, checked; downloaded where it is not there.
     *
     * @param mirror where to fetch it instead, with a slash at the end; absent: from its publisher
     */
    Path locate(Path folder, @Nullable URI mirror, boolean download, Downloader downloader, Progress progress)
            throws IOException {
        String fileName = fileName();
        Path file = folder.resolve(fileName);
        if (Files.exists(file)) {
            if (!checksum.holds(file)) {
                throw new WeightsException(
                        file + " is not the published " + name + " (" + checksum.difference(file)
                                + "): delete it to have it downloaded again, or give its path as model.weights to use it anyway");
            }
            return file;
        }
        if (!download) {
            throw new WeightsException("model.dir " + folder + " has no " + fileName
                    + ": set model.download to true, or" + " put there the file of " + uri);
        }
        URI from = mirror == null ? uri : mirror.resolve(fileName);
        downloader.fetch(new Download(from, file, checksum), progress);
        return file;
    }

    private String fileName() {
        return uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
    }
}
