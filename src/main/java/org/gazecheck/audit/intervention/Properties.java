package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Alteration;
import org.gazecheck.image.Blockiness;
import org.gazecheck.image.BlurLength;
import org.gazecheck.image.ColourCast;
import org.gazecheck.image.ColourGains;
import org.gazecheck.image.Falloff;
import org.gazecheck.image.GaussianBlur;
import org.gazecheck.image.GaussianNoise;
import org.gazecheck.image.JpegCompression;
import org.gazecheck.image.NoiseLevel;
import org.gazecheck.image.PropertyMeasures;
import org.gazecheck.image.Shift;
import org.gazecheck.image.ToneChange;
import org.gazecheck.image.ToneChange.Tone;
import org.gazecheck.image.Vignette;
import org.gazecheck.image.Zoom;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Reason;

/** The properties of whole images that may be shortcuts, and what is tried against them. */
final class Properties {
    private static final double[] BLURS = {
        0.001, 0.0015, 0.002, 0.003, 0.004, 0.0055, 0.0075, 0.01, 0.0135, 0.018, 0.024, 0.032, 0.045, 0.064
    };
    private static final int[] QUALITIES = {90, 75, 60, 50, 40, 32, 25, 20, 16, 13, 10, 8, 6, 4, 2};
    private static final double[] NOISES = {1, 2, 3, 5, 7, 10, 14, 20, 28, 40, 56};
    private static final double[] VIGNETTES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
    private static final double[] CASTS = {0.05, 0.1, 0.15, 0.2, 0.28, 0.37, 0.48, 0.6, 0.75, 0.9};
    private static final double[] DARKER = {0.85, 0.7, 0.55, 0.4, 0.25};
    private static final double[] FLATTER = {0.75, 0.5, 0.35, 0.22, 0.12};
    private static final double[] BRIGHTER = {1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5};
    private static final double[] HARDER = {1.15, 1.3, 1.5, 1.75, 2, 2.5, 3};
    private static final double[] PALER = {0.85, 0.7, 0.55, 0.4, 0.25, 0.1, 0};
    private static final double[] MORE_VIVID = {1.15, 1.3, 1.5, 1.75, 2, 2.5, 3};

    /** Of controls every so many steps are tried: each takes an answer of the network for each image. */
    private static final int COARSE = 2;

    private static final double[] SMALLER = {0.9, 0.8, 0.72, 0.65, 0.58, 0.5, 0.42, 0.35};
    private static final double[] SHIFTS = {0.08, 0.16, 0.24, 0.32};

    /** Directions of colour, an eighth of the circle apart, beginning with more red and less blue. */
    private static final List<String> HUES =
            List.of("warm", "yellow", "green", "cyan", "cold", "violet", "magenta", "red");

    private static final List<Property.Step> BLURRED = steps(BLURS, GaussianBlur::new);
    private static final List<Property.Step> NOISY = Arrays.stream(NOISES)
            .mapToObj(sd -> (Property.Step) item -> new GaussianNoise(sd, seed(item)))
            .toList();
    private static final List<Property.Step> DARK = steps(DARKER, factor -> new ToneChange(Tone.BRIGHTNESS, factor));
    private static final List<Property.Step> FLAT = steps(FLATTER, factor -> new ToneChange(Tone.CONTRAST, factor));
    private static final List<Property.Step> BRIGHT =
            steps(BRIGHTER, factor -> new ToneChange(Tone.BRIGHTNESS, factor));
    private static final List<Property.Step> HARD = steps(HARDER, factor -> new ToneChange(Tone.CONTRAST, factor));
    private static final List<Property.Step> PALE = steps(PALER, factor -> new ToneChange(Tone.SATURATION, factor));
    private static final List<Property.Step> VIVID =
            steps(MORE_VIVID, factor -> new ToneChange(Tone.SATURATION, factor));
    private static final List<Property.Step> COMPRESSED = Arrays.stream(QUALITIES)
            .mapToObj(JpegCompression::new)
            .map(jpeg -> (Property.Step) item -> jpeg)
            .toList();

    private Properties() {}

    /** One alteration by its strength. */
    private interface Kind {
        Alteration of(double strength);
    }

    private static List<Property.Step> steps(double[] strengths, Kind kind) {
        return Arrays.stream(strengths)
                .mapToObj(kind::of)
                .map(alteration -> (Property.Step) item -> alteration)
                .toList();
    }

    private static List<Property.Step> coarse(List<Property.Step> ladder) {
        return IntStream.range(0, ladder.size())
                .filter(i -> i % COARSE == 1)
                .mapToObj(ladder::get)
                .toList();
    }

    private static long seed(Dataset.Item item) {
        return item.sha256().hashCode();
    }

    static List<Property> all() {
        List<Property> all = new ArrayList<>();
        all.add(new Property(
                Reason.BLUR,
                "their blur",
                p -> p.capture().blur(),
                (original, frame, image) -> BlurLength.of(frame),
                BLURRED,
                List.of(),
                false,
                false,
                List.of(coarse(NOISY), FLAT)));
        all.add(new Property(
                Reason.COMPRESSION,
                "their compression",
                p -> p.capture().blockiness(),
                (original, frame, image) -> Blockiness.of(original),
                COMPRESSED,
                List.of(),
                false,
                false,
                List.of(coarse(BLURRED), FLAT)));
        all.add(new Property(
                Reason.COMPRESSION,
                "their noise",
                p -> p.capture().noise(),
                (original, frame, image) -> NoiseLevel.of(original),
                NOISY,
                List.of(),
                false,
                false,
                List.of(coarse(BLURRED), FLAT)));
        all.add(new Property(
                Reason.COLOUR,
                "their dark corners",
                p -> p.capture().falloff(),
                (original, frame, image) -> Falloff.of(original),
                steps(VIGNETTES, Vignette::new),
                steps(VIGNETTES, strength -> new Vignette(-strength)),
                false,
                false,
                List.of(DARK, FLAT)));
        IntStream.range(0, HUES.size()).mapToObj(Properties::cast).forEach(all::add);
        all.addAll(tones());
        return all;
    }

    private static List<Property> tones() {
        List<Property.Step> cast = coarse(casts(0));
        List<Property.Step> blurred = coarse(BLURRED);
        return List.of(
                tone(
                        "how dark they are",
                        -1,
                        ImageProperties::brightness,
                        PropertyMeasures::brightness,
                        DARK,
                        List.of(cast, blurred)),
                tone(
                        "how bright they are",
                        1,
                        ImageProperties::brightness,
                        PropertyMeasures::brightness,
                        BRIGHT,
                        List.of(cast, blurred)),
                tone(
                        "their low contrast",
                        -1,
                        ImageProperties::contrast,
                        PropertyMeasures::contrast,
                        FLAT,
                        List.of(cast, blurred)),
                tone(
                        "their high contrast",
                        1,
                        ImageProperties::contrast,
                        PropertyMeasures::contrast,
                        HARD,
                        List.of(cast, blurred)),
                tone(
                        "their pale colours",
                        -1,
                        ImageProperties::saturation,
                        PropertyMeasures::saturation,
                        PALE,
                        List.of(DARK, blurred)),
                tone(
                        "their strong colours",
                        1,
                        ImageProperties::saturation,
                        PropertyMeasures::saturation,
                        VIVID,
                        List.of(DARK, blurred)));
    }

    /**
     * @param sign 1 or, for less of what is measured, -1
     * @param of the part of an image that the network sees, object and all
     * @param measured the same of an altered image
     */
    private static Property tone(
            String detail,
            int sign,
            ToDoubleFunction<ImageProperties> of,
            ToDoubleFunction<PropertyMeasures> measured,
            List<Property.Step> steps,
            List<List<Property.Step>> controls) {
        return new Property(
                Reason.COLOUR,
                detail,
                p -> sign * of.applyAsDouble(p),
                (original, frame, image) -> sign * measured.applyAsDouble(PropertyMeasures.of(frame, Optional.empty())),
                steps,
                List.of(),
                true,
                true,
                controls);
    }

    private static Property cast(int eighth) {
        double angle = 2 * Math.PI * eighth / HUES.size();
        return new Property(
                Reason.COLOUR,
                "a " + HUES.get(eighth) + " colour cast",
                p -> along(angle, p.capture().castTemperature(), p.capture().castTint()),
                (original, frame, image) -> {
                    ColourCast cast = ColourCast.of(frame, Optional.of(image.mask()));
                    return along(angle, cast.temperature(), cast.tint());
                },
                casts(angle),
                casts(angle + Math.PI),
                true,
                false,
                List.of(coarse(casts(angle + 2 * Math.PI / 3)), coarse(casts(angle - 2 * Math.PI / 3))));
    }

    /** The size of the object where masks do not tell it: the whole image from farther away or from nearer. */
    static Property size(SizeCandidate.Kind kind, ApparentSize size) {
        Map<String, Double> values = size.values();
        List<Property.Step> farther = steps(SMALLER, Zoom::new);
        List<Property.Step> nearer = steps(SMALLER, factor -> new Zoom(1 / factor));
        boolean smaller = kind == SizeCandidate.Kind.SMALLER;
        return new Property(
                Reason.SIZE,
                kind.detail(),
                p -> values.getOrDefault(p.path(), Double.NaN),
                (original, frame, image) -> size.of(frame, image),
                smaller ? farther : nearer,
                smaller ? nearer : farther,
                false,
                false,
                List.of(steps(SHIFTS, Shift::new), coarse(BLURRED), FLAT));
    }

    /** In the plane in which all three channels are alike: {@link ColourCast}. */
    private static double along(double angle, double temperature, double tint) {
        return Math.cos(angle) * temperature * Math.sqrt(3) / 2 + Math.sin(angle) * tint;
    }

    private static List<Property.Step> casts(double angle) {
        return steps(
                CASTS,
                strength ->
                        ColourGains.shift(strength * Math.cos(angle) * 2 / Math.sqrt(3), strength * Math.sin(angle)));
    }
}
