package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ExternalSettings;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.Network;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.network.engine.ExternalNetworks;
import org.gazecheck.network.engine.TrialTerms;

/**
 * The network of a run: the one that it trained, that of another run, or an external one that it audits.
 *
 * @param preprocessing what it sees of an image
 */
record RunModel(Network network, Preprocessing preprocessing) {
    static RunModel trained(Path archive) throws IOException {
        ModelArchive.Loaded model = ModelArchive.read(archive);
        return new RunModel(model.network(), model.info().preprocessing());
    }

    /** Whether it is the network of another run. */
    static boolean isOfOtherRun(Configuration configuration) {
        return configuration.model().run() != null;
    }

    static boolean isTrained(Configuration configuration) {
        return !isExternal(configuration) && !isOfOtherRun(configuration);
    }

    static boolean isExternal(Configuration configuration) {
        return configuration.external().model() != null;
    }

    /** @param classes how many the labels name */
    static RunModel external(Path file, Configuration configuration, int classes) throws IOException {
        return external(file, configuration, classes, true);
    }

    /** @param kept whether it is written down, for the next time, that the network passed its trial */
    static RunModel external(Path file, Configuration configuration, int classes, boolean kept) throws IOException {
        ExternalSettings external = configuration.external();
        ExternalRequest request = new ExternalRequest(
                file,
                classes,
                external.crop(),
                ExternalRequest.Order.valueOf(external.order().name()),
                external.channels() == ExternalSettings.Channels.BGR,
                external.layer(),
                external.output(),
                normalisation(external));
        Network network = ExternalNetworks.read(
                request,
                new TrialTerms(
                        kept ? Optional.of(configuration.cache().dir().resolve("trials")) : Optional.empty(),
                        external.trialMemory(),
                        external.trialSeconds(),
                        configuration.compute().batch(),
                        configuration.compute().threads()));
        int crop = network.side().orElseThrow();
        if (external.size() > 0 && external.size() < crop) {
            throw new IllegalArgumentException("external.size " + external.size()
                    + " is smaller than the crop that the network takes, " + crop + ": raise it (--size)");
        }
        int shortSide = external.size() > 0 ? external.size() : crop;
        return new RunModel(network, new Preprocessing(shortSide, crop, normalisation(external)));
    }

    private static Normalisation normalisation(ExternalSettings external) {
        return new Normalisation(inUnits(external.mean(), external.scale()), inUnits(external.std(), external.scale()));
    }

    /** {@code (v scale - mean) / std} is {@code (v - mean / scale) / (std / scale)} for values v in 0..1. */
    private static float[] inUnits(List<Double> values, double scale) {
        float[] units = new float[values.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = (float) (values.get(i) / scale);
        }
        return units;
    }

    /** The layer whose maps a run holds. */
    String layer() {
        return network.lastLayer();
    }
}
