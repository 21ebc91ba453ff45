package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.ExternalSettings;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.network.TensorRequest;
import org.jspecify.annotations.Nullable;

/** Of the options for a network of others those that count for tensors in place of images. */
final class TensorOptions {
    private static final List<String> KEYS =
            List.of("external.output", "external.layer", "external.layout", "external.grid");

    private TensorOptions() {}

    /**
     * @param settings {@code external.key=value}
     * @throws GazecheckException if some say how images are taken, or cannot be meant
     */
    static TensorRequest request(Path model, @Nullable String layer, List<String> settings) throws GazecheckException {
        for (String setting : settings) {
            String key = setting.split("=", 2)[0];
            if (!KEYS.contains(key)) {
                throw new GazecheckException(
                        FailureKind.USAGE,
                        key + " (--" + key.substring(key.indexOf('.') + 1)
                                + ") is about images, and --tensor gives numbers as the network takes them: leave it out");
            }
        }
        ExternalSettings external = ConfigurationReader.external(settings);
        return new TensorRequest(
                model,
                Optional.ofNullable(layer).or(() -> Optional.ofNullable(external.layer())),
                Optional.ofNullable(external.output()),
                TensorRequest.Reading.stated(external));
    }
}
