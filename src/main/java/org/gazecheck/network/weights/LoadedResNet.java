package org.gazecheck.network.weights;

import java.util.List;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.results.Assumption;

/**
 * A network from a file of weights.
 *
 * @param assumptions what was taken with a stated meaning
 */
public record LoadedResNet(BuiltInNetwork network, List<Assumption> assumptions) {
    public LoadedResNet {
        assumptions = List.copyOf(assumptions);
    }
}
