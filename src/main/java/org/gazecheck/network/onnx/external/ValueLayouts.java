package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.MapLayout.Kind;
import org.gazecheck.network.onnx.backward.Value;

/**
 * How the values of a graph hold their maps, as far as graph and sizes say it: what gives a value, what takes it, and how many
 * tokens stand beside as many as the last map before them has cells.
 */
final class ValueLayouts {
    private static final Set<Integer> REAL = Set.of(
            TensorProto.DataType.FLOAT_VALUE, TensorProto.DataType.FLOAT16_VALUE, TensorProto.DataType.BFLOAT16_VALUE);
    private static final Set<String> TAKING_CHANNELS_FIRST =
            Set.of("Conv", "ConvTranspose", "BatchNormalization", "MaxPool", "AveragePool", "GlobalAveragePool");
    private static final int MOST_OTHERS = 8;

    private final Map<String, Reading> readings = new HashMap<>();
    private final Map<String, int[]> shapes = new HashMap<>();

    ValueLayouts(ExternalGraph graph, ProbedGraph probed) {
        LayoutTrace trace = new LayoutTrace(graph);
        Set<String> taken = new HashSet<>();
        for (NodeProto node : graph.subgraph()) {
            if (TAKING_CHANNELS_FIRST.contains(node.getOpType())) {
                taken.add(node.getInput(0));
            }
        }
        List<int[]> grids = new ArrayList<>();
        for (NodeProto node : graph.subgraph()) {
            String value = node.getOutput(0);
            int[] shape = probed.value(value)
                    .flatMap(known -> ofOneImage(known, graph.rows()))
                    .orElse(null);
            if (shape == null) {
                continue;
            }
            Optional<Kind> said = trace.of(value)
                    .or(() -> taken.contains(value) ? Optional.of(Kind.CHANNELS_FIRST) : Optional.empty());
            Optional<Reading> reading = shape.length == 4 ? ofMaps(shape, said) : ofTokens(shape, grids);
            reading.ifPresent(found -> {
                readings.put(value, found);
                shapes.put(value, shape);
                if (shape.length == 4 && found.certain) {
                    grids.add(0, new int[] {found.layout.height(), found.layout.width()});
                }
            });
        }
    }

    /**
     * How a value holds its maps.
     *
     * @param certain whether the graph says so; otherwise its sizes look so
     */
    record Reading(MapLayout layout, boolean certain) {}

    /** Empty for a value without rows and columns. */
    Optional<Reading> of(String value) {
        return Optional.ofNullable(readings.get(value));
    }

    /** Of one image's value, [1, ...]; for those that hold maps. */
    Optional<int[]> shape(String value) {
        return Optional.ofNullable(shapes.get(value));
    }

    /** Of real numbers, the images in the first dimension. */
    private static Optional<int[]> ofOneImage(Value known, int rows) {
        List<Long> sizes = known.shape().sizes();
        boolean counted = known.shape().rows() == 0
                || rows > 0 && known.shape().rows() < 0 && !sizes.isEmpty() && sizes.get(0) == rows;
        long images = Math.max(1, rows);
        if (!REAL.contains(known.type())
                || !counted
                || sizes.get(0) != images
                || sizes.size() < 3
                || sizes.size() > 4) {
            return Optional.empty();
        }
        int[] shape = sizes.stream().mapToInt(Math::toIntExact).toArray();
        shape[0] = 1;
        return Optional.of(shape);
    }

    private static Optional<Reading> ofMaps(int[] shape, Optional<Kind> said) {
        boolean first = shape[2] > 1 && shape[3] > 1;
        boolean last = shape[1] > 1 && shape[2] > 1;
        boolean looksLast = last && (!first || shape[1] == shape[2] && shape[2] != shape[3]);
        boolean asLast = said.map(kind -> kind == Kind.CHANNELS_LAST).orElse(looksLast);
        if (asLast ? !last : !first) {
            return Optional.empty();
        }
        MapLayout layout =
                asLast ? MapLayout.channelsLast(shape[1], shape[2]) : MapLayout.channelsFirst(shape[2], shape[3]);
        return Optional.of(new Reading(layout, said.isPresent()));
    }

    private static Optional<Reading> ofTokens(int[] shape, List<int[]> grids) {
        for (int[] grid : grids) {
            int others = shape[1] - grid[0] * grid[1];
            if (others >= 0 && others <= MOST_OTHERS) {
                return Optional.of(new Reading(MapLayout.tokens(others, grid[0], grid[1]), true));
            }
        }
        return LayoutProbe.possible(shape).stream().findFirst().map(layout -> new Reading(layout, false));
    }
}
