package org.gazecheck.audit.input;

import java.nio.file.Path;
import org.gazecheck.config.Configuration;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Network;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.RunFolder;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;

/**
 * What an audit starts from.
 *
 * @param network that made the predictions
 * @param folder of the run, with predictions and maps; receives what the audit finds
 * @param store keeps what is computed per image
 * @param images of the data set
 * @param method of the maps, as in their file names
 * @param layer of the maps
 */
public record AuditInputs(
        Dataset dataset,
        Network network,
        Preprocessing preprocessing,
        Configuration configuration,
        Store store,
        RunFolder folder,
        Randomness randomness,
        FramedImages images,
        String method,
        String layer) {
    public AuditInputs(
            Dataset dataset,
            Network network,
            Preprocessing preprocessing,
            Configuration configuration,
            Store store,
            RunFolder folder,
            Randomness randomness,
            String method,
            String layer) {
        this(
                dataset,
                network,
                preprocessing,
                configuration,
                store,
                folder,
                randomness,
                new FramedImages(dataset.images(), preprocessing),
                method,
                layer);
    }

    /** The file of the run's maps for a target. */
    public Path map(MapTarget target) {
        return folder.map(method, layer, target);
    }
}
