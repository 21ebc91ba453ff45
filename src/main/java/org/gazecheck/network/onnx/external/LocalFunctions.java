package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import org.gazecheck.network.WeightsException;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** The functions that a model defines, by the operators that call them (ONNX's {@code ModelProto.functions}). */
final class LocalFunctions {
    /** Fields of ONNX's {@code FunctionProto} that are younger than the classes that read it. */
    private static final int DEFAULTS = 11;

    private static final int OVERLOAD = 13;

    private final Map<String, FunctionProto> byOperator;

    private LocalFunctions(Map<String, FunctionProto> byOperator) {
        this.byOperator = byOperator;
    }

    /** @throws WeightsException if two have one name, one has an operator's, or is of another version than the model */
    static LocalFunctions of(ModelProto model) throws WeightsException {
        Map<String, FunctionProto> byOperator = new HashMap<>();
        for (FunctionProto function : model.getFunctionsList()) {
            String name = function.getName();
            if (ExternalFile.isKnown(function.getDomain())) {
                throw new WeightsException("it defines a function '" + name + "' in the domain '" + function.getDomain()
                        + "', whose operators are known: which of them its nodes mean cannot be told");
            }
            if (function.getUnknownFields().hasField(OVERLOAD)
                    || byOperator.put(key(function.getDomain(), name), function) != null) {
                throw new WeightsException("it defines the function '" + name + "' more than once");
            }
            ExternalFile.requireOnce(function.getOpsetImportList());
            for (OperatorSetIdProto set : function.getOpsetImportList()) {
                long version = ExternalFile.version(model.getOpsetImportList(), set.getDomain());
                if (ExternalFile.isKnown(set.getDomain()) && set.getVersion() != version) {
                    throw new WeightsException("its function '" + name + "' is of version " + set.getVersion()
                            + " of the operators, the model of " + version);
                }
            }
        }
        return new LocalFunctions(byOperator);
    }

    private static String key(String domain, String name) {
        return domain + " " + name;
    }

    /** The one that a node calls. */
    Optional<FunctionProto> find(NodeProto node) {
        return Optional.ofNullable(byOperator.get(key(node.getDomain(), node.getOpType())));
    }

    /** The nodes of a function with the attributes that it is called with, or its own where it is called without. */
    static List<NodeProto> body(FunctionProto function, NodeProto caller) throws WeightsException {
        Map<String, AttributeProto> given = new HashMap<>();
        if (function.getUnknownFields().hasField(DEFAULTS)) {
            for (ByteString bytes :
                    function.getUnknownFields().getField(DEFAULTS).getLengthDelimitedList()) {
                try {
                    AttributeProto attribute = AttributeProto.parseFrom(bytes);
                    given.put(attribute.getName(), attribute);
                } catch (InvalidProtocolBufferException e) {
                    throw new WeightsException("its function '" + function.getName() + "' is damaged", e);
                }
            }
        }
        caller.getAttributeList().forEach(attribute -> given.put(attribute.getName(), attribute));
        return nodes(function.getNodeList(), given);
    }

    private static List<NodeProto> nodes(List<NodeProto> nodes, Map<String, AttributeProto> given) {
        List<NodeProto> bound = new ArrayList<>();
        for (NodeProto node : nodes) {
            NodeProto.Builder copy = node.toBuilder().clearAttribute();
            node.getAttributeList().stream()
                    .map(attribute -> bound(attribute, given))
                    .filter(Objects::nonNull)
                    .forEach(copy::addAttribute);
            bound.add(copy.build());
        }
        return bound;
    }

    /** Absent where it is neither given nor has a default. */
    private static @Nullable AttributeProto bound(AttributeProto attribute, Map<String, AttributeProto> given) {
        if (!attribute.getRefAttrName().isEmpty()) {
            AttributeProto found = given.get(attribute.getRefAttrName());
            return found == null
                    ? null
                    : found.toBuilder().setName(attribute.getName()).build();
        }
        AttributeProto.Builder copy = attribute.toBuilder();
        if (attribute.hasG()) {
            GraphProto graph = attribute.getG();
            copy.setG(graph.toBuilder().clearNode().addAllNode(nodes(graph.getNodeList(), given)));
        }
        return copy.build();
    }
}
