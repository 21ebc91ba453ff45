package org.gazecheck.network.dl4j;

import java.util.List;
import java.util.Map;
import org.gazecheck.image.Preprocessing;

/**
 * What a later load needs beside the weights.
 *
 * @param classes names, in the order of the logits
 * @param preprocessing what the network was trained and evaluated with
 * @param provenance where it comes from: data, configuration, versions, seeds
 */
public record ArchiveInfo(List<String> classes, Preprocessing preprocessing, Map<String, String> provenance) {
    public ArchiveInfo {
        classes = List.copyOf(classes);
        provenance = Map.copyOf(provenance);
    }
}
