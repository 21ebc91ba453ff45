package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.DescribedNetwork;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.network.weights.ResNets;
import org.gazecheck.results.RunFolder;

/**
 * A model that single photographs are explained with.
 *
 * @param classes names; of a bare weights file the indices
 */
record ExplainedModel(DescribedNetwork network, Preprocessing preprocessing, List<String> classes) {
    /** @param path a run folder, a model archive, or a weights file */
    static ExplainedModel load(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Path archive = new RunFolder(path).archive();
            if (!Files.isRegularFile(archive)) {
                throw new WeightsException(
                        path + " is no run folder with a trained model: it has no " + archive.getFileName());
            }
            return load(archive);
        }
        if (path.toString().endsWith(".zip")) {
            ModelArchive.Loaded loaded = ModelArchive.read(path);
            return new ExplainedModel(
                    loaded.network(),
                    loaded.info().preprocessing(),
                    loaded.info().classes());
        }
        DescribedNetwork network = ResNets.load(path);
        if (network.head().isEmpty()) {
            throw new WeightsException(path + " has no classifier (fc.weight): nothing can be explained");
        }
        int classes = network.head().get().classes();
        return new ExplainedModel(
                network,
                Preprocessing.torchvision(network.normalisation()),
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    String lastLayer() {
        List<String> stages = network.architecture().stageNames();
        return stages.get(stages.size() - 1);
    }

    /** Of a class by name, or by index where no class is called so. */
    int index(String name) {
        int index = classes.indexOf(name);
        if (index < 0 && name.matches("\\d{1,6}")) {
            index = Integer.parseInt(name);
        }
        if (index < 0 || index >= classes.size()) {
            throw new IllegalArgumentException("no class '" + name + "': give one of the " + classes.size()
                    + " names (such as '" + classes.get(0) + "') or an index from 0 to " + (classes.size() - 1));
        }
        return index;
    }
}
