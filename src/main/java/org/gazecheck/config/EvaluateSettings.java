package org.gazecheck.config;

/** How the network is evaluated. */
public record EvaluateSettings(
        @Setting(value = "whether probabilities are averaged over the image and its mirror image", initial = "false")
                boolean flip,
        @Setting(value = "whether logits are divided by a temperature fitted on val", initial = "true")
                boolean temperature,
        @Setting(
                        value = "resamples for intervals; classes with fewer than 10 images are drawn together",
                        initial = "1000",
                        min = 100,
                        max = 1_000_000)
                int bootstrap) {}
