package org.gazecheck.bench;

import java.io.IOException;
import java.util.Map;
import org.gazecheck.network.Tensor;

/** One of those that do the same work. */
public interface Contender extends AutoCloseable {
    /** Does the work some times over; the seconds that it took. */
    double measure(int iterations) throws IOException;

    /** What the last pass gave, by name: compared between contenders, so that they are known to do the same. */
    Map<String, Tensor> outputs() throws IOException;

    @Override
    void close();
}
