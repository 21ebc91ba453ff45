package org.gazecheck.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.io.Printable;
import org.gazecheck.network.ListedLayer;
import org.gazecheck.network.onnx.external.LayerList;
import org.gazecheck.pipeline.LayerListing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "layers",
        description =
                "List the values of an ONNX classifier that heatmaps can be of: how each holds its maps, which methods"
                        + " work there, and which is the default.")
final class LayersCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "MODEL", description = "An ONNX classifier (.onnx).")
    private Path model;

    @Option(
            names = "--logits",
            paramLabel = "OUTPUT",
            description = "The output that holds the logits, of a network that has several.")
    private String logits;

    @Option(
            names = "--size",
            paramLabel = "PX",
            defaultValue = "0",
            description = "Side of the images, where the model fixes none (default: 224).")
    private int size;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "An image to try the network with: which layers answer to their own place in it decides the"
                    + " default (default: a drawn one).")
    private Path image;

    @Option(
            names = "--preprocessing",
            paramLabel = "NAME",
            defaultValue = "auto",
            description =
                    "Of the image: imagenet, keras-caffe, keras-tf, clip, none, dl4j-vgg16 or auto, torchvision's mean"
                            + " and std (default: ${DEFAULT-VALUE}).")
    private String preprocessing;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: one object a line (default: ${DEFAULT-VALUE}).")
    private Format format;

    private enum Format {
        text,
        json
    }

    @Override
    public Integer call() throws Exception {
        LayerList list =
                LayerListing.of(model, Optional.ofNullable(logits), size, Optional.ofNullable(image), preprocessing);
        try (Console console = main.console()) {
            if (format == Format.json) {
                JsonMapper mapper = new JsonMapper();
                for (ListedLayer layer : list.layers()) {
                    console.result(json(mapper, layer, list));
                }
            } else {
                table(list).forEach(console::result);
                console.result("* default: " + Printable.of(list.why()));
                console.result("scorecam masks images: explain --tensor, which has none, does without it");
            }
        }
        return ExitCode.DONE.code();
    }

    private static List<String> table(LayerList list) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("index", "name", "operator", "shape", "kind", "methods", "value"));
        for (ListedLayer layer : list.layers()) {
            rows.add(List.of(
                    layer.index() + (layer.value().equals(list.chosen()) ? " *" : ""),
                    Printable.of(layer.name()),
                    layer.operator(),
                    layer.shape().stream().skip(1).map(String::valueOf).collect(Collectors.joining("x")),
                    LayerList.kind(layer.layout(), layer.certain()),
                    summary(methods(layer)),
                    Printable.of(layer.value())));
        }
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String summary(List<CamMethod> methods) {
        List<CamMethod> missing = Arrays.stream(CamMethod.values())
                .filter(method -> !methods.contains(method))
                .toList();
        if (missing.isEmpty()) {
            return "all";
        }
        List<CamMethod> shorter = missing.size() < methods.size() ? missing : methods;
        return (missing.size() < methods.size() ? "all but " : "")
                + shorter.stream().map(CamMethod::text).collect(Collectors.joining(", "));
    }

    private static List<CamMethod> methods(ListedLayer layer) {
        return Arrays.stream(CamMethod.values())
                .filter(method -> switch (method.need()) {
                    case NOTHING, SCORES_OF_IMAGES -> true;
                    case GRADIENTS -> layer.whyNoGradients().isEmpty();
                    case SCORES_OF_ACTIVATIONS -> layer.onward();
                })
                .toList();
    }

    private static String json(JsonMapper mapper, ListedLayer layer, LayerList list) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("index", layer.index());
        object.put("name", layer.name());
        object.put("value", layer.value());
        object.put("operator", layer.operator());
        object.put("shape", layer.shape().subList(1, layer.shape().size()));
        object.put("kind", LayerList.kind(layer.layout(), layer.certain()));
        object.put("methods", methods(layer).stream().map(CamMethod::text).toList());
        layer.whyNoGradients().ifPresent(why -> object.put("whyNoGradients", why));
        boolean chosen = layer.value().equals(list.chosen());
        object.put("default", chosen);
        if (chosen) {
            object.put("why", list.why());
        }
        return mapper.writeValueAsString(object);
    }
}
