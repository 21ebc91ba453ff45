package org.gazecheck.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code events.jsonl}: one line of JSON an event, {@code {"time", "event", "run", ...}}. Lines are appended in one write
 * each. A process that is killed leaves at most one torn line, which the next writer closes and readers pass over. A log that
 * cannot be written is reported once and fails nothing.
 */
public final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final Clock clock;
    private boolean reported;

    public EventLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * @param run id of the run; null before there is one
     * @param fields further keys, other than these three; texts, numbers and truth values, or lists of them; NaN becomes null
     */
    public synchronized void append(String event, @Nullable String run, Map<String, ?> fields) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("event", event);
        if (run != null) {
            line.put("run", run);
        }
        fields.forEach((key, value) -> {
            boolean none = value instanceof Double d && !Double.isFinite(d);
            line.putIfAbsent(key, none ? JSON.nullNode() : JSON.valueToTree(value));
        });
        try {
            append(line.toString());
        } catch (IOException e) {
            if (!reported) {
                LOG.warn("{} cannot be written, events are missing from it: {}", file, e.getMessage());
            }
            reported = true;
        }
    }

    private void append(String line) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String whole = (torn() ? "\n" : "") + line + "\n";
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private boolean torn() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** All whole events, oldest first; none where the file is not there. */
    public static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        if (!Files.exists(file)) {
            return events;
        }
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            try {
                JsonNode event = JSON.readTree(line);
                if (event.isObject()) {
                    events.add(event);
                }
            } catch (JsonProcessingException e) {
                LOG.debug("{}: a torn line is passed over", file);
            }
        }
        return events;
    }
}
