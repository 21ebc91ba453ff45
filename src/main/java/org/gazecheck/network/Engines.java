package org.gazecheck.network;

import org.gazecheck.network.dl4j.Dl4jSession;
import org.gazecheck.network.onnx.OnnxSession;

/** Opens networks in engines. */
public final class Engines {
    private Engines() {}

    /**
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static InferenceSession open(Network network, InferencePlan plan, Engine engine, int threads) {
        DescribedNetwork described = (DescribedNetwork) network;
        return switch (engine) {
            case ONNX -> OnnxSession.open(described, plan, threads);
            case DL4J -> Dl4jSession.open(described, plan, threads);
        };
    }
}
