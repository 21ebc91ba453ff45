package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.pipeline.ImageExplainer;
import org.gazecheck.pipeline.ImageExplainer.Explained;
import org.gazecheck.pipeline.TensorExplainer;
import org.gazecheck.results.ProbabilityText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description =
                "Draw heatmaps over single images, by a network of Gazecheck or one that others trained. Or, with --tensor,"
                        + " write the raw maps of any ONNX classifier for tensors as it takes them"
                        + " (docs/external-models.md).")
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "Images.")
    private List<Path> images = List.of();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "A run folder, a model archive (model.zip), an exported model (model.onnx), or bare weights"
                    + " (.safetensors, .pth), which are used as torchvision does: short side to 256, centre crop 224."
                    + " Or a network that others trained: an ONNX classifier, or an archive of Deeplearning4j.")
    private Path model;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description =
                    "gradcam, gradcam++, hirescam, layercam, xgradcam, eigencam, scorecam or ablationcam (default:"
                            + " gradcam, or eigencam where a network of others has no gradients). eigencam has no target. scorecam needs a forward pass for each"
                            + " channel of"
                            + " the layer, ablationcam one from the layer on: minutes for an image.")
    private String method;

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            description =
                    "Stage or block whose output the heatmap is of, such as layer3 or layer3.1 (default: the last). Of an"
                            + " ONNX classifier any value of the graph by its name, a module whose output it is (layer4.1.conv2),"
                            + " or its place from the end (-1): see gazecheck layers MODEL.")
    private String layer;

    @Option(
            names = "--target",
            paramLabel = "CLASS",
            defaultValue = "predicted",
            description = "predicted, true, contrast (evidence for the predicted class rather than the true one), or a"
                    + " class by name or index (default: ${DEFAULT-VALUE}). With --tensor by index; of one logit 1 is the"
                    + " positive class.")
    private String target;

    @Option(
            names = "--label",
            paramLabel = "CLASS",
            description = "The true class by name or index; needed for --target true and contrast.")
    private String label;

    @Option(
            names = "--npy",
            paramLabel = "DIR",
            description = "Write the raw maps there too: <image's stem>.npy, float32 [h, w], before ReLU.")
    private Path npy;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "explained",
            description = "Where the overlays go as PNG (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--tensor",
            paramLabel = "FILE",
            description = "In place of images, for any ONNX classifier: a numpy file, float32, as the network takes it,"
                    + " already normalised, n rows. Writes one raw map a row to --npy (0.npy, 1.npy, ...) and"
                    + " logits.npy, before softmax or sigmoid.")
    private Path tensor;

    @Mixin
    private OthersOptions others;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        if (List.of("true", "contrast").contains(target) && label == null) {
            throw new ParameterException(
                    spec.commandLine(), "--target " + target + " needs --label CLASS, the true class");
        }
        if (images.isEmpty() == (tensor == null)) {
            throw new ParameterException(spec.commandLine(), "give either images, or --tensor FILE --npy DIR");
        }
        ComputeSettings compute = ConfigurationReader.compute(overrides.only(List.of("compute")));
        return tensor == null ? images(compute) : tensor(tensor, compute);
    }

    private int tensor(Path rows, ComputeSettings compute) throws IOException {
        if (npy == null || spec.commandLine().getParseResult().hasMatchedOption("--out")) {
            throw new ParameterException(
                    spec.commandLine(), "with --tensor give --npy DIR, where maps go; --out is for images");
        }
        TensorExplainer.Request request = new TensorExplainer.Request(
                TensorOptions.request(model, layer, others.settings()),
                rows,
                Optional.ofNullable(method).orElse("gradcam"),
                target,
                Optional.ofNullable(label),
                npy,
                compute.threads());
        try (Console console = main.console()) {
            List<TensorExplainer.Explained> explained = TensorExplainer.explain(request, console.progress());
            for (int i = 0; i < explained.size(); i++) {
                TensorExplainer.Explained row = explained.get(i);
                console.result(
                        "row " + i + ": class " + row.predicted() + ", map of " + row.explained() + ": " + row.map());
            }
        }
        return ExitCode.DONE.code();
    }

    private int images(ComputeSettings compute) throws IOException {
        ImageExplainer.Request request = new ImageExplainer.Request(
                images,
                model,
                others.settings(),
                others.written(),
                Optional.ofNullable(method),
                layer,
                target,
                label,
                npy,
                out,
                compute);
        try (Console console = main.console()) {
            for (Explained explained : ImageExplainer.explain(request, console.progress())) {
                console.result(String.format(
                        Locale.ROOT,
                        "%s: %s (%s), map of %s: %s",
                        explained.image(),
                        explained.predicted(),
                        ProbabilityText.of(explained.probability()),
                        explained.explained(),
                        explained.overlay()));
            }
        }
        return ExitCode.DONE.code();
    }
}
