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
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gazecheck.io.Inflation;
import org.gazecheck.io.Printable;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.weights.Unpickler.Global;
import org.gazecheck.network.weights.Unpickler.Opaque;
import org.jspecify.annotations.Nullable;

/**
 * What {@code torch.save} writes since PyTorch 1.6: a zip of one pickle and one entry of raw numbers a storage. Of the
 * pickle only dictionaries of tensors are understood. Objects beside them stay the name of their class; what would reach
 * the system is refused.
 */
final class TorchReader implements WeightsFile, Unpickler.Calls {
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
    private static final Set<String> BUILTINS = Set.of("builtins", "__builtin__");
    private static final Set<String> PLAIN = Set.of(
            "set",
            "frozenset",
            "list",
            "dict",
            "tuple",
            "int",
            "float",
            "str",
            "bool",
            "bytes",
            "bytearray",
            "complex",
            "slice",
            "range",
            "object");
    private static final Set<String> SYSTEM = Set.of(
            "os",
            "posix",
            "nt",
            "subprocess",
            "sys",
            "runpy",
            "importlib",
            "imp",
            "shutil",
            "socket",
            "ctypes",
            "pty",
            "commands",
            "webbrowser",
            "code",
            "codeop",
            "timeit",
            "pdb",
            "bdb",
            "cProfile",
            "profile",
            "marshal",
            "pickle",
            "pip",
            "multiprocessing",
            "asyncio",
            "http",
            "urllib",
            "requests",
            "operator");
    private static final String SAVE =
            " In Python, save the weights alone: torch.save(model.state_dict(), 'weights.pth')";

    private static final String TOO_MUCH = "it unpacks to far more than its own size";
    private static final int DEEPEST = 16;
    private static final long LONGEST_NAMES = 16 << 20;

    private final Path file;
    private final ZipFile zip;
    private final String root;
    private final Map<Storage, ByteBuffer> storages = new HashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> objects = new LinkedHashMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private long inflatable;
    private long letters;

    /** @param type absent for numbers that are not read: quantised, complex, of eight bits */
    private record Storage(@Nullable ElementType type, String kind, String key, long count) {}

    private sealed interface Tensor {
        TensorInfo info();
    }

    /** Where a tensor lies in its storage; its numbers are read when it turns out to be one of the weights. */
    private record Placed(Storage storage, long offset, int[] shape, long[] stride, int count) implements Tensor {
        @Override
        public TensorInfo info() {
            return new TensorInfo(storage.kind, storage.type != null && storage.type.floating(), shape);
        }
    }

    /** A tensor of a kind that is not read. */
    private record Unread(String kind) implements Tensor {
        @Override
        public TensorInfo info() {
            return new TensorInfo(kind, false, new int[0]);
        }
    }

    private TorchReader(Path file, ZipFile zip, String root) throws IOException {
        this.file = file;
        this.zip = zip;
        this.root = root;
        this.inflatable = Inflation.limit(Files.size(file));
    }

    static TorchReader open(Path file) throws IOException {
        try {
            return open(file, new ZipFile(file.toFile()));
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            byte[] begin = NotWeights.beginning(file);
            boolean cut = begin.length > 1 && begin[0] == 'P' && begin[1] == 'K';
            throw broken(
                    file,
                    "it is no intact zip (" + e.getMessage() + "). "
                            + (cut
                                    ? "It begins as one: a download or a copy that did not finish; fetch it again"
                                    : "torch.save of PyTorch since 1.6 writes zips: save the weights again with"
                                            + " torch.save(model.state_dict(), 'weights.pth')"));
        }
    }

    private static TorchReader open(Path file, ZipFile zip) throws IOException {
        try {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            ZipEntry pickle = entries.stream()
                    .filter(entry -> entry.getName().matches("[^/]+/data\\.pkl"))
                    .findFirst()
                    .orElseThrow(() -> broken(file, "it holds no data.pkl" + other(entries)));
            String root = pickle.getName().substring(0, pickle.getName().indexOf('/') + 1);
            if (entries.stream().anyMatch(entry -> entry.getName().startsWith(root + "code/"))) {
                throw broken(
                        file,
                        "it is a TorchScript archive (torch.jit.save): in Python,"
                                + " torch.save(torch.jit.load(FILE).state_dict(), 'weights.pth') saves its weights");
            }
            TorchReader reader = new TorchReader(file, zip, root);
            reader.take(pickle);
            return reader;
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static String other(List<? extends ZipEntry> entries) {
        List<String> names = entries.stream().map(ZipEntry::getName).toList();
        for (String name : names) {
            if (name.matches("(?i).*\\.(pth|pt|ckpt|bin|tar|safetensors)")) {
                return ": it is a zip around " + Printable.of(name) + "; unpack it, and give that file";
            }
        }
        if (names.contains("model.weights.h5")) {
            return ": it is a model of Keras (.keras); give it as ONNX (external.model)";
        }
        if (names.contains("gazecheck.json")) {
            return ": it is the model.zip of a run; give the run as model.run";
        }
        List<String> first = names.stream().limit(3).map(Printable::of).toList();
        return first.isEmpty() ? ": the zip is empty" : ": it is a zip with " + String.join(", ", first);
    }

    private void take(ZipEntry pickle) throws IOException {
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
        if (top instanceof Opaque object && object.items().isEmpty()) {
            throw broken(
                    file,
                    "it holds no dictionary of tensors, but an object of the class "
                            + Printable.of(object.type().toString()) + ", of which nothing is read." + SAVE);
        }
        if (!(top instanceof Map) && !(top instanceof Opaque)) {
            throw broken(file, "it holds no dictionary of tensors." + SAVE);
        }
        collect("", top, 0);
        requireStorages();
    }

    /** Whether everything is there that tensors lie in, before it is asked for. */
    private void requireStorages() throws WeightsException {
        Set<Storage> wanted = new LinkedHashSet<>();
        for (Tensor tensor : tensors.values()) {
            if (tensor instanceof Placed placed && placed.info().floating()) {
                wanted.add(placed.storage);
            }
        }
        long bytes = 0;
        for (Storage storage : wanted) {
            bytes += entry(storage, Objects.requireNonNull(storage.type)).getSize();
        }
        if (bytes > inflatable) {
            throw broken(file, TOO_MUCH);
        }
    }

    /** A dictionary that lies there twice counts once. */
    private void collect(String path, Object value, int depth) throws WeightsException {
        Map<?, ?> map = value instanceof Opaque object ? object.items() : (Map<?, ?>) value;
        if (depth > DEEPEST || !seen.add(map)) {
            return;
        }
        long numbers = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = path + entry.getKey();
            letters += name.length();
            if (letters > LONGEST_NAMES) {
                throw broken(file, "the names in it take more than " + LONGEST_NAMES + " letters");
            }
            if (entry.getValue() instanceof Tensor tensor) {
                tensors.put(name, tensor);
                numbers += tensor instanceof Placed placed && tensor.info().floating() ? placed.count : 0;
            } else if (entry.getValue() instanceof Map<?, ?> inner) {
                collect(name + "/", inner, depth + 1);
            } else if (entry.getValue() instanceof Opaque object) {
                objects.put(name, object.type().toString());
                collect(name + "/", object, depth + 1);
            }
        }
        if (numbers > MOST_NUMBERS) {
            throw broken(file, "its tensors hold " + numbers + " numbers in all, more than " + MOST_NUMBERS);
        }
    }

    @Override
    public Catalogue catalogue() {
        Map<String, TensorInfo> known = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> known.put(name, tensor.info()));
        return new Catalogue(file, known, objects, Map.of());
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    @Override
    public Object call(Global global, List<?> arguments) {
        switch (global.toString()) {
            case "collections.OrderedDict", "collections.defaultdict", "collections.Counter" -> {
                return new LinkedHashMap<Object, Object>();
            }
            case "torch._utils._rebuild_tensor_v2" -> {
                return tensor(arguments);
            }
            case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> {
                return arguments.get(0);
            }
            default -> {
                if (reaches(global)) {
                    throw new IllegalArgumentException("it would call " + Printable.of(global.toString())
                            + ", which no weights need: it may be malicious." + SAVE);
                }
                return global.module().startsWith("torch.") && global.name().contains("_rebuild")
                        ? new Unread(global.toString())
                        : new Opaque(global);
            }
        }
    }

    @Override
    public Object build(Global type) {
        if (reaches(type)) {
            throw new IllegalArgumentException("it would build " + Printable.of(type.toString())
                    + " (pickle instruction 0x81), which no weights need: it may be malicious." + SAVE);
        }
        return call(type, List.of());
    }

    /** Whether Python would reach the system by it. Nothing is called here; a file that has it is not to be trusted. */
    private static boolean reaches(Global global) {
        String top = global.module().split("\\.", 2)[0];
        return SYSTEM.contains(top) || BUILTINS.contains(top) && !PLAIN.contains(global.name());
    }

    @Override
    public Object persistent(Object id) {
        List<?> parts = (List<?>) id;
        Global kind = (Global) parts.get(1);
        ElementType type = kind.module().equals("torch") ? STORAGES.get(kind.name()) : null;
        if (!"storage".equals(parts.get(0)) || !kind.module().startsWith("torch")) {
            throw new IllegalArgumentException("it refers to an object of " + Printable.of(kind.toString()));
        }
        return new Storage(type, kind.toString(), (String) parts.get(2), (Long) parts.get(4));
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
            if (shape[d] < 0 || stride[d] < 0 || shape[d] > 1 && stride[d] > storage.count) {
                throw new IllegalArgumentException("a tensor has the shape " + Arrays.toString(shape) + " with strides "
                        + Arrays.toString(stride));
            }
            count = Math.multiplyExact(count, shape[d]);
            last = Math.addExact(last, shape[d] > 1 ? Math.multiplyExact(shape[d] - 1, stride[d]) : 0);
        }
        if (offset < 0 || count > 0 && last >= storage.count) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " at " + offset
                    + " lies beyond the " + storage.count + " numbers of its storage");
        }
        return new Placed(storage, offset, shape, stride, Math.toIntExact(count));
    }

    @Override
    public WeightTensor read(String name) throws IOException {
        Placed tensor = (Placed) Objects.requireNonNull(tensors.get(name), name);
        ElementType type = Objects.requireNonNull(tensor.storage.type, name);
        ByteBuffer data = storages.get(tensor.storage);
        if (data == null) {
            ZipEntry entry = entry(tensor.storage, type);
            data = ByteBuffer.wrap(bytes(entry, entry.getSize())).order(ByteOrder.LITTLE_ENDIAN);
            storages.put(tensor.storage, data);
        }
        float[] values = new float[tensor.count];
        for (int i = 0; i < values.length; i++) {
            long at = tensor.offset;
            for (int d = tensor.shape.length - 1, rest = i; d >= 0; rest /= tensor.shape[d--]) {
                at += rest % tensor.shape[d] * tensor.stride[d];
            }
            values[i] = type.at(data, (int) at);
        }
        return new WeightTensor(values, tensor.shape);
    }

    private ZipEntry entry(Storage storage, ElementType type) throws WeightsException {
        String name = root + "data/" + storage.key;
        ZipEntry entry = zip.getEntry(name);
        int most = (Integer.MAX_VALUE - 8) / type.bytes();
        if (entry == null || storage.count > most || entry.getSize() != storage.count * type.bytes()) {
            throw broken(
                    file,
                    "its storage " + Printable.of(name) + " should have " + storage.count + " numbers of " + type
                            + " and "
                            + (entry == null ? "is missing" : "has " + entry.getSize() + " bytes"));
        }
        return entry;
    }

    private byte[] bytes(ZipEntry entry, long limit) throws IOException {
        inflatable -= Math.max(0, entry.getSize());
        if (inflatable < 0) {
            throw broken(file, TOO_MUCH);
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
