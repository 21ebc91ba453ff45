package org.gazecheck.network.dl4j;

import java.util.Properties;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether DL4J's convolutions run on oneDNN (or cuDNN): without, it is several times slower and does not say so. */
public final class NativeAcceleration {
    private static final Logger LOG = LoggerFactory.getLogger(NativeAcceleration.class);
    private static final String HELPERS_OFF = "org.eclipse.deeplearning4j.helpers.disable";

    private NativeAcceleration() {}

    /**
     * One line for the log and the provenance; logs a warning with the reason when there is no acceleration.
     *
     * @return such as "DL4J on CpuBackend: convolutions by MKLDNNConvHelper, 2 threads"
     */
    public static String describe() {
        String backend = Nd4j.getBackend().getClass().getSimpleName();
        String threads = threads();
        Object helper = helper();
        if (helper == null) {
            String line = "DL4J on " + backend + ": convolutions without acceleration, " + threads;
            LOG.warn("{}: expect training to be several times slower. {}", line, reason());
            return line;
        }
        String line =
                "DL4J on " + backend + ": convolutions by " + helper.getClass().getSimpleName() + ", " + threads;
        LOG.info(line);
        return line;
    }

    private static Object helper() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("input")
                .addLayer(
                        "conv",
                        new ConvolutionLayer.Builder(1, 1).nIn(1).nOut(1).build(),
                        "input")
                .setOutputs("conv")
                .build());
        graph.init();
        return graph.getLayer("conv").getHelper();
    }

    private static String threads() {
        Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
        Object threads = environment.get(Nd4jEnvironment.OMP_THREADS_KEY);
        return threads + " threads";
    }

    private static String reason() {
        if (!"false".equals(System.getProperty(HELPERS_OFF))) {
            return "DL4J's layer helpers are off: start Java with -D" + HELPERS_OFF + "=false (./gazecheck does)";
        }
        return "The native library of this platform was built without oneDNN, or does not use it";
    }
}
