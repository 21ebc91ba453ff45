package org.gazecheck.network.onnx.external;

import java.util.Arrays;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import org.nd4j.shade.protobuf.ByteString;

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

    static NodeProto.Builder real(NodeProto.Builder node, String name, float value) {
        return node.addAttribute(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value));
    }

    static NodeProto.Builder text(NodeProto.Builder node, String name, String value) {
        return node.addAttribute(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)));
    }
}
