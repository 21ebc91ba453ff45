package org.gazecheck.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.gazecheck.data.ImageCheck;

/** What came of a look at an image, as text in a column. */
final class CheckJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CheckJson() {}

    static String of(ImageCheck check) throws JsonProcessingException {
        return JSON.writeValueAsString(check);
    }

    static ImageCheck read(String json) throws JsonProcessingException {
        return JSON.readValue(json, ImageCheck.class);
    }
}
