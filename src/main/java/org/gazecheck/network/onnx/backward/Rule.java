package org.gazecheck.network.onnx.backward;

/** How an operator is differentiated: writes the vector-Jacobian products of its operands that are asked for. */
@FunctionalInterface
interface Rule {
    /** @throws NoDerivativeException if it cannot be, as it is used */
    void back(Step step);
}
