package org.gazecheck.network.weights;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.TinyNetworks;

/** Files of weights as PyTorch and safetensors write them. */
public final class SavedWeights {
    /** An object of a class, made without arguments. */
    public record PythonObject(String module, String name) {}

    /** A tensor whose numbers lie in its storage in another way. */
    public record Strided(float[] storage, int[] shape, int[] strides, int offset) {}

    /** A tensor with raw bytes as numbers. */
    public record Raw(String storage, int width, byte[] bytes, int[] shape) {}

    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final List<byte[]> storages = new ArrayList<>();

    private SavedWeights() {}

    /** Tensors of a network of four stages, four planes each, in torchvision's naming. */
    public static Map<String, Object> small(Block block, int classes, long seed) {
        Architecture architecture = new Architecture("small", block, List.of(1, 2, 1, 1), List.of(4, 4, 4, 4), false);
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Object> tensors = new LinkedHashMap<>();
        for (Convolution c : architecture.convolutions()) {
            int[] shape = {c.out(), c.in(), c.kernel(), c.kernel()};
            tensors.put(c.name() + ".weight", drawn(random, 0, 0.3f, shape));
            String norm = c.name().replace("downsample.0", "downsample.1").replaceAll("conv(\\d)$", "bn$1");
            for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
                tensors.put(norm + "." + part, drawn(random, part.contains("a") ? 0 : 1, 0.2f, c.out()));
            }
            tensors.put(norm + ".running_var", drawn(random, 1, 0.5f, c.out()));
            tensors.put(norm + ".num_batches_tracked", new Raw("LongStorage", 8, new byte[8], new int[0]));
        }
        if (classes > 0) {
            tensors.put("fc.weight", drawn(random, 0, 1, classes, architecture.features()));
            tensors.put("fc.bias", drawn(random, 0, 0.1f, classes));
        }
        return tensors;
    }

    public static WeightTensor drawn(SplittableRandom random, float mean, float range, int... shape) {
        int count = 1;
        for (int size : shape) {
            count *= size;
        }
        return new WeightTensor(TinyNetworks.numbers(random, count, mean, range), shape);
    }

    public static Map<String, Object> renamed(Map<String, ?> tensors, UnaryOperator<String> name) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        tensors.forEach((old, tensor) -> renamed.put(name.apply(old), tensor));
        return renamed;
    }

    /** The names of Hugging Face's ResNetForImageClassification. */
    public static String huggingFace(String name) {
        if (name.startsWith("fc.")) {
            return "classifier.1." + name.substring(3);
        }
        if (!name.startsWith("layer")) {
            return "resnet.embedder.embedder."
                    + name.replace("conv1.", "convolution.").replace("bn1.", "normalization.");
        }
        String[] parts = name.split("\\.", 4);
        String at = "resnet.encoder.stages." + (Integer.parseInt(parts[0].substring(5)) - 1) + ".layers." + parts[1];
        if (parts[2].equals("downsample")) {
            return at + ".shortcut."
                    + parts[3].replaceFirst("^0", "convolution").replaceFirst("^1", "normalization");
        }
        boolean norm = parts[2].startsWith("bn");
        int number = Integer.parseInt(parts[2].substring(norm ? 2 : 4)) - 1;
        return at + ".layer." + number + (norm ? ".normalization." : ".convolution.") + parts[3];
    }

    /** As {@code torch.save} writes it. @param top dictionaries, texts, numbers, tensors and objects */
    public static Path torch(Path file, Object top) throws IOException {
        SavedWeights saved = new SavedWeights();
        saved.ascii("\u0080\2");
        saved.put(top);
        saved.ascii(".");
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(saved.pickle.toByteArray());
            for (int i = 0; i < saved.storages.size(); i++) {
                zip.putNextEntry(new ZipEntry("archive/data/" + i));
                zip.write(saved.storages.get(i));
            }
            zip.putNextEntry(new ZipEntry("archive/version"));
            zip.write("3\n".getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }

    private void put(Object value) {
        if (value instanceof Map<?, ?> map) {
            ascii("}(");
            map.forEach((key, inner) -> {
                put(key);
                put(inner);
            });
            ascii("u");
        } else if (value instanceof String text) {
            ascii("X");
            bytes(4, text.length());
            ascii(text);
        } else if (value instanceof Integer number) {
            ascii("J");
            bytes(4, number);
        } else if (value instanceof PythonObject object) {
            ascii("c" + object.module + "\n" + object.name + "\n)\u0081}b");
        } else if (value instanceof WeightTensor tensor) {
            put(new Strided(tensor.data(), tensor.shape(), contiguous(tensor.shape()), 0));
        } else if (value instanceof Strided tensor) {
            ByteBuffer numbers = ByteBuffer.allocate(4 * tensor.storage.length).order(ByteOrder.LITTLE_ENDIAN);
            for (float number : tensor.storage) {
                numbers.putFloat(number);
            }
            tensor("FloatStorage", 4, numbers.array(), tensor.shape, tensor.strides, tensor.offset);
        } else if (value instanceof Raw raw) {
            tensor(raw.storage, raw.width, raw.bytes, raw.shape, contiguous(raw.shape), 0);
        } else {
            throw new IllegalArgumentException(String.valueOf(value));
        }
    }

    private void tensor(String kind, int width, byte[] numbers, int[] shape, int[] strides, int offset) {
        ascii("ctorch._utils\n_rebuild_tensor_v2\n((");
        put("storage");
        ascii("ctorch\n" + kind + "\n");
        put(Integer.toString(storages.size()));
        put("cpu");
        put(numbers.length / width);
        ascii("tQ");
        put(offset);
        sizes(shape);
        sizes(strides);
        ascii("\u0089ccollections\nOrderedDict\n)RtR");
        storages.add(numbers);
    }

    private void sizes(int[] sizes) {
        ascii("(");
        for (int size : sizes) {
            put(size);
        }
        ascii("t");
    }

    private static int[] contiguous(int[] shape) {
        int[] strides = new int[shape.length];
        for (int d = shape.length - 1, stride = 1; d >= 0; stride *= shape[d--]) {
            strides[d] = stride;
        }
        return strides;
    }

    private void ascii(String text) {
        pickle.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void bytes(int count, int value) {
        for (int i = 0; i < count; i++) {
            pickle.write(value >>> 8 * i);
        }
    }

    /** A safetensors file of single precision; tensors of other kinds are left out. */
    public static Path safetensors(Path file, Map<String, ?> tensors) throws IOException {
        StringBuilder header = new StringBuilder("{");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        tensors.forEach((name, value) -> {
            if (value instanceof WeightTensor tensor) {
                ByteBuffer numbers =
                        ByteBuffer.allocate(4 * tensor.data().length).order(ByteOrder.LITTLE_ENDIAN);
                for (float number : tensor.data()) {
                    numbers.putFloat(number);
                }
                header.append(header.length() > 1 ? "," : "").append("\"").append(name);
                header.append("\":{\"dtype\":\"F32\",\"shape\":");
                header.append(java.util.Arrays.toString(tensor.shape()).replace(" ", ""));
                header.append(",\"data_offsets\":[").append(data.size()).append(",");
                data.writeBytes(numbers.array());
                header.append(data.size()).append("]}");
            }
        });
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer length =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(length.array());
        all.writeBytes(json);
        all.writeBytes(data.toByteArray());
        return Files.write(file, all.toByteArray());
    }
}
