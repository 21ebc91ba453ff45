package org.gazecheck.bench;

import java.io.IOException;
import java.util.Map;
import org.gazecheck.network.Tensor;

/** A contender in this process. */
public abstract class JavaContender implements Contender {
    private Map<String, Tensor> outputs = Map.of();

    /** One pass over the batch. */
    protected abstract Map<String, Tensor> pass() throws IOException;

    @Override
    public final double measure(int iterations) throws IOException {
        long began = System.nanoTime();
        for (int i = 0; i < iterations; i++) {
            outputs = pass();
        }
        return (System.nanoTime() - began) * 1e-9;
    }

    @Override
    public final Map<String, Tensor> outputs() {
        return outputs;
    }
}
