package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.config.Configuration;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.ForeignNetworks;
import org.gazecheck.network.ForeignRequest;
import org.gazecheck.network.Network;
import org.gazecheck.network.dl4j.ModelArchive;

/**
 * The network of a run: the one that it trained, that of another run, or a foreign one that it audits.
 *
 * @param preprocessing what it sees of a photograph
 */
record RunModel(Network network, Preprocessing preprocessing) {
    static RunModel trained(Path archive) throws IOException {
        ModelArchive.Loaded model = ModelArchive.read(archive);
        return new RunModel(model.network(), model.info().preprocessing());
    }

    /** Whether it is the network of another run. */
    static boolean isAdopted(Configuration configuration) {
        return configuration.model().run() != null;
    }

    static boolean isTrained(Configuration configuration) {
        return !isForeign(configuration) && !isAdopted(configuration);
    }

    static boolean isForeign(Configuration configuration) {
        return configuration.external().model() != null;
    }

    /** @param classes how many the labels name */
    static RunModel foreign(Configuration.External foreign, int classes) throws IOException {
        Network network = ForeignNetworks.read(new ForeignRequest(
                foreign.model(),
                classes,
                foreign.crop(),
                ForeignRequest.Order.valueOf(foreign.order().name()),
                foreign.channels() == Configuration.Channels.BGR,
                foreign.layer()));
        int crop = network.side().orElseThrow();
        if (foreign.size() > 0 && foreign.size() < crop) {
            throw new IllegalArgumentException("external.size " + foreign.size()
                    + " is smaller than the crop that the network takes, " + crop + ": raise it (--size)");
        }
        int shortSide = foreign.size() > 0 ? foreign.size() : crop;
        Normalisation normalisation =
                new Normalisation(inUnits(foreign.mean(), foreign.scale()), inUnits(foreign.std(), foreign.scale()));
        return new RunModel(network, new Preprocessing(shortSide, crop, normalisation));
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
