package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.util.ModelSerializer;
import org.gazecheck.ReferenceData;
import org.gazecheck.TinyModel;
import org.gazecheck.network.dl4j.SmallArchives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/** The examples of {@code docs/external-models.md}, as they stand there: each command, and the lines that must be said. */
@Tag("reference")
class ExternalModelsPageTest {
    private static final String PROMPT = "$ ./gazecheck ";
    private static final String FOLDER = "example/";
    private static final List<String> CLASSES =
            List.of("poppy", "daisy", "rose", "tulip", "iris", "lily", "aster", "lotus", "primrose", "sunflower");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        for (String network : List.of("efficientnet", "vit", "nhwc")) {
            Files.copy(ReferenceData.path("foreign2/" + network + ".onnx"), folder.resolve(network + ".onnx"));
        }
        Path archive = SmallArchives.write(folder.resolve("network.zip"), 32, 2);
        NormalizerStandardize normaliser = new NormalizerStandardize();
        normaliser.fit(new DataSet(Nd4j.rand(4, 3, 32, 32).muli(255), Nd4j.rand(4, 2)));
        ModelSerializer.addNormalizerToModel(archive.toFile(), normaliser);
        Files.write(folder.resolve("classes.txt"), CLASSES);
        Files.write(folder.resolve("two.txt"), CLASSES.subList(0, 2));
        for (int i = 0; i < 4; i++) {
            TinyModel.image(folder.resolve("photos/" + i + ".png"), i);
            TinyModel.image(folder.resolve("data/" + CLASSES.get(i % 2) + "/" + i + ".png"), 4 + i);
        }
    }

    private record Example(String command, List<String> said) {}

    @TestFactory
    Stream<DynamicTest> everyExampleDoesWhatItSays() throws IOException {
        List<Example> examples = examples();
        assertEquals(12, examples.size());
        return examples.stream().map(example -> dynamicTest(example.command, () -> check(example)));
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        boolean block = false;
        for (String line : Files.readAllLines(Path.of("docs/external-models.md"))) {
            if (line.startsWith("```")) {
                block = !block;
            } else if (block && line.startsWith(PROMPT)) {
                examples.add(new Example(line.substring(PROMPT.length()), new ArrayList<>()));
            } else if (block && !examples.isEmpty()) {
                examples.get(examples.size() - 1).said.add(line);
            }
            if (line.startsWith("## What the network sees")) {
                break;
            }
        }
        return examples;
    }

    private static void check(Example example) {
        String[] arguments = Arrays.stream(example.command.strip().split(" +"))
                .map(word -> word.startsWith(FOLDER)
                        ? folder.resolve(word.substring(FOLDER.length())).toString()
                        : word)
                .toArray(String[]::new);
        List<String> all = new ArrayList<>(List.of(arguments));
        if (all.get(0).equals("audit")) {
            all.addAll(List.of("--set", "cache.dir=" + folder.resolve("cache")));
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        int code = Main.execute(out, out, all.toArray(String[]::new));
        assertEquals(0, code, said.toString());
        for (String line : example.said) {
            assertTrue(said.toString().contains(line.strip()), line + " in " + said);
        }
    }
}
