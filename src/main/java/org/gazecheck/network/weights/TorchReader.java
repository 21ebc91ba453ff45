package org.gazecheck.network.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gazecheck.io.Inflation;
import org.gazecheck.io.Printable;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.weights.Unpickler.Global;

/**
 * What {@code torch.save} writes since PyTorch 1.6: a zip of one pickle and one entry of raw numbers a storage. Of the
 * pickle only dictionaries of tensors are understood; anything else that it would call is refused.
 */
final class TorchReader implements Unpickler.Calls {
    private static final long LONGEST_PICKLE = 4 << 20;
    private static final Map<String, ElementType> STORAGES = Map.of(
            "DoubleStorage", ElementType.F64,
            "FloatStorage", ElementType.F32,
            "HalfStorage", ElementType.F16,
            "BFloat16Storage", ElementType.BF16,
            "LongStorage", ElementType.I64,
            "IntStorage", ElementType.I32,
            "ShortStorage", ElementType.I16,
            "CharStorage", ElementType.I8,
            "ByteStorage", ElementType.U8,
            "BoolStorage", ElementType.BOOL);
    private static final List<String> WRAPPERS = List.of("state_dict", "model");

    private final Path file;
    private final ZipFile zip;
    private final String root;
    private final Map<Storage, ByteBuffer> storages = new HashMap<>();
    private long inflatable;

    private record Storage(ElementType type, String key, long count) {}

    /** Where a tensor lies in its storage; its numbers are read when it turns out to be one of the weights. */
    private record Placed(Storage storage, long offset, int[] shape, long[] stride, int count) {}

    private TorchReader(Path file, ZipFile zip, String root) throws IOException {
        this.file = file;
        this.zip = zip;
        this.root = root;
        this.inflatable = Inflation.limit(Files.size(file));
    }

    static Weights.Content read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry pickle = Collections.list(zip.entries()).stream()
                    .filter(entry -> entry.getName().matches("[^/]+/data\\.pkl"))
                    .findFirst()
                    .orElseThrow(() -> broken(file, "it holds no data.pkl"));
            String root = pickle.getName().substring(0, pickle.getName().indexOf('/') + 1);
            return new TorchReader(file, zip, root).content(pickle);
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw broken(
                    file,
                    "it is no intact zip (" + e.getMessage()
                            + "). A file of PyTorch before 1.6 has to be saved again with"
                            + " torch.save of a newer one");
        }
    }

    private Weights.Content content(ZipEntry pickle) throws IOException {
        byte[] bytes = bytes(pickle, LONGEST_PICKLE);
        ZipEntry order = zip.getEntry(root + "byteorder");
        if (order != null && !new String(bytes(order, 16), StandardCharsets.US_ASCII).equals("little")) {
            throw broken(file, "its numbers are not little-endian");
        }
        Object top;
        try {
            top = Unpickler.read(bytes, this);
        } catch (IllegalArgumentException e) {
            throw broken(file, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw broken(file, "its pickle is cut off or damaged");
        }
        Map<String, Placed> weights = new LinkedHashMap<>();
        unwrapped(top).forEach((name, value) -> {
            if (name instanceof String text && value instanceof Placed placed && placed.storage.type.floating()) {
                weights.put(text, placed);
            }
        });
        long numbers = weights.values().stream().mapToLong(Placed::count).sum();
        if (numbers > Weights.MOST_NUMBERS) {
            throw broken(file, "its tensors hold " + numbers + " numbers in all, more than " + Weights.MOST_NUMBERS);
        }
        Map<String, WeightTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Placed> entry : weights.entrySet()) {
            tensors.put(entry.getKey(), read(entry.getValue()));
        }
        return new Weights.Content(tensors, Map.of());
    }

    private Map<?, ?> unwrapped(Object top) throws WeightsException {
        if (!(top instanceof Map<?, ?> map)) {
            throw broken(file, "it holds no dictionary of tensors: save model.state_dict(), not the model");
        }
        for (String wrapper : WRAPPERS) {
            if (map.get(wrapper) instanceof Map<?, ?> inner) {
                return inner;
            }
        }
        return map;
    }

    @Override
    public Object call(Global global, List<?> arguments) {
        switch (global.toString()) {
            case "collections.OrderedDict" -> {
                return new LinkedHashMap<Object, Object>();
            }
            case "torch._utils._rebuild_tensor_v2" -> {
                return tensor(arguments);
            }
            case "torch._utils._rebuild_parameter" -> {
                return arguments.get(0);
            }
            default ->
                throw new IllegalArgumentException("it would call " + Printable.of(global.toString())
                        + ", which no weights need: it may be malicious. Save model.state_dict(), not the model");
        }
    }

    @Override
    public Object persistent(Object id) {
        List<?> parts = (List<?>) id;
        Global kind = (Global) parts.get(1);
        ElementType type = kind.module().equals("torch") ? STORAGES.get(kind.name()) : null;
        if (!"storage".equals(parts.get(0)) || type == null) {
            throw new IllegalArgumentException("it refers to an object of " + Printable.of(kind.toString()));
        }
        return new Storage(type, (String) parts.get(2), (Long) parts.get(4));
    }

    private static Placed tensor(List<?> arguments) {
        Storage storage = (Storage) arguments.get(0);
        long offset = (Long) arguments.get(1);
        List<?> sizes = (List<?>) arguments.get(2);
        List<?> strides = (List<?>) arguments.get(3);
        int[] shape = new int[sizes.size()];
        long[] stride = new long[shape.length];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = Math.toIntExact((Long) sizes.get(d));
            stride[d] = (Long) strides.get(d);
        }
        long count = 1;
        long last = offset;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] < 0 || stride[d] < 0 || stride[d] > storage.count) {
                throw new IllegalArgumentException("a tensor has the shape " + Arrays.toString(shape) + " with strides "
                        + Arrays.toString(stride));
            }
            count = Math.multiplyExact(count, shape[d]);
            last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, stride[d]));
        }
        if (offset < 0 || count > storage.count || count > 0 && last >= storage.count) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " at " + offset
                    + " lies beyond the " + storage.count + " numbers of its storage");
        }
        return new Placed(storage, offset, shape, stride, Math.toIntExact(count));
    }

    private WeightTensor read(Placed tensor) throws IOException {
        ByteBuffer data = storages.get(tensor.storage);
        if (data == null) {
            data = load(tensor.storage);
            storages.put(tensor.storage, data);
        }
        float[] values = new float[tensor.count];
        for (int i = 0; i < values.length; i++) {
            long at = tensor.offset;
            for (int d = tensor.shape.length - 1, rest = i; d >= 0; rest /= tensor.shape[d--]) {
                at += rest % tensor.shape[d] * tensor.stride[d];
            }
            values[i] = tensor.storage.type.at(data, (int) at);
        }
        return new WeightTensor(values, tensor.shape);
    }

    private ByteBuffer load(Storage storage) throws IOException {
        String name = root + "data/" + storage.key;
        ZipEntry entry = zip.getEntry(name);
        int most = (Integer.MAX_VALUE - 8) / storage.type.bytes();
        if (entry == null || storage.count > most || entry.getSize() != storage.count * storage.type.bytes()) {
            throw broken(
                    file,
                    "its storage " + Printable.of(name) + " should have " + storage.count + " numbers of "
                            + storage.type + " and "
                            + (entry == null ? "is missing" : "has " + entry.getSize() + " bytes"));
        }
        return ByteBuffer.wrap(bytes(entry, entry.getSize())).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] bytes(ZipEntry entry, long limit) throws IOException {
        inflatable -= Math.max(0, entry.getSize());
        if (inflatable < 0) {
            throw broken(file, "it unpacks to far more than its own size");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) limit);
            if (bytes.length != entry.getSize() || in.read() >= 0) {
                throw broken(file, Printable.of(entry.getName()) + " is cut off, or larger than it may be");
            }
            return bytes;
        } catch (ZipException | EOFException e) {
            throw broken(file, Printable.of(entry.getName()) + " is damaged: " + e.getMessage());
        }
    }

    private static WeightsException broken(Path file, String why) {
        return new WeightsException(file + " is not a valid PyTorch weights file: " + why);
    }
}
