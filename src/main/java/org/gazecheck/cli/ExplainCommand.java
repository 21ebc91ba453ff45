package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.pipeline.ImageExplainer;
import org.gazecheck.pipeline.ImageExplainer.Explained;
import org.gazecheck.results.ProbabilityText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "explain", description = "Draw heatmaps over single images.")
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Images.")
    private List<Path> images;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "A run folder, a model archive (model.zip), an exported model (model.onnx), or bare weights"
                    + " (.safetensors, .pth), which are used as torchvision does: short side to 256, centre crop 224."
                    + " An archive of DL4J's zoo is refused: its own head (3x3 max pooling, then a dense layer) is not"
                    + " computed here.")
    private Path model;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "gradcam",
            description =
                    "gradcam, gradcam++, hirescam, layercam, xgradcam, eigencam, scorecam or ablationcam (default:"
                            + " ${DEFAULT-VALUE}). eigencam has no target. scorecam needs a forward pass for each"
                            + " channel of"
                            + " the layer, ablationcam one from the layer on: minutes for an image.")
    private String method;

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            description =
                    "Stage or block whose output the heatmap is of, such as layer3 or layer3.1 (default: the last).")
    private String layer;

    @Option(
            names = "--target",
            paramLabel = "CLASS",
            defaultValue = "predicted",
            description = "predicted, true, contrast (evidence for the predicted class rather than the true one), or a"
                    + " class by name or index (default: ${DEFAULT-VALUE}).")
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

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        if (List.of("true", "contrast").contains(target) && label == null) {
            throw new ParameterException(
                    spec.commandLine(), "--target " + target + " needs --label CLASS, the true class");
        }
        ComputeSettings compute = ConfigurationReader.compute(overrides.only(List.of("compute")));
        ImageExplainer.Request request = new ImageExplainer.Request(
                images, model, method, layer, target, label, npy, out, compute.inference(), compute.threads());
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
