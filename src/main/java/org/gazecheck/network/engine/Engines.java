package org.gazecheck.network.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Network;
import org.gazecheck.network.Tap;
import org.gazecheck.network.dl4j.Dl4jSession;
import org.gazecheck.network.onnx.runtime.OnnxRuntime;
import org.gazecheck.network.onnx.runtime.OnnxSession;

/** Opens networks in engines: the one place that knows them all. */
public final class Engines {
    private static final String DL4J_PROPERTIES = "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

    private Engines() {}

    /**
     * @param engine of a built-in network; an external one runs in the engine that it was made for
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static InferenceSession open(Network network, InferencePlan plan, Engine engine, int threads) {
        if (network instanceof ExternalNetwork external) {
            return external.sessions().open(external, plan, threads);
        }
        BuiltInNetwork builtIn = (BuiltInNetwork) network;
        return switch (engine) {
            case ONNX -> OnnxSession.open(builtIn, plan, threads);
            case DL4J -> Dl4jSession.open(builtIn, plan, threads);
        };
    }

    /** Whether {@link Tap.ClassMaps} can be in a plan. */
    public static boolean givesClassMaps(Network network, Engine engine) {
        return network instanceof BuiltInNetwork
                && switch (engine) {
                    case ONNX -> true;
                    case DL4J -> false;
                };
    }

    /** Name and version of an engine. */
    public static String describe(Engine engine) {
        return switch (engine) {
            case ONNX -> "ONNX Runtime " + OnnxRuntime.version();
            case DL4J -> "Deeplearning4j " + dl4jVersion();
        };
    }

    /** Names and versions of all engines. */
    static String describe() {
        return Arrays.stream(Engine.values()).map(Engines::describe).collect(Collectors.joining(", "));
    }

    /** As its artifact states it; "unknown" where that does not say. */
    public static String dl4jVersion() {
        Properties properties = new Properties();
        try (InputStream in = ComputationGraph.class.getResourceAsStream(DL4J_PROPERTIES)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
