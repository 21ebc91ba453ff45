package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The one way into ONNX Runtime: its environment, and sessions of models with the options that all of them have. Threads that
 * wait for work hold their core for a while, unless OMP_WAIT_POLICY is PASSIVE, as for the threads of OpenMP.
 */
public final class OnnxRuntime {
    private static final boolean PASSIVE = "PASSIVE".equalsIgnoreCase(System.getenv("OMP_WAIT_POLICY"));

    private OnnxRuntime() {}

    /** Version of the native library. */
    public static String version() {
        return environment().getVersion();
    }

    static OrtEnvironment environment() {
        try {
            NativeLibraries.unpack();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "gazecheck");
    }

    /**
     * What ONNX Runtime says of a model that it does not take is in the exception, and not on the console too.
     *
     * @param threads that divide an operator's work, at least 1
     * @throws OnnxFailure if ONNX Runtime does not take the model
     */
    static OrtSession session(byte[] model, int threads) {
        return session(model, threads, Map.of());
    }

    /** In one thread, without operators in whole numbers in place of quantised ones, and without a gate's two operators as one. */
    static OrtSession sessionAsWritten(byte[] model) {
        return session(
                model,
                1,
                Map.of(
                        "session.disable_quant_qdq",
                        "1",
                        "optimization.disable_specified_optimizers",
                        "QuickGeluFusion"));
    }

    private static OrtSession session(byte[] model, int threads, Map<String, String> entries) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            if (PASSIVE) {
                options.addConfigEntry("session.intra_op.allow_spinning", "0");
            }
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                options.addConfigEntry(entry.getKey(), entry.getValue());
            }
            return environment().createSession(model, options);
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime does not accept the model", e);
        }
    }

    /** @param asked 0: as many as there are cores */
    static int threads(int asked) {
        return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
    }
}
