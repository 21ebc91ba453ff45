package org.gazecheck.network.onnx.gradient;

import java.util.HashMap;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;

/** The attributes of a node, with the defaults of the operator's definition. */
final class Attributes {
    private final Map<String, AttributeProto> byName = new HashMap<>();

    Attributes(NodeProto node) {
        node.getAttributeList().forEach(attribute -> byName.put(attribute.getName(), attribute));
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    long integer(String name, long otherwise) {
        return has(name) ? byName.get(name).getI() : otherwise;
    }

    double number(String name, double otherwise) {
        return has(name) ? byName.get(name).getF() : otherwise;
    }

    String text(String name, String otherwise) {
        return has(name) ? byName.get(name).getS().toStringUtf8() : otherwise;
    }

    /** @return null where it is absent */
    int[] integers(String name) {
        return has(name)
                ? byName.get(name).getIntsList().stream()
                        .mapToInt(Math::toIntExact)
                        .toArray()
                : null;
    }
}
