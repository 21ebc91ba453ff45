package org.gazecheck.network.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gazecheck.ReferenceData;
import org.gazecheck.config.ModelSettings;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.WeightsException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
    @TempDir
    private Path folder;

    @Test
    void aSoundSafetensorsFileIsRead() throws IOException {
        Path file = safetensors(
                "{\"__metadata__\":{\"mean\":\"1,2,3\"},\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[8,12]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}",
                0x3f800000,
                0xc0000000,
                0x3c00_8000);
        Weights weights = Weights.read(file);
        assertArrayEquals(new float[] {1, -2}, weights.tensors().get("a").data());
        assertArrayEquals(new int[] {1, 2}, weights.tensors().get("a").shape());
        assertArrayEquals(new float[] {-0f, 1}, weights.tensors().get("b").data());
        assertEquals("1,2,3", weights.metadata().get("mean"));
    }

    @Test
    void aHeaderOf2GigabytesIsRefused() throws IOException {
        Path file = folder.resolve("w.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(64)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(2L << 30)
                        .array());
        assertTold(file, "header has 2147483648 bytes");
    }

    @Test
    void overlapsAreRefused() throws IOException {
        assertTold(
                safetensors("{\"a\":" + f32("[0,8]", 2) + ",\"b\":" + f32("[4,8]", 1) + "}", 0, 0), "overlaps another");
    }

    @Test
    void offsetsBeyondTheFileAreRefused() throws IOException {
        assertTold(safetensors("{\"a\":" + f32("[0,4000]", 1000) + "}", 0, 0), "beyond the 8 bytes");
    }

    @Test
    void holesAreRefused() throws IOException {
        assertTold(safetensors("{\"a\":" + f32("[4,8]", 1) + "}", 0, 0), "leaves a gap");
    }

    @Test
    void shapesThatDoNotFitTheirBytesAreRefused() throws IOException {
        assertTold(safetensors("{\"a\":" + f32("[0,8]", 3) + "}", 0, 0), "takes 12 bytes, but has 8");
    }

    @Test
    void aHeaderThatIsNoJsonIsRefused() throws IOException {
        assertTold(safetensors("{\"a\":", 0, 0), "not valid JSON");
    }

    /** Found by fuzzing: JSON readers guess other encodings from zero bytes, and fail at those in another way. */
    @Test
    void aHeaderThatIsNoUtf8IsRefused() throws IOException {
        String utf32 = "{\0\0\0w.0v";
        assertTold(safetensors(utf32, 0, 0), "not valid JSON");
        byte[] bytes = Files.readAllBytes(safetensors(utf32, 0, 0));
        bytes[9] = (byte) 0xff;
        assertTold(Files.write(folder.resolve("w.safetensors"), bytes), "not text in UTF-8");
    }

    /** Found by fuzzing: of some damage to zip files Java tells as the end of the file. */
    @Test
    void aZipThatPromisesMoreThanItHoldsIsRefused() throws IOException {
        byte[] zip = Files.readAllBytes(torch(new byte[1000]));
        byte[] comment = zip.clone();
        comment[zip.length - 2] = 0x40;
        assertTold(Files.write(folder.resolve("w.pth"), comment), "no intact zip");

        byte[] random = new byte[5000];
        new Random(1).nextBytes(random);
        byte[] packed = Files.readAllBytes(torch(random));
        int sizes = lastIndexOf(packed, "PK\1\2") + 20;
        packed[sizes + 1] = 1;
        assertTold(Files.write(folder.resolve("w.pth"), packed), "archive/data.pkl is damaged");
    }

    private static int lastIndexOf(byte[] bytes, String ascii) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(ascii);
    }

    @Test
    void aMaliciousPickleIsRefusedAndNothingIsExecuted() throws IOException {
        Path victim = folder.resolve("executed");
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2});
        pickle.writeBytes("cos\nsystem\n".getBytes(StandardCharsets.US_ASCII));
        byte[] command = ("touch " + victim).getBytes(StandardCharsets.UTF_8);
        pickle.write('X');
        pickle.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(command.length)
                .array());
        pickle.writeBytes(command);
        pickle.writeBytes(new byte[] {(byte) 0x85, 'R', '.'});
        assertTold(torch(pickle.toByteArray()), "it would call os.system");
        assertFalse(Files.exists(victim));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "}", "}q", "(", "}X\7\0\0\0ab", "c\n", "R.", "}uu."})
    void damagedPicklesAreRefused(String pickle) throws IOException {
        assertThrows(WeightsException.class, () -> Weights.read(torch(pickle.getBytes(StandardCharsets.ISO_8859_1))));
    }

    @Test
    void aFileThatIsNoZipIsRefused() throws IOException {
        Path file = folder.resolve("w.pth");
        Files.writeString(file, "not a zip");
        assertTold(file, "no intact zip");
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.safetensors");
        WeightsException e = assertThrows(WeightsException.class, () -> Weights.read(file));
        assertTrue(e.getMessage().contains("none.safetensors"));
    }

    @Test
    @Tag("reference")
    void bothFormatsHoldTheSameNetwork() throws IOException {
        for (String name : new String[] {"small_basic", "small_bottleneck"}) {
            Path golden = ReferenceData.path("golden/" + name);
            BuiltInNetwork pth = ResNets.load(golden.resolve(name + ".pth"));
            assertEquals(ResNets.load(golden.resolve(name + ".safetensors")).hash(), pth.hash());
        }
    }

    @Test
    @Tag("reference")
    void aTruncatedFileIsRefused() throws IOException {
        for (String ending : new String[] {".pth", ".safetensors"}) {
            byte[] whole = Files.readAllBytes(ReferenceData.path("golden/small_basic/small_basic" + ending));
            for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
                Path file = folder.resolve("cut" + ending);
                Files.write(file, Arrays.copyOf(whole, length));
                assertThrows(WeightsException.class, () -> Weights.read(file), ending + " cut to " + length);
            }
        }
    }

    @Test
    @Tag("reference")
    void ofAnotherNetworkTheTensorsAreNamed() {
        Path file = ReferenceData.path("weights/resnet50.safetensors");
        WeightsException e = assertThrows(WeightsException.class, () -> ResNets.load(file, model(file, "resnet18")));
        assertTrue(
                e.getMessage().contains("layer1.0.conv1.weight: expected [64, 64, 3, 3], found [64, 64, 1, 1]"),
                e.getMessage());
        WeightsException deeper =
                assertThrows(WeightsException.class, () -> ResNets.load(file, model(file, "resnet101")));
        assertTrue(
                deeper.getMessage().contains("layer3.6.conv1.weight: expected [256, 1024, 1, 1], missing"),
                deeper.getMessage());
    }

    private static void assertTold(Path file, String words) {
        WeightsException e = assertThrows(WeightsException.class, () -> Weights.read(file));
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }

    private static String f32(String offsets, int size) {
        return "{\"dtype\":\"F32\",\"shape\":[" + size + "],\"data_offsets\":" + offsets + "}";
    }

    private Path safetensors(String header, int... data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + 4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (int value : data) {
            bytes.putInt(value);
        }
        Path file = folder.resolve("w.safetensors");
        Files.write(file, bytes.array());
        return file;
    }

    private Path torch(byte[] pickle) throws IOException {
        Path file = folder.resolve("w.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(pickle);
        }
        return file;
    }

    private static ModelSettings model(Path file, String architecture) {
        return new ModelSettings(null, file, null, Path.of("data/weights"), false, null, architecture, null, 224);
    }
}
