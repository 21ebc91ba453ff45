package org.gazecheck.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A data set that was packed and accepted.
 *
 * @param images in all, those that are left out included
 * @param classes names, in the order of their labels
 */
record PackedSet(int schemaVersion, long images, List<String> classes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    PackedSet(long images, List<String> classes) {
        this(1, images, classes);
    }

    String json() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    static PackedSet of(String json) throws JsonProcessingException {
        return JSON.readValue(json, PackedSet.class);
    }
}
