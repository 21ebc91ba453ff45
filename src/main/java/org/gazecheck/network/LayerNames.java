package org.gazecheck.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.config.Suggestion;
import org.gazecheck.io.Printable;

/**
 * What people call the values of an ONNX graph: the value's or its node's exact name, the module of the framework that it
 * is the output of ("layer4.1.conv2", or the end of that where nothing else ends so), or its place from the end (-1 the last).
 */
public final class LayerNames {
    private static final int SHOWN = 8;

    private final List<Named> all;
    private final Map<String, Named> modules = new LinkedHashMap<>();

    /**
     * @param all values in the graph's order
     */
    public LayerNames(List<Named> all) {
        this.all = List.copyOf(all);
        for (Named named : all) {
            for (String module : modules(named.title())) {
                modules.put(module, named);
            }
        }
    }

    /**
     * A value.
     *
     * @param node that gives it; empty where it has no name
     * @param spatial whether it could hold maps
     */
    public record Named(String value, String node, boolean spatial) {
        String title() {
            return node.isEmpty() ? value : node;
        }
    }

    /**
     * The value that is meant.
     *
     * @throws UnknownLayerException if none is, or several could be, or it has no rows and columns
     */
    public String find(String wanted) throws UnknownLayerException {
        Named found = exact(wanted)
                .or(() -> fromEnd(wanted))
                .or(() -> Optional.ofNullable(modules.get(wanted)))
                .orElse(null);
        if (found == null) {
            found = byEnd(wanted);
        }
        if (!found.spatial) {
            throw new UnknownLayerException("the layer '" + Printable.of(wanted) + "' ('" + Printable.of(found.value)
                    + "') has no rows and columns: choose an earlier one, such as one of " + last());
        }
        return found.value;
    }

    /** The shortest name that {@link #find} takes for a value. */
    public String shortest(String value) {
        return modules.entrySet().stream()
                .filter(module -> module.getValue().value.equals(value))
                .map(Map.Entry::getKey)
                .min(Comparator.comparingInt(String::length))
                .orElse(value);
    }

    private Optional<Named> exact(String wanted) {
        return Stream.<Function<Named, String>>of(Named::value, Named::node, named -> SpatialLayer.plain(named.title()))
                .flatMap(name -> Stream.of(wanted, "/" + wanted).flatMap(written -> all.stream()
                        .filter(named -> name.apply(named).equals(written))))
                .findFirst();
    }

    private Optional<Named> fromEnd(String wanted) {
        if (!wanted.matches("-\\d{1,6}")) {
            return Optional.empty();
        }
        List<Named> spatial = all.stream().filter(Named::spatial).toList();
        int index = spatial.size() + Integer.parseInt(wanted);
        return index >= 0 && index < spatial.size() ? Optional.of(spatial.get(index)) : Optional.empty();
    }

    private Named byEnd(String wanted) throws UnknownLayerException {
        Map<String, Named> found = new LinkedHashMap<>();
        modules.forEach((module, named) -> {
            if (module.endsWith("." + wanted)) {
                found.put(module, named);
            }
        });
        if (found.isEmpty()) {
            throw new UnknownLayerException("no layer '" + Printable.of(wanted) + "' in the network" + near(wanted)
                    + "; the last ones are " + last() + "; 'gazecheck layers MODEL' lists them all");
        }
        List<String> values =
                found.values().stream().map(Named::value).distinct().toList();
        if (values.size() > 1) {
            throw new UnknownLayerException("'" + Printable.of(wanted) + "' could be any of " + values.size()
                    + " layers: " + some(new ArrayList<>(found.keySet())) + "; write more of the name");
        }
        return Objects.requireNonNull(found.values().iterator().next());
    }

    private String near(String wanted) {
        TreeSet<String> names = new TreeSet<>(modules.keySet());
        all.stream().filter(Named::spatial).forEach(named -> names.add(named.value));
        List<String> near = new ArrayList<>();
        names.stream()
                .filter(name -> wanted.length() > 2 && name.contains(wanted))
                .limit(SHOWN)
                .forEach(near::add);
        if (near.isEmpty()) {
            Suggestion.nearest(wanted, names).ifPresent(near::add);
        }
        return near.isEmpty() ? "" : ", but " + some(near);
    }

    /** The last of those that could hold maps, last first. */
    private String last() {
        List<String> values = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).spatial) {
                values.add(shortest(all.get(i).value));
            }
        }
        return some(values);
    }

    private static String some(List<String> names) {
        String shown = names.stream()
                .limit(SHOWN)
                .map(name -> "'" + Printable.of(name) + "'")
                .collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    /**
     * The modules that a name lies in, the outermost first: of "/layer4/layer4.1/conv2/Conv" these are "layer4", "layer4.1"
     * and "layer4.1.conv2".
     */
    private static List<String> modules(String title) {
        List<String> modules = new ArrayList<>();
        String path = "";
        String before = "";
        String[] segments = title.split("/");
        for (int i = 0; i < segments.length - 1; i++) {
            String segment = segments[i];
            if (segment.isEmpty()) {
                continue;
            }
            boolean repeats = !before.isEmpty() && segment.startsWith(before + ".");
            String own = repeats ? segment.substring(before.length() + 1) : segment;
            path = path.isEmpty() ? own : path + "." + own;
            before = segment;
            modules.add(path);
        }
        return modules;
    }
}
