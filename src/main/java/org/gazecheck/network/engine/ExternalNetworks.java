package org.gazecheck.network.engine;

import java.io.IOException;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.Network;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.dl4j.ExternalArchive;
import org.gazecheck.network.onnx.external.ExternalModel;

/** Classifiers that Gazecheck did not make. */
public final class ExternalNetworks {
    private ExternalNetworks() {}

    /**
     * Reads a network to be run as it is.
     *
     * @throws WeightsException if the file is damaged, no classifier of so many classes, or refused
     * @throws org.gazecheck.network.UnknownLayerException if it has no such layer
     */
    public static Network read(ExternalRequest request) throws IOException {
        String name = request.file().toString();
        if (name.endsWith(".onnx")) {
            return ExternalModel.read(request);
        }
        if (name.endsWith(".zip")) {
            return ExternalArchive.read(request);
        }
        throw new WeightsException(name
                + " is neither an ONNX model (.onnx) nor an archive of Deeplearning4j (.zip): rename or export it");
    }
}
