package org.gazecheck.network.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gazecheck.io.Printable;
import org.gazecheck.network.WeightsException;

/**
 * The safetensors format: eight bytes of header length, a JSON header of names, types, shapes and offsets, then the data.
 * Offsets must lie in the file, cover it without holes and not overlap.
 */
final class SafetensorsReader implements WeightsFile {
    private static final long LONGEST_HEADER = 4 << 20;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private long start;

    private record Entry(String name, ElementType type, int[] shape, long begin, long end) {}

    private SafetensorsReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static SafetensorsReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            SafetensorsReader reader = new SafetensorsReader(file, channel);
            reader.take(reader.header());
            return reader;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void take(JsonNode header) throws IOException {
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
            } else {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        }
        checkCover();
        checkCount();
    }

    @Override
    public Catalogue catalogue() {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        entries.forEach((name, entry) ->
                tensors.put(name, new TensorInfo(entry.type.name(), entry.type.floating(), entry.shape)));
        return new Catalogue(file, tensors, Map.of(), metadata);
    }

    @Override
    public WeightTensor read(String name) throws IOException {
        Entry entry = Objects.requireNonNull(entries.get(name), name);
        return new WeightTensor(data(entry), entry.shape);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private JsonNode header() throws IOException {
        if (channel.size() < 8) {
            throw broken("it has " + channel.size() + " bytes");
        }
        long length = read(0, 8).getLong();
        if (length < 2 || length > LONGEST_HEADER || length > channel.size() - 8) {
            boolean cut = length >= 2 && length <= LONGEST_HEADER;
            throw broken("it states that its header has " + Long.toUnsignedString(length) + " bytes, the file has "
                    + channel.size() + (cut ? " (a truncated download? Fetch it again)" : ""));
        }
        start = 8 + length;
        try {
            JsonNode header = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(read(8, (int) length))
                    .toString());
            if (!header.isObject()) {
                throw broken("its header is no JSON object");
            }
            return header;
        } catch (JsonProcessingException e) {
            throw broken("its header is not valid JSON: " + e.getOriginalMessage());
        } catch (CharacterCodingException e) {
            throw broken("its header is not text in UTF-8");
        }
    }

    private Entry entry(String name, JsonNode node) throws IOException {
        JsonNode dtype = node.path("dtype");
        JsonNode dimensions = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!dtype.isTextual() || !dimensions.isArray() || !offsets.isArray() || offsets.size() != 2) {
            throw broken("tensor '" + name + "' lacks dtype, shape or data_offsets");
        }
        ElementType type;
        try {
            type = ElementType.valueOf(dtype.asText());
        } catch (IllegalArgumentException e) {
            throw broken("tensor '" + name + "' has the unknown type " + dtype.asText()
                    + ": F64, F32, F16 and BF16 are read as weights");
        }
        int[] shape = new int[dimensions.size()];
        long bytes = type.bytes();
        for (int i = 0; i < shape.length; i++) {
            if (!dimensions.get(i).isIntegralNumber()
                    || !dimensions.get(i).canConvertToInt()
                    || dimensions.get(i).asInt() < 0) {
                throw broken("tensor '" + name + "' has the shape " + dimensions);
            }
            shape[i] = dimensions.get(i).asInt();
            bytes = Math.min(bytes * shape[i], Long.MAX_VALUE >> 32);
        }
        long begin = offset(offsets.get(0));
        long end = offset(offsets.get(1));
        if (begin < 0 || end < begin || end > channel.size() - start) {
            throw broken("tensor '" + name + "' is stated to lie at " + offsets + ", beyond the "
                    + (channel.size() - start) + " bytes of data (a truncated download? Fetch it again)");
        }
        if (end - begin != bytes) {
            throw broken("tensor '" + name + "' of type " + type + " and shape " + dimensions + " takes " + bytes
                    + " bytes, but has " + (end - begin));
        }
        return new Entry(name, type, shape, begin, end);
    }

    private static long offset(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : -1;
    }

    private void checkCount() throws IOException {
        long numbers = entries.values().stream()
                .filter(entry -> entry.type.floating())
                .mapToLong(entry -> (entry.end - entry.begin) / entry.type.bytes())
                .sum();
        if (numbers > MOST_NUMBERS) {
            throw broken("its tensors hold " + numbers + " numbers in all, more than " + MOST_NUMBERS);
        }
    }

    private void checkCover() throws IOException {
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long at = 0;
        for (Entry entry : sorted) {
            if (entry.begin != at) {
                throw broken("tensor '" + entry.name + (entry.begin < at ? "' overlaps another" : "' leaves a gap")
                        + " at byte " + entry.begin);
            }
            at = entry.end;
        }
        if (at != channel.size() - start) {
            throw broken("its tensors end at byte " + at + ", its data at " + (channel.size() - start));
        }
    }

    private float[] data(Entry entry) throws IOException {
        if (entry.end - entry.begin > Integer.MAX_VALUE) {
            throw broken("tensor '" + entry.name + "' is larger than 2 GB");
        }
        ByteBuffer bytes = read(start + entry.begin, (int) (entry.end - entry.begin));
        float[] data = new float[bytes.limit() / entry.type.bytes()];
        for (int i = 0; i < data.length; i++) {
            data[i] = entry.type.at(bytes, i);
        }
        return data;
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw broken("it ends early");
            }
        }
        return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private WeightsException broken(String why) {
        return new WeightsException(file + " is not a valid safetensors file: " + Printable.of(why));
    }
}
