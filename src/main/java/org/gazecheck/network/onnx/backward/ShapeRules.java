package org.gazecheck.network.onnx.backward;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import onnx.Onnx.TensorProto;

/** Operators that keep all numbers and change their order or shape. */
final class ShapeRules {
    private ShapeRules() {}

    static void add(Map<String, Rule> rules) {
        for (String operator : List.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze")) {
            rules.put(operator, ShapeRules::reshape);
        }
        rules.put("Dropout", ShapeRules::dropout);
        rules.put("Cast", ShapeRules::cast);
        rules.put("CastLike", ShapeRules::cast);
        rules.put("Transpose", ShapeRules::transpose);
        rules.put("DepthToSpace", ShapeRules::depthToSpace);
        rules.put("SpaceToDepth", ShapeRules::spaceToDepth);
        rules.put("Expand", s -> s.giveSummed(0, s.gradient()));
        rules.put("Tile", ShapeRules::tile);
    }

    private static void reshape(Step s) {
        s.give(0, s.nodes().reshape(s.gradient(), s.outputShape(0), s.shape(0)));
    }

    /** Without effect in evaluation mode, and where nothing is dropped. */
    private static void dropout(Step s) {
        boolean none = s.has(1) && s.floats(1)[0] == 0;
        if (s.has(2) && s.integers(2)[0] != 0 && !none) {
            throw new NoDerivativeException("in training mode");
        }
        s.give(0, s.gradient());
    }

    /** Gradients are of single precision throughout; whole numbers have none. */
    private static void cast(Step s) {
        if (isReal(s.inputValue(0).type()) && isReal(s.outputValue(0).type())) {
            s.give(0, s.gradient());
        }
    }

    private static boolean isReal(int type) {
        return type == TensorProto.DataType.FLOAT_VALUE
                || type == TensorProto.DataType.FLOAT16_VALUE
                || type == TensorProto.DataType.BFLOAT16_VALUE
                || type == TensorProto.DataType.DOUBLE_VALUE;
    }

    private static void transpose(Step s) {
        int rank = s.shape(0).rank();
        long[] order = s.attributes().integers("perm").orElseGet(() -> LongStream.range(0, rank)
                .map(d -> rank - 1 - d)
                .toArray());
        long[] inverse = new long[rank];
        for (int d = 0; d < rank; d++) {
            inverse[(int) order[d]] = d;
        }
        s.give(0, s.nodes().transpose(s.gradient(), inverse));
    }

    private static void depthToSpace(Step s) {
        Nodes n = s.nodes();
        long block = s.attributes().integer("blocksize", 1);
        if (!s.attributes().text("mode", "DCR").equals("CRD")) {
            s.give(0, n.op("SpaceToDepth", Map.of("blocksize", block), s.gradient()));
            return;
        }
        Shape in = s.shape(0);
        Shape split = s.outputShape(0).replaced(2, 4, in.size(2), block, in.size(3), block);
        s.give(0, n.reshape(n.transpose(n.reshape(s.gradient(), split.target()), 0, 1, 3, 5, 2, 4), in.target()));
    }

    private static void spaceToDepth(Step s) {
        long block = s.attributes().integer("blocksize", 1);
        s.give(0, s.nodes().op("DepthToSpace", Map.of("blocksize", block, "mode", "DCR"), s.gradient()));
    }

    private static void tile(Step s) {
        Nodes n = s.nodes();
        Shape now = s.outputShape(0);
        String gradient = s.gradient();
        long[] repeats = s.integers(1);
        for (int d = 0; d < repeats.length; d++) {
            if (repeats[d] != 1) {
                long size = s.shape(0).size(d);
                Shape split = now.replaced(d, d + 1, repeats[d], size);
                now = now.replaced(d, d + 1, size);
                gradient = n.reshape(n.sum(n.reshape(gradient, split.target()), List.of(d)), now.target());
            }
        }
        s.give(0, gradient);
    }
}
