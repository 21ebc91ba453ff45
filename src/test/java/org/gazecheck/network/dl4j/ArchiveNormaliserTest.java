package org.gazecheck.network.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.util.ModelSerializer;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.ImageInput;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.WeightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.preprocessor.AbstractDataSetNormalizer;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

/** Normalisers that ND4J writes, read here, against ND4J's own transformation. */
class ArchiveNormaliserTest {
    private static final int SIDE = 5;

    @TempDir
    private Path folder;

    static Stream<DataNormalization> normalisers() {
        return Stream.of(
                new ImagePreProcessingScaler(),
                new ImagePreProcessingScaler(-1, 1),
                new ImagePreProcessingScaler(0.25, 3, 7),
                new NormalizerStandardize(),
                new NormalizerMinMaxScaler(),
                new NormalizerMinMaxScaler(-2, 5));
    }

    @ParameterizedTest
    @MethodSource("normalisers")
    void imagesBecomeWhatNd4jMakesOfThem(DataNormalization normaliser) throws IOException {
        if (normaliser instanceof AbstractDataSetNormalizer<?> fitted) {
            fitted.fitLabel(true);
        }
        float[] fit = numbers(1, 4 * 3 * SIDE * SIDE);
        normaliser.fit(new DataSet(Nd4j.create(fit, new int[] {4, 3, SIDE, SIDE}, 'c'), Nd4j.rand(4, 2)));
        Path archive = archive("normaliser");
        ModelSerializer.addNormalizerToModel(archive.toFile(), normaliser);
        ArchiveNormaliser read = ArchiveNormaliser.read(archive).orElseThrow();
        assertEquals(normaliser.getClass().getSimpleName(), read.kind());
        float[] values = numbers(2, 3 * SIDE * SIDE);
        INDArray transformed = Nd4j.create(values, new int[] {1, 3, SIDE, SIDE}, 'c');
        normaliser.transform(transformed);
        float[] expected = transformed.dup('c').data().asFloat();
        for (boolean blueFirst : new boolean[] {false, true}) {
            assertArrayEquals(expected, normalised(read, values, blueFirst), 2e-6f * largest(expected));
        }
    }

    /** @param values [3, h, w] as the network takes them */
    private static float[] normalised(ArchiveNormaliser normaliser, float[] values, boolean blueFirst) {
        int area = SIDE * SIDE;
        byte[] rgb = new byte[3 * area];
        for (int i = 0; i < area; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + (blueFirst ? 2 - c : c)] = (byte) (int) values[c * area + i];
            }
        }
        float[] planes = new float[3 * area];
        normaliser.normalisation(blueFirst).write(new RgbImage(SIDE, SIDE, rgb), FloatBuffer.wrap(planes));
        return new ImageInput(false, blueFirst)
                .arrange(Tensor.of(planes, 1, 3, SIDE, SIDE))
                .data();
    }

    private static float largest(float[] values) {
        float largest = 1;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Whole numbers, as bytes are. */
    private static float[] numbers(int seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(256);
        }
        return numbers;
    }

    @Test
    void anArchiveWithoutOneHasNone() throws IOException {
        assertEquals(Optional.empty(), ArchiveNormaliser.read(archive("plain")));
    }

    @Test
    void aNormaliserOfSeveralInputsIsRefused() throws Exception {
        MultiNormalizerStandardize several = new MultiNormalizerStandardize();
        several.fit(new MultiDataSet(Nd4j.rand(3, 2), Nd4j.rand(3, 2)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(several, bytes);
        refused(bytes.toByteArray(), "of the kind MULTI_STANDARDIZE");
    }

    @Test
    void statisticsOfEachPixelAreRefused() throws Exception {
        NormalizerStandardize ofRows = new NormalizerStandardize();
        ofRows.fit(new DataSet(Nd4j.rand(6, 49), Nd4j.rand(6, 2)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(ofRows, bytes);
        refused(bytes.toByteArray(), "holds 49 and 49 numbers");
    }

    @ParameterizedTest
    @CsvSource({"CUSTOM, of the kind CUSTOM", "IMAGE_VGG16, of the kind IMAGE_VGG16", "STANDARDIZE, ends early"})
    void whatIsNotKnownIsRefusedWithWhatToDo(String kind, String told) throws IOException {
        refused(header("NORMALIZER", 1, kind), told);
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        refused(header("NORMALISER", 1, "MIN_MAX"), "does not begin as one");
        refused(header("NORMALIZER", 2, "MIN_MAX"), "is of version 2");
        refused(new byte[] {0}, "ends early");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(header("NORMALIZER", 1, "STANDARDIZE"));
            out.writeBoolean(false);
            out.writeUTF("LONG_SHAPE");
            out.writeLong(1);
            out.writeUTF("LONG");
            out.writeLong(1);
            out.writeUTF("LONG_SHAPE");
            out.writeLong(Long.MAX_VALUE / 8);
            out.writeUTF("FLOAT");
        }
        refused(bytes.toByteArray(), "numbers of type FLOAT in 0 bytes");
        ByteArrayOutputStream zero = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(new ImagePreProcessingScaler(1, 1), zero);
        refused(zero.toByteArray(), "by which nothing can be divided");
    }

    @Test
    void cutOffAnywhereItIsRefused() throws Exception {
        NormalizerStandardize normaliser = new NormalizerStandardize();
        normaliser.fit(new DataSet(Nd4j.rand(4, 3, SIDE, SIDE), Nd4j.rand(4, 2)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(normaliser, bytes);
        for (int length = 0; length < bytes.size(); length += 7) {
            refused(Arrays.copyOf(bytes.toByteArray(), length), "--preprocessing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "preprocessor.bin")
    void serialisedObjectsAreNotOpened(String entry) throws IOException {
        Path archive = archive("serialised");
        write(archive, entry, new byte[] {1, 2, 3});
        WeightsException e = assertThrows(WeightsException.class, () -> ArchiveNormaliser.read(archive));
        assertTrue(e.getMessage().contains("serialised Java object"), e.getMessage());
    }

    private void refused(byte[] normaliser, String told) throws IOException {
        Path archive = archive("refused");
        write(archive, "normalizer.bin", normaliser);
        WeightsException e = assertThrows(WeightsException.class, () -> ArchiveNormaliser.read(archive));
        assertTrue(e.getMessage().contains(told), e.getMessage());
        assertTrue(e.getMessage().contains("--preprocessing"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    private static byte[] header(String text, int version, String kind) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(text);
            out.writeInt(version);
            out.writeUTF(kind);
        }
        return bytes.toByteArray();
    }

    private Path archive(String name) throws IOException {
        Path file = folder.resolve(name + ".zip");
        Files.deleteIfExists(file);
        write(file, "configuration.json", "{}".getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private static void write(Path archive, String entry, byte[] bytes) throws IOException {
        try (FileSystem zip =
                FileSystems.newFileSystem(URI.create("jar:" + archive.toUri()), Map.of("create", "true"))) {
            Files.write(zip.getPath(entry), bytes);
        }
    }
}
