package org.gazecheck.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.DataSettings.Source;
import org.jspecify.annotations.Nullable;

/** What must hold between fields that are each in range. */
final class Coherence {
    private Coherence() {}

    /** Mistakes by the key that they are reported at. */
    static Map<String, String> check(Configuration configuration) {
        Map<String, String> mistakes = new LinkedHashMap<>();
        DataSettings data = configuration.data();
        if (data.source() == Source.CSV && data.file() == null) {
            mistakes.put("data.source", "source csv needs data.file, the table with the columns file, label, split");
        }
        ExternalSettings external = configuration.external();
        double held = data.valShare() + data.testShare();
        ModelSettings model = configuration.model();
        boolean trained = external.model() == null && model.run() == null;
        if (external.model() != null && model.run() != null) {
            mistakes.put("model.run", "model.run and external.model both name a network: give one of them");
        }
        if (!trained && configuration.mitigation().run() != null) {
            mistakes.put(
                    "mitigation.run",
                    "mitigation.run trains a network again, and model.run or external.model names one that is taken as it"
                            + " is: give one of them");
        }
        if (configuration.mitigation().train() && configuration.train().recipe() == TrainSettings.Recipe.PROBE) {
            mistakes.put(
                    "mitigation.train",
                    "mitigation.train (--train) trains all again that train.recipe trains, and probe trains the head alone:"
                            + " leave it out");
        }
        groups(configuration.mitigation(), mistakes);
        if (trained && held >= 1) {
            mistakes.put("data.testShare", "data.valShare and data.testShare leave nothing for train");
        } else if (held > 1) {
            mistakes.put("data.testShare", "data.valShare and data.testShare are more than all images");
        } else if (trained && data.valShare() == 0) {
            mistakes.put("data.valShare", "data.valShare is 0: a network that is trained needs images in val");
        }
        external(external, mistakes);
        TrainSettings.Views views = configuration.train().views();
        if (views.minScale() > views.maxScale()) {
            mistakes.put("train.views.minScale", "train.views.minScale is above train.views.maxScale");
        }
        if (model.mirror() != null && !model.mirror().matches("https?://[\\w.:\\[\\]-]+/([\\w.~%/-]*/)?")) {
            mistakes.put(
                    "model.mirror",
                    "model.mirror is not a web address of a folder: expected such as https://mirror.example/weights/");
        }
        if (model.weights() == null && model.weightsPrefix() != null) {
            mistakes.put(
                    "model.weightsPrefix",
                    "model.weightsPrefix chooses a network in a weights file, and model.weights names none");
        }
        if (trained && model.weights() == null && model.architecture().equals("auto")) {
            mistakes.put(
                    "model.architecture",
                    "architecture auto reads the weights, and model.weights names none: give weights or an"
                            + " architecture");
        }
        return mistakes;
    }

    private static void groups(MitigationSettings mitigation, Map<String, String> mistakes) {
        if (mitigation.groups() == null) {
            return;
        }
        if (mitigation.run() == null) {
            mistakes.put("mitigation.groups", "mitigation.groups needs mitigation.run, the run whose head is balanced");
        }
        if (!mitigation.findings().isEmpty() || mitigation.suspected() || mitigation.train()) {
            mistakes.put(
                    "mitigation.groups",
                    "mitigation.groups (--groups) balances the head over named groups, in place of training against"
                            + " shortcuts: leave out mitigation.findings (--finding), mitigation.suspected (--suspected)"
                            + " and mitigation.train (--train), or leave out the groups");
        }
    }

    static void external(ExternalSettings external, Map<String, String> mistakes) {
        if (external.model() != null && external.labels() == null) {
            mistakes.put("external.model", "external.model needs external.labels, a file with one class name a line");
        }
        channels("external.mean", external.mean(), mistakes);
        channels("external.std", external.std(), mistakes);
        if (external.grid() != null && !external.grid().matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
            mistakes.put(
                    "external.grid",
                    "external.grid (--grid) is '" + external.grid() + "': give rows and columns, such as 14x14");
        }
        if (external.size() > 0 && external.crop() > external.size()) {
            mistakes.put("external.crop", "external.crop is larger than external.size");
        }
    }

    private static void channels(String key, @Nullable List<Double> numbers, Map<String, String> mistakes) {
        if (numbers != null && numbers.size() != 1 && numbers.size() != 3) {
            mistakes.put(key, key + " has " + numbers.size() + " entries: three are expected, or one for all channels");
        }
    }
}
