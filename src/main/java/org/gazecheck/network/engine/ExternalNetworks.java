package org.gazecheck.network.engine;

import java.io.IOException;
import java.nio.file.Files;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.Network;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.dl4j.ExternalArchive;
import org.gazecheck.network.onnx.external.ExternalModel;

/** Classifiers that Gazecheck did not make. */
public final class ExternalNetworks {
    static final String ONNX = ".onnx";
    private static final String ARCHIVE = ".zip";

    private ExternalNetworks() {}

    /**
     * Reads a network to be run as it is, once it has passed a trial in a process of its own.
     *
     * @throws org.gazecheck.failure.GazecheckException as {@link #read(ExternalRequest)}, and if it needs more memory or time
     *     than the terms allow, or ends the process that tries it
     */
    public static Network read(ExternalRequest request, TrialTerms terms) throws IOException {
        String name = request.file().toString();
        if ((name.endsWith(ONNX) || name.endsWith(ARCHIVE)) && Files.isRegularFile(request.file())) {
            Trial.require(request, terms);
        }
        return read(request);
    }

    /**
     * Reads a network to be run as it is.
     *
     * @throws WeightsException if the file is damaged, no classifier of so many classes, or refused
     * @throws org.gazecheck.network.UnknownLayerException if it has no such layer
     */
    public static Network read(ExternalRequest request) throws IOException {
        String name = request.file().toString();
        if (name.endsWith(ONNX)) {
            return ExternalModel.read(request);
        }
        if (name.endsWith(ARCHIVE)) {
            return ExternalArchive.read(request);
        }
        throw new WeightsException(name
                + " is neither an ONNX model (.onnx) nor an archive of Deeplearning4j (.zip): rename or export it");
    }
}
