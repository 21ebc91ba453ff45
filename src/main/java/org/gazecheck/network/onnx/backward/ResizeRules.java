package org.gazecheck.network.onnx.backward;

import java.util.HashMap;
import java.util.Map;

/** Resampling of rows and columns. */
final class ResizeRules {
    private static final int BATCH = 64;

    private ResizeRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Resize", ResizeRules::resize);
        rules.put("Upsample", s -> SeparableMap.back(s, Map.of()));
    }

    /** Sizes of the whole batch, if given, are replaced by those of the images that find the matrices. */
    private static void resize(Step s) {
        if (s.attributes().flag("antialias")) {
            throw new NoDerivativeException("with antialiasing");
        }
        if (s.attributes().text("coordinate_transformation_mode", "").startsWith("tf_crop")) {
            throw new NoDerivativeException("of a cut-out");
        }
        Map<Integer, long[]> integers = new HashMap<>();
        if (s.has(3) && !s.attributes().has("axes")) {
            long[] sizes = s.outputShape(0).target();
            sizes[0] = BATCH;
            sizes[1] = 1;
            integers.put(3, sizes);
        }
        SeparableMap.back(s, integers);
    }
}
