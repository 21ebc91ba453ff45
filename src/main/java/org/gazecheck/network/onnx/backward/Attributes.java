package org.gazecheck.network.onnx.backward;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

    /** As they are written. */
    Map<String, AttributeProto> all() {
        return byName;
    }

    private Optional<AttributeProto> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    long integer(String name, long otherwise) {
        return find(name).map(AttributeProto::getI).orElse(otherwise);
    }

    boolean flag(String name) {
        return integer(name, 0) != 0;
    }

    double number(String name, double otherwise) {
        return find(name).<Double>map(attribute -> (double) attribute.getF()).orElse(otherwise);
    }

    String text(String name, String otherwise) {
        return find(name).map(attribute -> attribute.getS().toStringUtf8()).orElse(otherwise);
    }

    Optional<long[]> integers(String name) {
        return find(name).map(attribute -> attribute.getIntsList().stream()
                .mapToLong(Long::longValue)
                .toArray());
    }
}
