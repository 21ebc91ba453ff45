package org.gazecheck.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gazecheck.config.Configuration.Source;

/** What must hold between fields that are each in range. */
final class Coherence {
    private Coherence() {}

    /** Mistakes by the key that they are told at. */
    static Map<String, String> check(Configuration configuration) {
        Map<String, String> mistakes = new LinkedHashMap<>();
        Configuration.Data data = configuration.data();
        if (data.source() == Source.CSV && data.file() == null) {
            mistakes.put("data.source", "source csv needs data.file, the table with the columns file, label, split");
        }
        if (data.valShare() + data.testShare() >= 1) {
            mistakes.put("data.testShare", "data.valShare and data.testShare leave nothing for train");
        }
        Configuration.Views views = configuration.train().views();
        if (views.minScale() > views.maxScale()) {
            mistakes.put("train.views.minScale", "train.views.minScale is above train.views.maxScale");
        }
        Configuration.Model model = configuration.model();
        if (model.mirror() != null && !model.mirror().matches("https?://[\\w.:\\[\\]-]+/([\\w.~%/-]*/)?")) {
            mistakes.put(
                    "model.mirror",
                    "model.mirror is no web address of a folder: expected such as https://mirror.example/weights/");
        }
        if (model.weights() == null && model.architecture().equals("auto")) {
            mistakes.put(
                    "model.architecture",
                    "architecture auto reads the weights, and model.weights names none: give weights or an architecture");
        }
        return mistakes;
    }
}
