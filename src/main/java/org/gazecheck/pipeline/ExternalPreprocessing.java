package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.ExternalSettings;
import org.gazecheck.config.ExternalSettings.Channels;
import org.gazecheck.config.ExternalSettings.Loader;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.dl4j.ArchiveNormaliser;
import org.gazecheck.results.Assumption;
import org.jspecify.annotations.Nullable;

/**
 * What images become before an external network.
 *
 * @param normalisation of values in 0..1, red first
 * @param blueFirst the network's order of channels
 * @param wider whether more of the image is resized than is cut out, as torchvision does: 256 for 224
 * @param source in words
 * @param assumed whether nobody said so, neither the user nor the file
 * @param orderAssumed whether nobody said in which order an archive takes the channels
 */
record ExternalPreprocessing(
        Normalisation normalisation,
        boolean blueFirst,
        boolean wider,
        String source,
        boolean assumed,
        boolean orderAssumed) {
    private static final String AUTO = "auto";
    private static final String ARCHIVE = ".zip";
    private static final int WHITE = 255;

    /**
     * What a network was trained with.
     *
     * @param scale what white is before mean and std
     * @param mean red first
     */
    private record Preset(double scale, List<Double> mean, List<Double> std, boolean blueFirst) {}

    private static final Preset TORCHVISION =
            new Preset(1, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), false);

    private static Preset preset(String name) {
        return switch (name) {
            case AUTO, "imagenet" -> TORCHVISION;
            // Both take the same means off blue, green and red.
            case "keras-caffe", "dl4j-vgg16" ->
                new Preset(WHITE, List.of(123.68, 116.779, 103.939), List.of(1.0), true);
            case "keras-tf" -> new Preset(1, List.of(0.5), List.of(0.5), false);
            case "clip" ->
                new Preset(
                        1,
                        List.of(0.48145466, 0.4578275, 0.40821073),
                        List.of(0.26862954, 0.26130258, 0.27577711),
                        false);
            case "none" -> new Preset(1, List.of(0.0), List.of(1.0), false);
            default -> throw new IllegalArgumentException("no preprocessing '" + name + "'");
        };
    }

    /** @throws org.gazecheck.network.WeightsException if the archive's own normaliser is to be used and cannot be */
    static ExternalPreprocessing of(ExternalSettings external, Path file) throws IOException {
        String name = external.preprocessing();
        Preset preset = preset(name);
        boolean given = external.mean() != null || external.std() != null || external.scale() != null;
        boolean blueFirst = external.channels() == Channels.AUTO
                ? preset.blueFirst || external.loader() == Loader.DATAVEC
                : external.channels() == Channels.BGR;
        boolean archive = file.toString().endsWith(ARCHIVE);
        boolean orderAssumed = archive && external.channels() == Channels.AUTO && !blueFirst;
        if (name.equals(AUTO) && !given && archive) {
            Optional<ArchiveNormaliser> own = ArchiveNormaliser.read(file);
            if (own.isPresent()) {
                return new ExternalPreprocessing(
                        own.get().normalisation(blueFirst),
                        blueFirst,
                        false,
                        "by the archive's own " + own.get().kind(),
                        false,
                        orderAssumed);
            }
        }
        double scale = external.scale() != null ? external.scale() : preset.scale;
        Normalisation normalisation = new Normalisation(
                inUnits(chosen(external.mean(), preset.mean), scale),
                inUnits(chosen(external.std(), preset.std), scale));
        boolean assumed = name.equals(AUTO) && normalisation.equals(Normalisation.TORCHVISION);
        String source = assumed ? "as torchvision's, which is assumed" : given ? "as given" : "as " + name;
        return new ExternalPreprocessing(
                normalisation, blueFirst, name.equals("imagenet"), source, assumed, orderAssumed);
    }

    private static List<Double> chosen(@Nullable List<Double> given, List<Double> otherwise) {
        return given == null ? otherwise : given;
    }

    /** {@code (v scale - mean) / std} is {@code (v - mean / scale) / (std / scale)} for values v in 0..1. */
    private static float[] inUnits(List<Double> values, double scale) {
        float[] units = new float[3];
        for (int c = 0; c < units.length; c++) {
            units[c] = (float) (values.get(values.size() == 1 ? 0 : c) / scale);
        }
        return units;
    }

    /** Pixels to which the short side is resized for a crop. */
    int shortSide(int crop) {
        return wider ? Math.round(crop * 256 / 224f) : crop;
    }

    /** What could be meant otherwise. */
    List<Assumption> assumptions() {
        List<Assumption> assumptions = new ArrayList<>();
        if (assumed) {
            assumptions.add(new Assumption(
                    Stage.TRAIN.text(),
                    "external.mean",
                    "images are normalised with torchvision's mean and std, since nothing in the model's file says what it"
                            + " was trained with; external.preprocessing, or external.mean, external.std and"
                            + " external.scale, set others",
                    Map.of()));
        }
        if (orderAssumed) {
            assumptions.add(new Assumption(
                    Stage.TRAIN.text(),
                    "external.channels",
                    "channels are given red first, since nothing in the archive says what it was trained with; DataVec's"
                            + " NativeImageLoader gives blue first: external.channels (--channels) bgr",
                    Map.of()));
        }
        return assumptions;
    }

    /** Such as "mean [0.5, 0.5, 0.5], std [0.5, 0.5, 0.5] (as keras-tf), red first". */
    String text() {
        return String.format(Locale.ROOT, "%s (%s), %s first", normalisation, source, blueFirst ? "blue" : "red");
    }
}
