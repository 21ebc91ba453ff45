package org.gazecheck.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import onnx.Onnx;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Block;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.dl4j.ArchiveInfo;
import org.gazecheck.network.dl4j.ModelArchive;
import org.nd4j.shade.protobuf.ByteString;

/** Files given as models: pickles, safetensors, archives, ONNX. */
final class HostileWeights {
    private static final String FLOATS = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpu";
    private static final String TENSOR = "ctorch._utils\n_rebuild_tensor_v2\n";
    private static final int MEGABYTE = 1 << 20;

    private final Path folder;
    private final Path image;
    private final List<Row> rows = new ArrayList<>();

    private HostileWeights(Path folder, Path image) {
        this.folder = folder;
        this.image = image;
    }

    static List<Row> rows(Path folder, Path image, Path victim) throws IOException {
        HostileWeights weights = new HostileWeights(folder, image);
        weights.pickles(victim);
        weights.torchZips();
        weights.safetensors();
        weights.archives(victim);
        weights.onnx();
        return weights.rows;
    }

    /** A sound archive of a network of three classes for images of 32 pixels. */
    static Path sound(Path file) throws IOException {
        ArchiveInfo info = new ArchiveInfo(
                List.of("a", "b", "c"), Preprocessing.at(32, Normalisation.TORCHVISION), Map.of("Seed", "1"));
        ModelArchive.write(file, TinyNetworks.linear(Block.BASIC, 1), info);
        return file;
    }

    private void pickles(Path victim) throws IOException {
        String touch = "touch " + victim;
        String argument = "X" + (char) touch.length() + "\0\0\0" + touch + "\u0085";
        pickle("os.system", "it would call os.system", "\u0080\2cos\nsystem\n" + argument + "R.");
        pickle("builtins.eval", "it would call builtins.eval", "\u0080\2cbuiltins\neval\n" + argument + "R.");
        String inside = "\u0080\2ccollections\nOrderedDict\n)R(X\1\0\0\0acos\nsystem\n" + argument + "Ru.";
        pickle("a call in a dictionary", "it would call os.system", inside);
        pickle("a call of what a call gives", "damaged", "\u0080\2ccollections\nOrderedDict\n)R)R.");
        pickle("a class to be built (NEWOBJ)", "instruction 0x81", "\u0080\2cos\nsystem\n)\u0081.");
        pickle("an object of another module (INST)", "instruction 0x69", "\u0080\2(ios\nsystem\n.");
        pickle("terminal codes in a name", "it would call os.\\u001b[31m", "\u0080\2cos\n\u001b[31mred\n)R.");
        pickle("nested tuples as a key", "neither text nor number", "}K\1" + "q\0h\0\u0086".repeat(60) + "K\1s.");
        pickle("a dictionary in itself as a key", "neither text nor number", "}q\0h\0h\0s.");
        pickle("a dictionary in itself", "conv1.weight", "}q\0(X\1\0\0\0ah\0u.");
        pickle(
                "nested tuples as a shape",
                "damaged",
                "}X\1\0\0\0a" + TENSOR + "(" + FLOATS + "K\20tQK\0K\1" + "q\0h\0\u0086".repeat(60)
                        + "h\0\u0085\u0089}tRs.");
        pickle("half a million marks", "no dictionary", "(".repeat(500_000) + "t".repeat(500_000) + ".");
        pickle("a million items to one mark", "no dictionary", "(" + "N".repeat(1_000_000) + "t" + ".");
    }

    private void torchZips() throws IOException {
        torch("a pickle of 200 MB of nothing", "far more than its own size", 200, "}", 0);
        String big = "}X\1\0\0\0a" + TENSOR + "(" + FLOATS + "J\0\0\0\4tQK\0J\0\0\0\4\u0085K\1\u0085\u0089}tRs.";
        torch("a storage of 256 MB of zeros", "far more than its own size", 0, big, 256);
        StringBuilder shared = new StringBuilder("}(");
        for (int i = 0; i < 1000; i++) {
            shared.append("X\3\0\0\0").append(String.format("%03d", i)).append(TENSOR);
            shared.append("(").append(FLOATS).append("J\0\0\20\0tQK\0J\0\0\20\0\u0085K\1\u0085\u0089}tR");
        }
        torch("a thousand tensors of one storage", "more than 130000000", 0, shared + "u.", 4);
        String climbing = FLOATS.replace("X\1\0\0\0" + "0", "X\21\0\0\0../../../etc/pass");
        torch(
                "a storage that climbs",
                "is missing",
                0,
                "}X\1\0\0\0a" + TENSOR + "(" + climbing + "K\1tQK\0K\1\u0085K\1\u0085\u0089}tRs.",
                0);
        Path file = Files.writeString(folder.resolve("text.pth"), "no zip");
        add("text named .pth", "no intact zip", file);
    }

    private void safetensors() throws IOException {
        tensors("a header of 8 exabytes", Long.MAX_VALUE, "{}", "header has 9223372036854775807 bytes");
        tensors("a header of negative length", -1, "{}", "header has 18446744073709551615 bytes");
        tensors(
                "tensors that overlap",
                "{\"a\":" + f32("[2]", "[0,8]") + ",\"b\":" + f32("[1]", "[4,8]") + "}",
                "overlaps");
        tensors("a hole", "{\"a\":" + f32("[1]", "[4,8]") + "}", "leaves a gap");
        tensors("an unknown type", "{\"a\":" + f32("[2]", "[0,8]").replace("F32", "F7") + "}", "unknown type F7");
        tensors("a negative offset", "{\"a\":" + f32("[2]", "[-8,0]") + "}", "is stated to lie at");
        tensors("a negative size", "{\"a\":" + f32("[-2]", "[0,8]") + "}", "has the shape [-2]");
        tensors("a fractional size", "{\"a\":" + f32("[2.5]", "[0,8]") + "}", "has the shape [2.5]");
        tensors("an infinite offset", "{\"a\":" + f32("[2]", "[0,1e999]") + "}", "is stated to lie at");
        tensors("an offset that is NaN", "{\"a\":" + f32("[2]", "[0,NaN]") + "}", "not valid JSON");
        tensors("sizes whose product overflows", "{\"a\":" + f32("[65536,65536,65536,65536]", "[0,8]") + "}", "takes");
        tensors("a name twice", "{\"a\":" + f32("[1]", "[0,4]") + ",\"a\":" + f32("[1]", "[4,8]") + "}", "Duplicate");
        tensors("JSON 100000 deep", "{\"a\":" + "[".repeat(100_000), "not valid JSON");
        tensors("a number of a million digits", "{\"a\":" + "9".repeat(1_000_000) + "}", "not valid JSON");
        tensors("5 MB of header", "{\"a\":\"" + "x".repeat(5 * MEGABYTE) + "\"}", "header has");
        String scalar =
                "{\"conv1.weight\":" + f32("[1]", "[0,4]") + ",\"layer1.0.conv1.weight\":" + f32("[]", "[4,8]") + "}";
        tensors("a convolution without sides", scalar, "which no convolution has");
        String name = "<script>alert(1)</script>\\n\\u202e" + "x".repeat(300);
        tensors("a name of 300 characters, lines and directions", "{\"" + name + "\":{}}", "\\u202e");
    }

    private void archives(Path victim) throws IOException {
        Path serialised = sound(folder.resolve("serialised.zip"));
        ByteArrayOutputStream gadget = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(gadget)) {
            out.writeObject(new Gadget(victim));
        }
        for (String entry : List.of("preprocessor.bin", "normalizer.bin", "updaterState.bin", "../climbs.txt")) {
            replace(serialised, entry, gadget.toByteArray());
        }
        rows.add(new Row("an archive with serialised Java objects", 0, "", args(serialised)));
        description(
                "a network of a billion numbers", "too small to hold", "\"planes\" : \\[ 4", "\"planes\" : [ 60000");
        description("a network of negative width", "no network has", "\"planes\" : \\[ 4", "\"planes\" : [ -4");
        description("an image of 2 billion pixels", "no image is resized", "\"crop\" : 32", "\"crop\" : 2000000000");
        description("a normalisation of no numbers", "its normalisation", "\"std\" : \\[[^]]*\\]", "\"std\" : null");
        description("a class without a name", "a class has no name", "\"a\", ", "null, ");
        description("JSON 100000 deep", "", "\\{", "{\"x\":" + "[".repeat(100_000));
        Path bomb = sound(folder.resolve("bomb.zip"));
        replace(bomb, "gazecheck.json", new byte[100 * MEGABYTE]);
        add("a description of 100 MB of zeros", "larger than it can be", bomb);
        Path lying = sound(folder.resolve("lying.zip"));
        byte[] coefficients = Files.readAllBytes(extracted(lying, "coefficients.bin"));
        int length = new String(coefficients, StandardCharsets.ISO_8859_1).indexOf("\0\5FLOAT") - 8;
        ByteBuffer.wrap(coefficients).putLong(length, 1L << 40);
        replace(lying, "coefficients.bin", coefficients);
        add("coefficients of a terabyte", "1099511627776 numbers", lying);
    }

    private void onnx() throws IOException {
        Onnx.StringStringEntryProto climbs = Onnx.StringStringEntryProto.newBuilder()
                .setKey("location")
                .setValue("../../../../etc/passwd")
                .build();
        Onnx.TensorProto weight = Onnx.TensorProto.newBuilder()
                .setName("w")
                .setDataLocation(Onnx.TensorProto.DataLocation.EXTERNAL)
                .addExternalData(climbs)
                .setRawData(ByteString.EMPTY)
                .build();
        byte[] model = Onnx.ModelProto.newBuilder()
                .setGraph(Onnx.GraphProto.newBuilder()
                        .addInitializer(weight)
                        .addNode(Onnx.NodeProto.newBuilder()
                                .setOpType("Relu")
                                .addInput("w")
                                .addOutput("out")))
                .build()
                .toByteArray();
        add(
                "ONNX with data outside that climbs",
                "not an ONNX model that can be used",
                Files.write(folder.resolve("climbs.onnx"), model));
    }

    private void description(String name, String words, String found, String put) throws IOException {
        Path file = sound(folder.resolve(rows.size() + ".zip"));
        String json = Files.readString(extracted(file, "gazecheck.json"));
        replace(file, "gazecheck.json", json.replaceFirst(found, put).getBytes(StandardCharsets.UTF_8));
        add(name, words.isEmpty() ? "not an intact model archive" : words, file);
    }

    private Path extracted(Path archive, String entry) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            return Files.write(folder.resolve("extracted"), Files.readAllBytes(zip.getPath(entry)));
        }
    }

    /** Copies an archive with one entry replaced or added, whatever it is called. */
    private static void replace(Path archive, String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes);
                ZipFile in = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                if (!entry.getName().equals(name)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(in.getInputStream(entry).readAllBytes());
                }
            }
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        Files.write(archive, bytes.toByteArray());
    }

    private void pickle(String name, String words, String pickle) throws IOException {
        torch(name, words.equals("conv1.weight") ? "layer1.0.conv1.weight" : words, 0, pickle, 0);
    }

    /** @param before megabytes of the pickle's text repeated in front, and of zeros in storage 0 */
    private void torch(String name, String words, int before, String pickle, int storage) throws IOException {
        Path file = folder.resolve(rows.size() + ".pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            write(zip, before, pickle);
            zip.write(pickle.getBytes(StandardCharsets.ISO_8859_1));
            zip.putNextEntry(new ZipEntry("a/data/0"));
            if (storage == 0) {
                zip.write(new byte[64]);
            }
            write(zip, storage, "\0");
        }
        add(name, words, file);
    }

    private static void write(OutputStream out, int megabytes, String what) throws IOException {
        byte[] block = new byte[MEGABYTE];
        Arrays.fill(block, (byte) what.charAt(0));
        for (int i = 0; i < megabytes; i++) {
            out.write(block);
        }
    }

    private static String f32(String shape, String offsets) {
        return "{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    private void tensors(String name, String header, String words) throws IOException {
        tensors(name, header.getBytes(StandardCharsets.UTF_8).length, header, words);
    }

    private void tensors(String name, long length, String header, String words) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(16 + json.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(json);
        add(name, words, Files.write(folder.resolve(rows.size() + ".safetensors"), bytes.array()));
    }

    private void add(String name, String words, Path model) {
        rows.add(new Row(name, 4, words, args(model)));
    }

    private List<String> args(Path model) {
        return List.of("explain", image.toString(), "--model", model.toString(), "--out", folder + "/out");
    }
}
