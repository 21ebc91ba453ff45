package org.gazecheck.explain;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The methods that make a heatmap from a layer's activations. */
public enum CamMethod {
    GRADCAM("gradcam", Need.GRADIENTS),
    GRADCAM_PLUS_PLUS("gradcam++", Need.GRADIENTS),
    HIRESCAM("hirescam", Need.GRADIENTS),
    LAYERCAM("layercam", Need.GRADIENTS),
    XGRADCAM("xgradcam", Need.GRADIENTS),
    EIGENCAM("eigencam", Need.NOTHING),
    SCORECAM("scorecam", Need.SCORES_OF_IMAGES),
    ABLATIONCAM("ablationcam", Need.SCORES_OF_ACTIVATIONS);

    /** What a method asks of the network besides the activations. */
    public enum Need {
        NOTHING,
        /** Of the score, with respect to the activations. */
        GRADIENTS,
        /** A forward pass for each channel. */
        SCORES_OF_IMAGES,
        /** A pass from the layer on for each channel. */
        SCORES_OF_ACTIVATIONS
    }

    private final String text;
    private final Need need;

    CamMethod(String text, Need need) {
        this.text = text;
        this.need = need;
    }

    /** As it is written in options and file names. */
    public String text() {
        return text;
    }

    public Need need() {
        return need;
    }

    /** @throws IllegalArgumentException if there is no such method; the message names those that there are */
    public static CamMethod of(String text) {
        return Arrays.stream(values())
                .filter(method -> method.text.equals(text))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no method '" + text + "': there are " + names()));
    }

    /** All names, separated by commas. */
    public static String names() {
        return Arrays.stream(values()).map(CamMethod::text).collect(Collectors.joining(", "));
    }
}
