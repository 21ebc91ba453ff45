package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.config.ExternalSettings;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Scores;
import org.gazecheck.network.SpatialLayer;
import org.gazecheck.network.engine.TrialTerms;
import org.gazecheck.results.Assumption;

/**
 * A network that others trained, opened for single images: how it is taken, in words and as settings that take it so
 * again.
 *
 * @param labels file of the classes' names; empty: they are called by their indices
 */
record ExternalUse(
        Path file,
        ExternalNetwork network,
        Preprocessing preprocessing,
        ExternalPreprocessing taken,
        ExternalSettings.Loader loader,
        Optional<Path> labels,
        List<String> classes) {

    ExternalUse {
        classes = List.copyOf(classes);
    }

    /** @throws org.gazecheck.failure.GazecheckException if it is refused, or does not fit its labels */
    static ExternalUse open(Path file, ExternalSettings external, ComputeSettings compute) throws IOException {
        Optional<Path> labels = Optional.ofNullable(external.labels());
        List<String> names = labels.isPresent() ? ClassLabels.read(labels.get()) : List.of();
        TrialTerms terms = new TrialTerms(
                Optional.empty(), external.trialMemory(), external.trialSeconds(), compute.batch(), compute.threads());
        RunModel model = RunModel.external(file, external, names.size(), true, terms);
        ExternalNetwork network = (ExternalNetwork) model.network();
        List<String> classes = names.isEmpty()
                ? IntStream.range(0, network.classes())
                        .mapToObj(Integer::toString)
                        .toList()
                : names;
        return new ExternalUse(
                file, network, model.preprocessing(), model.taken().orElseThrow(), external.loader(), labels, classes);
    }

    private SpatialLayer layer() {
        return network.layers().known(network.lastLayer());
    }

    private String scores() {
        String of =
                network.output().map(name -> " of the output '" + name + "'").orElse("");
        return switch (network.scores()) {
            case EXCLUSIVE -> "softmax over " + network.classes() + " logits" + of;
            case BINARY -> "the sigmoid of one logit" + of + ", for the second of two classes";
            case INDEPENDENT -> "each of " + network.classes() + " logits' sigmoid" + of;
        };
    }

    private String order() {
        return network.input().channelsLast() ? "nhwc" : "nchw";
    }

    /** How it is taken, line by line. */
    List<String> words() {
        SpatialLayer layer = layer();
        List<String> words = new ArrayList<>();
        words.add("scores: " + scores());
        words.add("layer: " + layer.value() + ", " + layer.shape().get(0) + " maps of "
                + layer.shape().get(1) + "x" + layer.shape().get(2) + " in "
                + layer.layout().text());
        words.add("input: " + order() + (network.input().grey() ? ", grey" : "") + ", "
                + preprocessing.crop() + "x" + preprocessing.crop() + " pixels, "
                + (loader == ExternalSettings.Loader.DATAVEC
                        ? "both sides scaled as DataVec does"
                        : "the centre of a short side of " + preprocessing.shortSide()));
        words.add("preprocessing: " + taken.text());
        return words.stream().map(Printable::of).toList();
    }

    /** What could be meant otherwise. */
    List<Assumption> assumptions() {
        List<Assumption> assumptions = new ArrayList<>();
        for (Assumed assumed : network.assumed()) {
            assumptions.add(new Assumption(Stage.TRAIN.text(), assumed.id(), assumed.text(), assumed.counts()));
        }
        assumptions.addAll(taken.assumptions());
        return assumptions;
    }

    /** What takes it so again, as {@code key=value} lines. */
    void write(Path decisions) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# how " + Printable.of(String.valueOf(file.getFileName())) + " (sha256 " + Hashes.sha256(file)
                + ") was taken");
        words().forEach(line -> lines.add("# " + line));
        labels.ifPresent(path -> lines.add("external.labels=" + path));
        network.output().ifPresent(name -> lines.add("external.output=" + name));
        SpatialLayer layer = layer();
        lines.add("external.layer=" + layer.value());
        if (network.engine() == Engine.ONNX) {
            lines.add("external.layout=" + layout(layer.layout().kind()));
            if (layer.layout().kind() == MapLayout.Kind.TOKENS) {
                lines.add("external.grid=" + layer.layout().height() + "x"
                        + layer.layout().width());
            }
        }
        lines.add("external.loader=" + loader.name().toLowerCase(Locale.ROOT));
        lines.add("external.size=" + preprocessing.shortSide());
        lines.add("external.crop=" + preprocessing.crop());
        lines.add("external.scale=1");
        lines.add("external.mean=" + list(taken.normalisation().mean()));
        lines.add("external.std=" + list(taken.normalisation().std()));
        lines.add("external.order=" + order());
        lines.add("external.channels=" + (taken.blueFirst() ? "bgr" : "rgb"));
        AtomicFile.write(decisions, String.join("\n", lines) + "\n");
    }

    private static String layout(MapLayout.Kind kind) {
        return switch (kind) {
            case CHANNELS_FIRST -> "nchw";
            case CHANNELS_LAST -> "nhwc";
            case TOKENS -> "tokens";
        };
    }

    private static String list(float[] numbers) {
        return IntStream.range(0, numbers.length)
                .mapToObj(i -> Float.toString(numbers[i]))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    LoadedModel model() {
        return new LoadedModel(
                network,
                preprocessing,
                classes,
                network.lastLayer(),
                OptionalDouble.empty(),
                false,
                assumptions(),
                Optional.of(this));
    }

    boolean isIndependent() {
        return network.scores() == Scores.INDEPENDENT;
    }

    boolean isBinary() {
        return network.scores() == Scores.BINARY;
    }
}
