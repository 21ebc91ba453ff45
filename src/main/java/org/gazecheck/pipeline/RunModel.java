package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ExternalSettings;
import org.gazecheck.config.ExternalSettings.Loader;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.Network;
import org.gazecheck.network.TensorRequest;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.network.engine.ExternalNetworks;
import org.gazecheck.network.engine.TrialTerms;

/**
 * The network of a run: the one that it trained, that of another run, or an external one that it audits.
 *
 * @param preprocessing what it sees of an image
 * @param taken of an external network, what images become and who says so
 */
record RunModel(Network network, Preprocessing preprocessing, Optional<ExternalPreprocessing> taken) {
    static RunModel trained(Path archive) throws IOException {
        ModelArchive.Loaded model = ModelArchive.read(archive);
        return new RunModel(model.network(), model.info().preprocessing(), Optional.empty());
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
        if (external.loader() == Loader.DATAVEC) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "external.loader (--loader) datavec is for explain and predict: an audit reads its images itself, as"
                            + " masks must lie on them pixel by pixel. Leave it out, with --channels bgr for a network"
                            + " that was trained with DataVec");
        }
        TrialTerms terms = new TrialTerms(
                kept ? Optional.of(configuration.cache().dir().resolve("trials")) : Optional.empty(),
                external.trialMemory(),
                external.trialSeconds(),
                configuration.compute().batch(),
                configuration.compute().threads());
        return external(file, external, classes, false, terms);
    }

    /**
     * @param classes how many logits it must give; 0: any number
     * @param independent whether classes may be such that do not exclude each other
     */
    static RunModel external(Path file, ExternalSettings external, int classes, boolean independent, TrialTerms terms)
            throws IOException {
        ExternalPreprocessing taken = ExternalPreprocessing.of(external, file);
        Network network = ExternalNetworks.read(
                new ExternalRequest(
                        file,
                        classes,
                        external.crop(),
                        ExternalRequest.Order.valueOf(external.order().name()),
                        taken.blueFirst(),
                        external.layer(),
                        external.output(),
                        taken.normalisation(),
                        TensorRequest.Reading.stated(external),
                        independent),
                terms);
        int crop = network.side().orElseThrow();
        if (external.size() > 0 && external.size() < crop) {
            throw new IllegalArgumentException("external.size " + external.size()
                    + " is smaller than the crop that the network takes, " + crop + ": raise it (--size)");
        }
        if (external.loader() == Loader.DATAVEC && external.size() > 0 && external.size() != crop) {
            throw new IllegalArgumentException("external.loader datavec scales both sides of an image to the crop, "
                    + crop + ": leave out external.size (--size)");
        }
        boolean squashed = external.loader() == Loader.DATAVEC;
        int shortSide = external.size() > 0 ? external.size() : squashed ? crop : taken.shortSide(crop);
        return new RunModel(network, new Preprocessing(shortSide, crop, taken.normalisation()), Optional.of(taken));
    }

    /** The layer whose maps a run holds. */
    String layer() {
        return network.lastLayer();
    }
}
