package org.gazecheck.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.pipeline.ImagePredictor;
import org.gazecheck.results.Answer;
import org.gazecheck.results.AnswerWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "predict",
        description = "Label images: one line each, in order, written as soon as it is known. An image that"
                + " cannot be read has a line with an error, and the exit code is then 4.")
final class PredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(
            paramLabel = "IMAGE|FOLDER",
            arity = "1..*",
            description = "Images, and folders of them (with the folders below, sorted).")
    private List<Path> images;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "A run folder (probabilities as in its predictions.csv), or without the run's temperature:"
                    + " a model archive (model.zip), an exported model (model.onnx), or bare weights (.safetensors,"
                    + " .pth). Or a network that others trained: an ONNX classifier, or an archive of Deeplearning4j.")
    private Path model;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "csv, or json: one object a line (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "5",
            description = "How many classes of each image (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to this file instead; it appears when everything is done.")
    private Path out;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images in a forward pass; short for --set compute.batch=N.")
    private String batch;

    @Mixin
    private OthersOptions others;

    @Mixin
    private Overrides overrides;

    enum Format {
        csv,
        json
    }

    @Override
    public Integer call() throws Exception {
        if (top < 1) {
            throw new ParameterException(spec.commandLine(), "--top " + top + ": at least 1");
        }
        List<String> settings = new ArrayList<>(overrides.only(List.of("compute")));
        if (batch != null) {
            settings.add("compute.batch=" + batch);
        }
        ComputeSettings compute = ConfigurationReader.compute(settings);
        try (Console console = main.console();
                ImagePredictor predictor = ImagePredictor.open(model, others.settings(), others.written(), compute)) {
            if (!predictor.evaluated() && !predictor.ofOthers()) {
                console.progress()
                        .message("no evaluation belongs to " + model + ": probabilities are plain softmax,"
                                + " not calibrated by a temperature");
            }
            Tally tally = new Tally();
            if (out == null) {
                predict(predictor, console, console.output(), tally);
            } else {
                AtomicFile.write(out, bytes -> {
                    Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
                    predict(predictor, console, text, tally);
                    text.flush();
                });
            }
            return tally.end(console).code();
        }
    }

    private void predict(ImagePredictor predictor, Console console, Writer text, Tally tally) throws IOException {
        AnswerWriter lines = format == Format.csv
                ? AnswerWriter.csv(text, predictor.classes(), top)
                : AnswerWriter.json(text, predictor.classes(), top);
        predictor.predict(
                images,
                answers -> {
                    for (Answer answer : answers) {
                        lines.write(answer);
                        tally.count(answer, console);
                    }
                    if (out == null) {
                        text.flush();
                    }
                },
                console.progress());
    }

    /** How many images there were, and how many could not be read. */
    private static final class Tally {
        private long all;
        private long failed;

        void count(Answer answer, Console console) {
            all++;
            if (answer.error() != null) {
                failed++;
                console.problem(answer.path() + ": " + answer.error());
            }
        }

        ExitCode end(Console console) {
            if (failed == 0) {
                return ExitCode.DONE;
            }
            console.problem("gazecheck: " + failed + " of " + all + " could not be read");
            return ExitCode.INVALID_DATA;
        }
    }
}
