package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ModelSettings;
import org.gazecheck.data.DataException;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.Listing;
import org.gazecheck.data.Preparation;
import org.gazecheck.data.Prepared;
import org.gazecheck.data.Sources;
import org.gazecheck.io.Printable;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.weights.NamedWeights;
import org.gazecheck.network.weights.ResNets;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;

/**
 * What a run of a configuration would make of its images and weights, found out without writing anything.
 *
 * @param used one line for the whole, one for each of the first classes
 * @param ignored what lies there and would not be used, counted
 * @param assumed what would be used with a stated meaning
 * @param warnings what is odd
 * @param refused for which no run could start
 */
public record DataCheck(
        List<String> used, List<String> ignored, List<String> assumed, List<String> warnings, List<String> refused) {
    private static final int SHOWN = 20;

    /** Throws what the run would throw, where it is refused for another reason than its images. */
    public static DataCheck of(Configuration configuration, Progress progress) throws IOException {
        requireRunFolder(configuration);
        Path external = configuration.external().model();
        if (external != null) {
            ImportWork.require(external);
        } else if (RunModel.isTrained(configuration) && configuration.model().weights() != null) {
            NamedWeights.require(configuration.model());
        }
        return ofImages(configuration, progress).with(weights(configuration));
    }

    private static DataCheck ofImages(Configuration configuration, Progress progress) throws IOException {
        Optional<String> toCome = Sources.toCome(configuration.data(), configuration.seed());
        if (toCome.isPresent()) {
            return new DataCheck(List.of(toCome.get()), List.of(), List.of(), List.of(), List.of());
        }
        try {
            return of(prepared(configuration, progress)).with(configuration);
        } catch (DataException e) {
            return new DataCheck(List.of(), List.of(), List.of(), List.of(), e.problems());
        }
    }

    /** By the names in the weights' file; nothing about weights that are still to be downloaded. */
    private static DataCheck weights(Configuration configuration) throws IOException {
        ModelSettings model = configuration.model();
        List<String> assumed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        if (configuration.external().model() == null && RunModel.isTrained(configuration)) {
            try {
                for (Path file : NamedWeights.present(model).stream().toList()) {
                    ResNets.look(file, model).forEach(assumption -> assumed.add(assumption.text()));
                }
            } catch (WeightsException e) {
                refused.add(String.valueOf(e.getMessage()).replaceAll("\\s*\n\\s*", " "));
            }
        }
        return new DataCheck(List.of(), List.of(), assumed, List.of(), refused);
    }

    private DataCheck with(DataCheck other) {
        List<String> allAssumed = new ArrayList<>(assumed);
        allAssumed.addAll(other.assumed);
        List<String> allRefused = new ArrayList<>(refused);
        allRefused.addAll(other.refused);
        return new DataCheck(used, ignored, allAssumed, warnings, allRefused);
    }

    private static Prepared prepared(Configuration configuration, Progress progress) throws IOException {
        Listing listing =
                Sources.read(configuration.data(), configuration.seed(), RunModel.isTrained(configuration), progress);
        PrepareWork.classes(configuration, listing);
        return Preparation.look(
                listing,
                configuration.data(),
                ImageLoader.of(configuration.data()),
                RunModel.isTrained(configuration),
                progress);
    }

    /** With what would be assumed of a network that others trained, or why it would be refused. */
    private DataCheck with(Configuration configuration) throws IOException {
        Path external = configuration.external().model();
        Path labels = configuration.external().labels();
        if (external == null || labels == null) {
            return this;
        }
        List<String> taken = new ArrayList<>(assumed);
        List<String> odd = new ArrayList<>(warnings);
        List<String> without = new ArrayList<>(refused);
        try {
            RunModel model = RunModel.external(
                    external, configuration, ClassLabels.read(labels).size(), false);
            ImportWork.assumptions(model).forEach(assumption -> taken.add(assumption.text()));
            if (model.network() instanceof ExternalNetwork network) {
                odd.addAll(network.warnings());
            }
        } catch (WeightsException e) {
            without.add(e.getMessage());
        }
        return new DataCheck(used, ignored, taken, odd, without);
    }

    private static DataCheck of(Prepared prepared) {
        return new DataCheck(
                used(prepared),
                prepared.ignored(),
                prepared.assumptions().stream().map(Assumption::text).toList(),
                prepared.warnings(),
                prepared.problems());
    }

    private static void requireRunFolder(Configuration configuration) throws IOException {
        RunFolder folder = new RunFolder(configuration.output().dir());
        if (Files.exists(folder.manifest())) {
            ManifestFile.read(folder.manifest());
        }
    }

    private static List<String> used(Prepared prepared) {
        List<String> used = new ArrayList<>(List.of(prepared.summary()));
        Dataset dataset = prepared.dataset();
        Map<Integer, Map<Split, Integer>> counts = new TreeMap<>();
        for (Dataset.Item item : dataset.items()) {
            counts.computeIfAbsent(item.label(), label -> new TreeMap<>()).merge(item.split(), 1, Integer::sum);
        }
        counts.forEach((label, of) -> {
            String name = label == Dataset.UNLABELLED
                    ? "without a label"
                    : dataset.classes().get(label);
            List<String> splits = new ArrayList<>();
            of.forEach((split, n) -> splits.add(n + " in " + split.text()));
            used.add(Printable.of(name) + ": " + String.join(", ", splits));
        });
        int more = used.size() - 1 - SHOWN;
        if (more > 0) {
            used.subList(1 + SHOWN, used.size()).clear();
            used.add("and " + more + " more classes");
        }
        used.addAll(prepared.formats());
        return used;
    }
}
