package org.gazecheck.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
    private static final String LEAST =
            """
            data:
              source: folder
              dir: images
            model:
              architecture: resnet18
            """;

    @TempDir
    private Path folder;

    @Test
    void everyMistakeIsToldAtOnceWithItsPlace() throws IOException {
        List<String> mistakes = mistakesOf(
                """
                data:
                  source: flower102
                  dirr: x
                  dir: images
                model:
                  architecture: resnet18
                  size: twelve
                train:
                  finetune:
                    epochs: -3
                """);

        String file = folder.resolve("job.yaml").toString();
        assertEquals(4, mistakes.size(), mistakes::toString);
        assertEquals(
                file
                        + ":2:11: data.source is flower102: expected flowers102, folder, csv or demo; did you mean flowers102?",
                mistakes.get(0));
        assertEquals(file + ":3:3: unknown key data.dirr; did you mean data.dir?", mistakes.get(1));
        assertTrue(mistakes.get(2).startsWith(file + ":7:9: model.size is twelve"), mistakes.get(2));
        assertTrue(mistakes.get(3).startsWith(file + ":10:13: train.finetune.epochs is -3"), mistakes.get(3));
    }

    @Test
    void aMistakenOverrideIsToldUnderItsKey() throws IOException {
        List<String> mistakes = mistakesOf(
                LEAST,
                "train.finetune.epoch=3",
                "compute.threads=many",
                "data.allowMissing=[tset]",
                "train",
                "seed",
                "learningRate=1",
                "compute.batch=[1");

        assertEquals(7, mistakes.size(), mistakes::toString);
        assertTold(mistakes, "--set train.finetune.epoch: unknown key; did you mean train.finetune.epochs?");
        assertTold(mistakes, "--set compute.threads: compute.threads is many: expected a whole number");
        assertTold(mistakes, "--set data.allowMissing: data.allowMissing is tset");
        assertTold(mistakes, "did you mean test?");
        assertTold(mistakes, "--set train: is a section");
        assertTold(mistakes, "--set seed: expected seed=VALUE");
        assertTold(mistakes, "--set learningRate: unknown key; did you mean train.finetune.learningRate?");
        assertTold(mistakes, "--set compute.batch: not valid YAML");
    }

    @Test
    void aRenamedKeyIsAnsweredWithItsPresentName() throws IOException {
        List<String> mistakes = mistakesOf(
                LEAST + "foreign:\n  model: m.onnx\naudit:\n  suspicion: 0\n",
                "foreign.crop=64",
                "foreign.x=1",
                "report.images=9");

        assertEquals(5, mistakes.size(), mistakes::toString);
        assertTold(mistakes, ":1: foreign is now called external");
        assertTold(mistakes, "audit.suspicion is now called audit.dataQuality");
        assertTold(mistakes, "--set foreign.crop: is now called external.crop");
        assertTold(mistakes, "--set foreign.x: unknown key");
        assertTold(mistakes, "--set report.images: is now called report.galleryImages");
    }

    @Test
    void whatMustBeGivenIsNamedWhenMissing() throws IOException {
        List<String> mistakes = mistakesOf("model:\n  architecture: resnet18\n");

        assertEquals(2, mistakes.size(), mistakes::toString);
        assertTold(mistakes, "data.source is missing");
        assertTold(mistakes, "data.dir is missing");
    }

    @Test
    void aKeyGivenTwiceIsRefused() throws IOException {
        assertTold(mistakesOf(LEAST + "seed: 1\nseed: 2\n"), ":7:1: seed is given twice, first in line 6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.views.minScale|0|above 0 up to 1",
                "train.views.hue|0.6|from 0 to 0.5",
                "model.size|31|from 32 to 2048",
                "model.size|224.5|a whole number",
                "model.size|99999999999|from 32 to 2048",
                "train.probe.smoothing|1|below 1",
                "train.probe.smoothing|.inf|a number",
                "train.probe.smoothing|NaN|a number",
                "train.probe.l2|[]|at least 1 entry",
                "train.probe.l2|[1e-5, -1]|from 0 to 1000",
                "train.finetune.diskLimit|12 TB|a size such as",
                "train.finetune.from|layer5|layer4",
                "data.download|yes|true or false",
                "data.allowMissing|[test, test]|twice",
                "data.dir|null|has no value",
            })
    void aValueThatDoesNotFitIsRefusedWithWhatWasExpected(String key, String value, String expected)
            throws IOException {
        assertTold(mistakesOf(LEAST, key + "=" + value), "--set " + key + ": ");
        assertTold(mistakesOf(LEAST, key + "=" + value), expected);
    }

    @Test
    void overridesWinAndTheLastOfTwoCounts() throws Exception {
        Configuration configuration = read(
                LEAST + "seed: 5\n",
                "seed=6",
                "seed=7",
                "data.allowMissing=test",
                "train.finetune.diskLimit=500MB",
                "data.dir=some where/a=b: c #d",
                "compute.inference=dl4j",
                "data.invalid=leaveOut");

        assertEquals(7, configuration.seed());
        assertEquals(List.of(Split.TEST), configuration.data().allowMissing());
        assertEquals(500_000_000L, configuration.train().finetune().diskLimit());
        assertEquals(Path.of("some where/a=b: c #d"), configuration.data().dir());
        assertEquals(ComputeSettings.Inference.DL4J, configuration.compute().inference());
        assertEquals(DataSettings.Invalid.LEAVE_OUT, configuration.data().invalid());
    }

    @Test
    void anOverrideMayMakeUpForWhatTheFileLacks() throws Exception {
        assertEquals(
                Path.of("x"),
                read("data: {source: folder}", "data.dir=x", "model.weights=w")
                        .data()
                        .dir());
    }

    @Test
    void theRunFolderIsNamedAfterTheFile() throws Exception {
        assertEquals("job", read(LEAST).name());
        assertEquals(Path.of("reports/job"), read(LEAST).output().dir());
        assertEquals(
                Path.of("reports/other"), read(LEAST, "name=other").output().dir());
        assertNull(read(LEAST).expect().test().top1());
    }

    @Test
    void fieldsThatContradictEachOtherAreRefused() throws IOException {
        assertTold(mistakesOf(LEAST, "data.source=csv"), "--set data.source: source csv needs data.file");
        assertTold(mistakesOf(LEAST, "model.architecture=auto"), "architecture auto reads the weights");
        assertTold(mistakesOf(LEAST, "data.valShare=0.6", "data.testShare=0.4"), "leave nothing for train");
        assertTold(mistakesOf(LEAST, "train.views.maxScale=0.2"), "minScale is above");
    }

    @Test
    void brokenYamlIsOneMistakeWithItsLine() throws IOException {
        List<String> mistakes = mistakesOf("data:\n  source: folder\n  dir: [images\nmodel: {}\n");

        assertEquals(1, mistakes.size(), mistakes::toString);
        assertTrue(mistakes.get(0).matches(".*job\\.yaml:4:\\d+: not valid YAML: .*"), mistakes.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 100_000})
    void deepNestingIsRefusedNotFollowed(int depth) throws IOException {
        assertTold(mistakesOf("data: " + "[".repeat(depth)), "nested more than");
    }

    @Test
    void aliasesThatMultiplyAreRefused() throws IOException {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertTold(mistakesOf(text.toString()), "Number of aliases");
    }

    @Test
    void aSectionThatContainsItselfIsRefused() throws IOException {
        assertFalse(mistakesOf("data: &d\n  drawn: *d\n").isEmpty());
    }

    @Test
    void aHugeFileIsRefusedUnread() throws IOException {
        assertTold(mistakesOf("#".repeat(YamlText.LIMIT + 1)), "larger than");
    }

    @Test
    void whatIsNoFileIsNamed() {
        Path missing = folder.resolve("missing.yaml");
        assertTold(mistakes(() -> ConfigurationReader.read(missing, List.of())), "missing.yaml: no such file");
        assertTold(mistakes(() -> ConfigurationReader.read(folder, List.of())), "a folder, not a configuration");
    }

    @Test
    void computeCanBeReadAlone() throws Exception {
        assertEquals(
                3, ConfigurationReader.compute(List.of("compute.threads=3")).threads());
        assertTold(mistakes(() -> ConfigurationReader.compute(List.of("compute.thread=3"))), "compute.threads?");
    }

    private Configuration read(String text, String... overrides) throws Exception {
        return ConfigurationReader.read(write(text), List.of(overrides));
    }

    private List<String> mistakesOf(String text, String... overrides) throws IOException {
        Path file = write(text);
        return mistakes(() -> ConfigurationReader.read(file, List.of(overrides)));
    }

    private static List<String> mistakes(org.junit.jupiter.api.function.Executable reading) {
        return assertThrows(ConfigurationException.class, reading).mistakes();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("job.yaml"), text);
    }

    private static void assertTold(List<String> mistakes, String part) {
        assertTrue(mistakes.stream().anyMatch(mistake -> mistake.contains(part)), () -> part + " not in " + mistakes);
    }
}
