package org.gazecheck.explain;

import java.util.Map;
import java.util.Optional;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;

/** A forward pass that gradients can be asked of until it is closed. Safe for several threads. */
public final class KeptPass {
    private final InferenceSession.Pass pass;
    private boolean closed;

    KeptPass(InferenceSession.Pass pass) {
        this.pass = pass;
    }

    Map<Tap, Tensor> found() {
        return pass.found();
    }

    /** @return nothing where it is closed */
    synchronized Optional<Tensor> gradients(Tap tap, Tensor scoreWeights) {
        return closed ? Optional.empty() : Optional.of(tap.of(pass.gradients(scoreWeights)));
    }

    synchronized void close() {
        closed = true;
        pass.close();
    }
}
