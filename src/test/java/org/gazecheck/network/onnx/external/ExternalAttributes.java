package org.gazecheck.network.onnx.external;

import java.util.Arrays;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;

/** Attributes of nodes. */
final class ExternalAttributes {
    private ExternalAttributes() {}

    static NodeProto.Builder integers(NodeProto.Builder node, String name, long... values) {
        return node.addAttribute(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList()));
    }

    static NodeProto.Builder integer(NodeProto.Builder node, String name, long value) {
        return node.addAttribute(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value));
    }
}
