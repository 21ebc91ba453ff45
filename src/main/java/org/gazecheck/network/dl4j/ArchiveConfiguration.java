package org.gazecheck.network.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.gazecheck.network.WeightsException;

/**
 * {@code configuration.json} of an archive that others wrote. Deeplearning4j makes objects of the classes that it names, in
 * more than one notation: {@code "@class"}, {@code "type"} of a distribution, and arrays that begin with a name. So no text
 * in it, wherever it stands, may name a class that can be loaded, except classes that configurations are made of. What was
 * checked is written anew, and that is what Deeplearning4j reads, under a {@link ClassGuard} besides.
 */
final class ArchiveConfiguration {
    private static final String ENTRY = "configuration.json";
    private static final long LARGEST = 16 << 20;
    private static final int MOST_NAMES = 20_000;
    private static final String TYPE = "@class";
    private static final Pattern NAMES = Pattern.compile(
            "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*(?:[./]\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final boolean layers;
    private final String json;

    private ArchiveConfiguration(boolean layers, String json) {
        this.layers = layers;
        this.json = json;
    }

    /** @throws WeightsException if it is missing, damaged, or names a class that no configuration is made of */
    static ArchiveConfiguration read(ZipFile zip) throws IOException {
        return of(ModelArchive.entry(zip, ENTRY, LARGEST));
    }

    private static ArchiveConfiguration of(byte[] text) throws IOException {
        JsonNode tree;
        try {
            tree = STRICT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new WeightsException(ENTRY + " cannot be read: " + e.getOriginalMessage(), e);
        }
        if (!tree.isObject()) {
            throw new WeightsException(ENTRY + " is no JSON object");
        }
        requireKnownClasses(tree);
        return new ArchiveConfiguration(tree.has("confs"), STRICT.writeValueAsString(tree));
    }

    /** Whether it is of a {@code MultiLayerNetwork}, not of a {@code ComputationGraph}. */
    boolean isLayers() {
        return layers;
    }

    ComputationGraphConfiguration graph() {
        return ClassGuard.during(() -> ComputationGraphConfiguration.fromJson(json));
    }

    MultiLayerConfiguration multiLayer() {
        return ClassGuard.during(() -> MultiLayerConfiguration.fromJson(json));
    }

    private static void requireKnownClasses(JsonNode tree) throws IOException {
        Set<String> seen = new HashSet<>();
        Deque<JsonNode> nodes = new ArrayDeque<>();
        nodes.push(tree);
        while (!nodes.isEmpty()) {
            JsonNode node = nodes.pop();
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                requireKnown(field.getKey(), seen);
                if (field.getKey().equals(TYPE)
                        && !ClassGuard.known(field.getValue().asText())) {
                    throw refused(field.getValue().asText());
                }
            }
            if (node.isTextual()) {
                requireKnown(node.textValue(), seen);
            }
            node.elements().forEachRemaining(nodes::push);
        }
    }

    /** Also of arrays ({@code [Lname;}) and of what type parameters name. */
    private static void requireKnown(String text, Set<String> seen) throws IOException {
        Matcher names = NAMES.matcher(text);
        while (names.find()) {
            for (String name : Stream.of(names.group(), names.group().substring(1))
                    .map(each -> each.replace('/', '.'))
                    .filter(each -> !each.isEmpty())
                    .toList()) {
                if (seen.add(name) && !ClassGuard.known(name) && loadable(name)) {
                    throw refused(name);
                }
                if (seen.size() > MOST_NAMES) {
                    throw new WeightsException(ENTRY + " holds more than " + MOST_NAMES + " names");
                }
            }
        }
    }

    /** Whether there is such a class, which is not loaded. */
    private static boolean loadable(String name) {
        String resource = name.replace('.', '/') + ".class";
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return ArchiveConfiguration.class.getClassLoader().getResource(resource) != null
                || context != null && context.getResource(resource) != null;
    }

    private static WeightsException refused(String name) {
        return new WeightsException("its configuration asks for the class '" + name + "'");
    }
}
