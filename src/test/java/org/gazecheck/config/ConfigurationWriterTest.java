package org.gazecheck.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationWriterTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"flowers102", "demo", "folder"})
    void aShippedConfigurationIsReadAndComesBackEqual(String name) throws Exception {
        Configuration configuration = ConfigurationReader.read(Path.of("config", name + ".yaml"), List.of());

        assertEquals(name, configuration.name());
        assertEquals(configuration, writtenAndRead(configuration));
    }

    @Test
    void oddPathsAndNumbersComeBackEqual() throws Exception {
        Configuration configuration = ConfigurationReader.read(
                Path.of("config/flowers102.yaml"),
                List.of(
                        "data.dir= a b: #c \"d\" \\e 'f' [g]",
                        "data.masks=~/null",
                        "output.dir=- x",
                        "model.weights=\u00fcber/12",
                        "train.probe.l2=[1.234567890123e-11, 0, 3]",
                        "train.finetune.diskLimit=1_000_001",
                        "seed=-9223372036854775807",
                        "data.allowMissing=[]"));

        assertEquals(Path.of("a b: #c \"d\" \\e 'f' [g]"), configuration.data().dir());
        assertEquals(1_000_001L, configuration.train().finetune().diskLimit());
        assertEquals(configuration, writtenAndRead(configuration));
    }

    private Configuration writtenAndRead(Configuration configuration) throws Exception {
        Path file = Files.writeString(folder.resolve("config.yaml"), ConfigurationWriter.yaml(configuration));
        return ConfigurationReader.read(file, List.of());
    }
}
