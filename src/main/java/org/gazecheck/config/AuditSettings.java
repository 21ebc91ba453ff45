package org.gazecheck.config;

import java.util.List;

/** How the network's localisation is measured. */
public record AuditSettings(
        @Setting(
                        value = "width of the border band, as a share of the side",
                        initial = "0.1",
                        min = 0,
                        above = true,
                        max = 0.5,
                        below = true)
                double border,
        @Setting(
                        value = "images of val and test whose backgrounds are swapped; 0: none",
                        initial = "500",
                        min = 0,
                        max = 1_000_000)
                int interventions,
        @Setting(
                        value =
                                "images that are made and shown to the network to try what may be a shortcut; 0: 6000, or four times"
                                        + " as many as were evaluated where that is more",
                        initial = "0",
                        min = 0,
                        max = 100_000_000)
                int budget,
        @Setting(value = "whether masks are estimated where the data have none (GrabCut)", initial = "true")
                boolean estimateMasks,
        @Setting(
                        value = "images of all splits up to which label issues, duplicates and outliers are"
                                + " looked for; 0: never",
                        initial = "10000",
                        min = 0,
                        max = 1_000_000)
                int dataQuality,
        @Setting("how good the heatmaps themselves are") Trust trust) {

    /** Tests of heatmap methods. */
    public record Trust(
            @Setting(
                            value = "images of test (or val) on which heatmap methods are tested; 0: none",
                            initial = "10",
                            min = 0,
                            max = 1000)
                    int images,
            @Setting(
                            value = "methods that are tested; scorecam and ablationcam take many times as long",
                            initial = "[gradcam, gradcam++, layercam, eigencam]",
                            oneOf = {
                                "gradcam",
                                "gradcam++",
                                "hirescam",
                                "layercam",
                                "xgradcam",
                                "eigencam",
                                "scorecam",
                                "ablationcam"
                            },
                            entries = 1)
                    List<String> methods,
            @Setting(
                            value = "steps into which the curves of insertion and deletion are cut",
                            initial = "8",
                            min = 2,
                            max = 256)
                    int steps) {}
}
