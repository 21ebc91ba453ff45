package org.gazecheck.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML as a tree of nodes with places; bounded in size and depth, and nothing in it is executed. */
final class YamlText {
    /** More bytes than any configuration has. */
    static final int LIMIT = 1 << 18;

    private static final int DEPTH = 20;

    private YamlText() {}

    /** The file's text, or empty when it is refused. */
    static Optional<String> read(Path file, Mistakes mistakes) throws IOException {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            mistakes.add(file.toString(), Files.exists(file) ? "a folder, not a configuration" : "no such file");
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LIMIT + 1);
        }
        if (bytes.length > LIMIT) {
            mistakes.add(file.toString(), "larger than " + LIMIT / 1024 + " KiB: not a configuration");
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            mistakes.add(file.toString(), "not UTF-8 text");
            return Optional.empty();
        }
    }

    /**
     * The root node; empty when there is none or the text is not YAML.
     *
     * @param label what stands in the file's place when mistakes are reported
     */
    static Optional<Node> compose(String label, String text, Mistakes mistakes) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(label)
                .setAllowDuplicateKeys(true)
                .setCodePointLimit(LIMIT)
                .build();
        try {
            return shallow(text, settings, mistakes) ? new Compose(settings).composeString(text) : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            String problem = "not valid YAML: " + (e.getProblem() == null ? e.getContext() : e.getProblem());
            mark.ifPresentOrElse(at -> mistakes.add(mark, problem), () -> mistakes.add(label, problem));
            return Optional.empty();
        } catch (YamlEngineException e) {
            mistakes.add(label, "not valid YAML: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Composing recurses, parsing does not: depth is checked by parsing. */
    private static boolean shallow(String text, LoadSettings settings, Mistakes mistakes) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > DEPTH) {
                mistakes.add(event.getStartMark(), "nested more than " + DEPTH + " deep: not a configuration");
                return false;
            }
        }
        return true;
    }
}
