package org.gazecheck.network.onnx.backward;

import java.util.Optional;
import onnx.Onnx.NodeProto;

/** One operator on the way back: what its rule may read, and where it gives the gradients of its operands. */
final class Step {
    private final Differentiation whole;
    private final NodeProto node;
    private final Attributes attributes;

    Step(Differentiation whole, NodeProto node) {
        this.whole = whole;
        this.node = node;
        this.attributes = new Attributes(node);
    }

    Nodes nodes() {
        return whole.nodes();
    }

    NodeProto node() {
        return node;
    }

    ForwardGraph forward() {
        return whole.forward();
    }

    Attributes attributes() {
        return attributes;
    }

    String operator() {
        return node.getOpType();
    }

    long opset() {
        return whole.forward().opset();
    }

    int inputs() {
        return node.getInputCount();
    }

    int outputs() {
        return node.getOutputCount();
    }

    boolean has(int input) {
        return input < inputs() && !node.getInput(input).isEmpty();
    }

    /** Whether the gradient of an operand is asked for. */
    boolean wants(int input) {
        return has(input) && whole.isWanted(node.getInput(input));
    }

    /** With respect to the first output. */
    String gradient() {
        return gradient(0).orElseThrow(() -> new NoDerivativeException("of which a later output alone is used"));
    }

    /** With respect to an output; empty where the scores do not depend on it. */
    Optional<String> gradient(int output) {
        return whole.gradient(node.getOutput(output));
    }

    /** An operand as the forward pass had it, in single precision unless it is of whole numbers. */
    String input(int input) {
        return whole.values().read(node.getInput(input));
    }

    String output(int output) {
        return whole.values().read(node.getOutput(output));
    }

    /** Where an output is greater than 0. */
    String positive(int output) {
        return whole.values().positive(node.getOutput(output));
    }

    Shape shape(int input) {
        return known(node.getInput(input)).shape();
    }

    Shape outputShape(int output) {
        return known(node.getOutput(output)).shape();
    }

    Value known(String value) {
        return whole.forward()
                .value(value)
                .orElseThrow(() -> new NoDerivativeException("on values that are no plain numbers"));
    }

    Value inputValue(int input) {
        return known(node.getInput(input));
    }

    Value outputValue(int output) {
        return known(node.getOutput(output));
    }

    /** Whole numbers that do not depend on the image. */
    long[] integers(int input) {
        long[] integers = inputValue(input).integers();
        if (integers == null) {
            throw new NoDerivativeException("whose operand " + (input + 1) + " depends on the image");
        }
        return integers;
    }

    /** Numbers that do not depend on the image. */
    float[] floats(int input) {
        float[] floats = inputValue(input).floats();
        if (floats == null) {
            throw new NoDerivativeException("whose operand " + (input + 1) + " depends on the image");
        }
        return floats;
    }

    /** Whole numbers that are an operand since some opset, and were an attribute before. */
    Optional<long[]> integers(String attribute, int input) {
        return attributes.has(attribute)
                ? attributes.integers(attribute)
                : has(input) ? Optional.of(integers(input)) : Optional.empty();
    }

    void requireConstant(int input) {
        if (wants(input)) {
            throw new NoDerivativeException("whose operand " + (input + 1) + " depends on the layer");
        }
    }

    /** Whether an operand's gradient is wanted as its sums over rows and columns only. */
    boolean isSummed(int input) {
        return whole.isSummed(node.getInput(input));
    }

    /** @param gradient in the operand's shape */
    void give(int input, String gradient) {
        if (wants(input)) {
            whole.give(node.getInput(input), isSummed(input) ? Summing.sum(nodes(), gradient) : gradient);
        }
    }

    /** @param sums of a gradient over rows and columns, for one that is {@link #isSummed} */
    void giveSums(int input, String sums) {
        whole.give(node.getInput(input), sums);
    }

    /** @param gradient in the shape of the first output, to be summed to the operand's */
    void giveSummed(int input, String gradient) {
        if (wants(input)) {
            give(input, nodes().sumTo(gradient, outputShape(0), shape(input)));
        }
    }
}
