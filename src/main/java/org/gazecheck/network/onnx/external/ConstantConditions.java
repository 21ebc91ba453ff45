package org.gazecheck.network.onnx.external;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;

/** Truth values that stand in a file, and what is made of them alone. */
final class ConstantConditions {
    private final Map<String, Boolean> known = new HashMap<>();

    /** Empty where it is not known before the model runs. */
    Optional<Boolean> of(String value) {
        return Optional.ofNullable(known.get(value));
    }

    void add(TensorProto tensor) {
        value(tensor).ifPresent(value -> known.put(tensor.getName(), value));
    }

    void add(NodeProto node) {
        if (!ExternalFile.isPlain(node.getDomain()) || node.getOutputCount() != 1) {
            return;
        }
        Optional<Boolean> found =
                switch (node.getOpType()) {
                    case "Constant" ->
                        node.getAttributeList().stream()
                                .filter(AttributeProto::hasT)
                                .map(AttributeProto::getT)
                                .findFirst()
                                .flatMap(ConstantConditions::value);
                    case "Identity" -> of(node.getInput(0));
                    case "Not" -> of(node.getInput(0)).map(value -> !value);
                    default -> Optional.empty();
                };
        found.ifPresent(value -> known.put(node.getOutput(0), value));
    }

    private static Optional<Boolean> value(TensorProto tensor) {
        boolean single = tensor.getDimsList().stream().allMatch(size -> size == 1);
        if (!single || tensor.getDataType() != TensorProto.DataType.BOOL.getNumber()) {
            return Optional.empty();
        }
        if (tensor.getInt32DataCount() == 1) {
            return Optional.of(tensor.getInt32Data(0) != 0);
        }
        return tensor.getRawData().size() == 1 ? Optional.of(tensor.getRawData().byteAt(0) != 0) : Optional.empty();
    }
}
