package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.datavec.api.io.labels.ParentPathLabelGenerator;
import org.datavec.api.split.FileSplit;
import org.datavec.image.recordreader.ImageRecordReader;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.deeplearning4j.zoo.model.AlexNet;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.LeNet;
import org.deeplearning4j.zoo.model.SimpleCNN;
import org.deeplearning4j.zoo.model.SqueezeNet;
import org.deeplearning4j.zoo.model.VGG16;
import org.gazecheck.network.dl4j.SmallArchives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.VGG16ImagePreProcessor;

/**
 * {@code predict --loader datavec} on archives of Deeplearning4j, against the network's own output over an {@code ImageRecordReader}
 * with the same normaliser.
 */
class DataVecParityTest {
    private static final int CLASSES = 5;

    @TempDir
    private static Path folder;

    private static Path images;

    /** Of other shapes than the networks take, in the formats that both read; one in grey, one with alpha. */
    @BeforeAll
    static void draw() throws IOException {
        images = folder.resolve("images");
        write("a/0.png", 97, 71, BufferedImage.TYPE_3BYTE_BGR, "png");
        write("a/1.jpg", 71, 97, BufferedImage.TYPE_3BYTE_BGR, "jpg");
        write("b/2.png", 40, 33, BufferedImage.TYPE_BYTE_GRAY, "png");
        write("b/3.png", 64, 64, BufferedImage.TYPE_4BYTE_ABGR, "png");
        write("b/4.bmp", 150, 31, BufferedImage.TYPE_3BYTE_BGR, "bmp");
    }

    private static void write(String name, int width, int height, int type, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        SplittableRandom random = new SplittableRandom(name.hashCode());
        int[] level = {random.nextInt(128), random.nextInt(128), random.nextInt(128)};
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int argb = 0xff;
                for (int c = 0; c < 3; c++) {
                    argb = argb << 8 | Math.min(255, level[c] + x * 90 / width + random.nextInt(40));
                }
                image.setRGB(x, y, argb);
            }
        }
        Path file = images.resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, format, file.toFile()));
    }

    static Stream<Arguments> small() {
        return Stream.of(
                arguments("one convolution", 24, 3, DataVecParityTest::oneConvolution, new VGG16ImagePreProcessor()),
                arguments("LeNet", 32, 3, DataVecParityTest::leNet, new ImagePreProcessingScaler(0, 1)),
                arguments("LeNet in grey", 28, 1, DataVecParityTest::greyLeNet, new ImagePreProcessingScaler(0, 1)),
                arguments("SimpleCNN", 48, 3, DataVecParityTest::simple, new NormalizerMinMaxScaler(-1, 1)),
                arguments("SqueezeNet", 64, 3, DataVecParityTest::squeezeNet, new NormalizerStandardize()),
                arguments("Darknet19", 64, 3, DataVecParityTest::darknet, new ImagePreProcessingScaler(-1, 1)));
    }

    static Stream<Arguments> large() {
        return Stream.of(
                arguments("AlexNet", 224, 3, DataVecParityTest::alexNet, new ImagePreProcessingScaler(0, 1)),
                arguments("VGG16", 64, 3, DataVecParityTest::vgg, new ImagePreProcessingScaler(0, 1)));
    }

    private static Arguments arguments(
            String name, int side, int channels, Supplier<Model> network, DataNormalization normaliser) {
        return Arguments.of(name, side, channels, network, normaliser);
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}")
    @MethodSource("small")
    void probabilitiesAreThoseOfTheNetworkOverAnImageRecordReader(
            String name, int side, int channels, Supplier<Model> network, DataNormalization normaliser)
            throws Exception {
        check(name, side, channels, network.get(), normaliser);
    }

    @Tag("slowest")
    @ParameterizedTest(name = "{0}")
    @MethodSource("large")
    void soAreThoseOfLargeNetworks(
            String name, int side, int channels, Supplier<Model> network, DataNormalization normaliser)
            throws Exception {
        check(name, side, channels, network.get(), normaliser);
    }

    private static void check(String name, int side, int channels, Model network, DataNormalization normaliser)
            throws Exception {
        ImageRecordReader reader = new ImageRecordReader(side, side, channels, new ParentPathLabelGenerator());
        FileSplit files = new FileSplit(images.toFile());
        reader.initialize(files);
        RecordReaderDataSetIterator batches = new RecordReaderDataSetIterator(reader, 8, 1, 2);
        normaliser.fit(batches);
        batches.reset();
        DataSet batch = batches.next();
        normaliser.transform(batch.getFeatures());
        INDArray output = network instanceof ComputationGraph graph
                ? graph.output(batch.getFeatures())[0]
                : ((MultiLayerNetwork) network).output(batch.getFeatures());
        Path archive = folder.resolve("network.zip");
        ModelSerializer.writeModel(network, archive.toFile(), false);
        boolean stored = !(normaliser instanceof VGG16ImagePreProcessor);
        if (stored) {
            ModelSerializer.addNormalizerToModel(archive.toFile(), normaliser);
        }
        List<String> arguments = new ArrayList<>(List.of(
                "predict",
                "--model",
                archive.toString(),
                "--loader",
                "datavec",
                "--crop",
                Integer.toString(side),
                "--preprocessing",
                stored ? "auto" : "dl4j-vgg16",
                "--format",
                "json",
                "--top",
                Integer.toString(CLASSES)));
        List<File> order = new ArrayList<>();
        for (URI location : files.locations()) {
            order.add(new File(location));
            arguments.add(Path.of(location).toString());
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
        assertEquals(0, code, err.toString());
        List<String> lines = out.toString().lines().toList();
        assertEquals(order.size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            for (JsonNode each : new JsonMapper().readTree(lines.get(i)).get("predictions")) {
                assertEquals(
                        output.getDouble(i, each.get("index").asInt()),
                        each.get("probability").asDouble(),
                        1e-5,
                        name + ", " + order.get(i).getName());
            }
        }
    }

    private static Model leNet() {
        return LeNet.builder()
                .numClasses(CLASSES)
                .inputShape(new int[] {3, 32, 32})
                .seed(1)
                .build()
                .init();
    }

    private static Model greyLeNet() {
        return LeNet.builder()
                .numClasses(CLASSES)
                .inputShape(new int[] {1, 28, 28})
                .seed(2)
                .build()
                .init();
    }

    private static Model simple() {
        return SimpleCNN.builder()
                .numClasses(CLASSES)
                .inputShape(new int[] {3, 48, 48})
                .seed(3)
                .build()
                .init();
    }

    private static Model squeezeNet() {
        return SqueezeNet.builder()
                .numClasses(CLASSES)
                .inputShape(new int[] {3, 64, 64})
                .seed(4)
                .build()
                .init();
    }

    private static Model darknet() {
        return Darknet19.builder()
                .numClasses(CLASSES)
                .inputShape(new int[] {3, 64, 64})
                .seed(5)
                .build()
                .init();
    }

    private static Model alexNet() {
        return AlexNet.builder().numClasses(CLASSES).seed(6).build().init();
    }

    private static Model oneConvolution() {
        try {
            Path file = SmallArchives.write(folder.resolve("one.zip"), 24, CLASSES);
            return ModelSerializer.restoreComputationGraph(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Model vgg() {
        return VGG16.builder()
                .numClasses(CLASSES)
                .inputShape(new int[] {3, 64, 64})
                .seed(8)
                .build()
                .init();
    }
}
