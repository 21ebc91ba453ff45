package org.gazecheck.network.onnx.backward;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.network.Tensor;

/** A graph to be differentiated, with what is known of its values. */
public interface ForwardGraph {
    /** The value that holds the logits. */
    String logits();

    /** The nodes between a value and the logits that depend on it, in order. */
    List<NodeProto> dependents(String value);

    /** Version of ONNX's operators. */
    long opset();

    /** Empty for one that is not known. */
    Optional<Value> value(String name);

    /** A constant's numbers, in any type; empty where it is no initializer. */
    Optional<TensorProto> initializer(String name);

    /** A constant that nodes compute, as single-precision numbers. */
    Tensor constant(String name);

    /**
     * Runs one node of the graph on other numbers.
     *
     * @param input in place of its first operand
     * @param integers in place of other operands, by their position
     */
    Tensor run(NodeProto node, Tensor input, Map<Integer, long[]> integers);
}
