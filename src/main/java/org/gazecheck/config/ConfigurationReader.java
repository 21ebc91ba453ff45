package org.gazecheck.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.Entry.Field;
import org.gazecheck.config.Entry.Section;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Binds YAML and overrides to a configuration. */
public final class ConfigurationReader {
    private final Schema schema;
    private final String label;
    private final Mistakes mistakes = new Mistakes();
    private final Map<String, Node> given = new LinkedHashMap<>();

    private ConfigurationReader(Schema schema, String label) {
        this.schema = schema;
        this.label = label;
    }

    /**
     * Reads a configuration file.
     *
     * @param overrides {@code key=value}, as after {@code --set}; of two with one key the later counts
     * @throws ConfigurationException listing every mistake with its place
     * @throws IOException when the file cannot be read
     */
    public static Configuration read(Path yaml, List<String> overrides) throws IOException {
        ConfigurationReader reader = new ConfigurationReader(Schema.RUN, yaml.toString());
        reader.collect(yaml, overrides);
        return reader.configuration(nameOf(yaml));
    }

    /**
     * Reads the configuration of nightly audits; its rules are not understood here.
     *
     * @param overrides {@code key=value}, as after {@code --set}; of two with one key the later counts
     * @throws ConfigurationException listing every mistake with its place
     * @throws IOException when the file cannot be read
     */
    public static NightlyConfiguration nightly(Path yaml, List<String> overrides) throws IOException {
        ConfigurationReader reader = new ConfigurationReader(Schema.NIGHTLY, yaml.toString());
        reader.collect(yaml, overrides);
        return (NightlyConfiguration) reader.bind(nameOf(yaml));
    }

    private void collect(Path yaml, List<String> overrides) throws IOException {
        YamlText.read(yaml, mistakes)
                .flatMap(text -> YamlText.compose(label, text, mistakes))
                .ifPresent(this::collectRoot);
        boolean broken = !mistakes.isEmpty() && given.isEmpty();
        overrides.forEach(this::override);
        if (broken) {
            mistakes.throwIfAny();
        }
    }

    /**
     * A configuration without a file.
     *
     * @param name where none is given, as a file's name without ending would be
     * @param settings {@code key=value}; of two with one key the later counts
     * @throws ConfigurationException listing every mistake
     */
    public static Configuration of(String name, List<String> settings) throws ConfigurationException {
        ConfigurationReader reader = new ConfigurationReader(Schema.RUN, "command line");
        settings.forEach(reader::override);
        return reader.configuration(fit(name));
    }

    /**
     * The section {@code compute} without a file, for what runs outside a run.
     *
     * @param overrides {@code compute.key=value}
     * @throws ConfigurationException listing every mistake
     */
    public static ComputeSettings compute(List<String> overrides) throws ConfigurationException {
        return (ComputeSettings) section("compute", overrides);
    }

    /**
     * The section {@code external} without a file, for what runs outside a run.
     *
     * @param overrides {@code external.key=value}; of two with one key the later counts
     * @throws ConfigurationException listing every mistake
     */
    public static ExternalSettings external(List<String> overrides) throws ConfigurationException {
        ExternalSettings external = (ExternalSettings) section("external", overrides);
        Map<String, String> mistakes = new LinkedHashMap<>();
        Coherence.external(external, mistakes);
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(List.copyOf(mistakes.values()));
        }
        return external;
    }

    private static Record section(String key, List<String> overrides) throws ConfigurationException {
        ConfigurationReader reader = new ConfigurationReader(Schema.RUN, "");
        overrides.forEach(reader::override);
        Section section = (Section) Schema.RUN.find(key).orElseThrow();
        Map<String, Object> bound = reader.bind(section, "");
        reader.mistakes.throwIfAny();
        return Schema.build(section, bound);
    }

    private void collectRoot(Node root) {
        if (root instanceof MappingNode mapping) {
            collect(schema.root(), mapping);
        } else if (!Values.isNull(root)) {
            mistakes.add(root, "expected sections such as data: and model:, found " + Values.shown(root));
        }
    }

    private void collect(Section section, MappingNode mapping) {
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            String name = key instanceof ScalarNode scalar ? scalar.getValue() : Values.shown(key);
            Integer earlier = lines.putIfAbsent(name, line(key));
            Optional<Entry> entry = section.find(name);
            if (entry.isEmpty()) {
                String whole = section.key().isEmpty() ? name : section.key() + "." + name;
                mistakes.add(
                        key,
                        renamed(whole)
                                .map(present -> whole + " is now called " + present)
                                .orElseGet(() -> unknown(section, name, Values.shown(key))));
            } else if (earlier != null) {
                mistakes.add(key, entry.get().key() + " is given twice, first in line " + earlier);
            } else {
                collect(entry.get(), tuple.getValueNode());
            }
        }
    }

    private void collect(Entry entry, Node value) {
        if (entry instanceof Field) {
            given.put(entry.key(), value);
        } else if (entry instanceof Section section && value instanceof MappingNode mapping) {
            collect(section, mapping);
        } else if (!Values.isNull(value)) {
            mistakes.add(value, entry.key() + " is a section (indented keys), found " + Values.shown(value));
        }
    }

    private static int line(Node node) {
        return node.getStartMark().orElseThrow().getLine() + 1;
    }

    private String unknown(Section section, String name, String shown) {
        Optional<String> meant = Suggestion.nearest(name, section.names())
                .map(near -> section.key().isEmpty() ? near : section.key() + "." + near)
                .or(() -> elsewhere(name));
        String key = section.key().isEmpty() ? shown : section.key() + "." + shown;
        return "unknown key " + key
                + meant.map(near -> "; did you mean " + near + "?")
                        .orElse("; expected one of " + String.join(", ", section.names()));
    }

    /** The present name of a key that this schema had under another. */
    private Optional<String> renamed(String key) {
        return RenamedKeys.present(key).filter(present -> schema.find(present).isPresent());
    }

    /** A field of that very name in another section. */
    private Optional<String> elsewhere(String name) {
        return schema.keys().stream()
                .filter(key -> key.endsWith("." + name) || key.equals(name))
                .findFirst();
    }

    private void override(String assignment) {
        int equals = assignment.indexOf('=');
        String key = equals < 0
                ? assignment.strip()
                : assignment.substring(0, equals).strip();
        String place = Mistakes.OVERRIDE + key;
        Optional<Entry> entry = schema.find(key);
        if (entry.isEmpty()) {
            String leaf = key.substring(key.lastIndexOf('.') + 1);
            Collection<String> keys = schema.keys();
            mistakes.add(
                    place,
                    renamed(key)
                            .map(present -> "is now called " + present)
                            .orElseGet(() -> "unknown key"
                                    + Suggestion.nearest(key, keys)
                                            .or(() -> elsewhere(leaf))
                                            .map(near -> "; did you mean " + near + "?")
                                            .orElse("; docs/configuration.md lists the keys")));
        } else if (entry.get() instanceof Section section) {
            mistakes.add(place, "is a section; its keys are " + String.join(", ", section.names()));
        } else if (equals < 0) {
            mistakes.add(place, "expected " + key + "=VALUE");
        } else {
            value((Field) entry.get(), place, assignment.substring(equals + 1).strip());
        }
    }

    private void value(Field field, String place, String text) {
        boolean literal = field.type() == Path.class || field.type() == String.class;
        boolean bare = List.class.getName().equals(rawType(field)) && !text.startsWith("[");
        if (text.isEmpty()) {
            mistakes.add(place, "no value: expected " + Expected.of(field));
        } else if (literal) {
            Optional<Mark> mark = Optional.of(new Mark(place, 0, 0, 0, new int[0], 0));
            given.put(field.key(), new ScalarNode(Tag.STR, true, text, ScalarStyle.PLAIN, mark, mark));
        } else {
            YamlText.compose(place, bare ? "[" + text + "]" : text, mistakes)
                    .ifPresent(node -> given.put(field.key(), node));
        }
    }

    private static String rawType(Field field) {
        return field.type() instanceof java.lang.reflect.ParameterizedType type
                ? type.getRawType().getTypeName()
                : field.type().getTypeName();
    }

    private Configuration configuration(String fileName) throws ConfigurationException {
        Configuration configuration = (Configuration) bind(fileName);
        Coherence.check(configuration).forEach(this::addAt);
        mistakes.throwIfAny();
        return configuration;
    }

    private Record bind(String fileName) throws ConfigurationException {
        Map<String, Object> bound = bind(schema.root(), fileName);
        mistakes.throwIfAny();
        return Schema.build(schema.root(), bound);
    }

    private Map<String, Object> bind(Section section, String fileName) {
        Values values = new Values(mistakes);
        Map<String, Object> bound = new HashMap<>();
        for (Field field : section.fields()) {
            Node node = given.get(field.key());
            if (node == null && field.required()) {
                mistakes.add(
                        label, field.key() + " is missing: " + field.meaning() + "; expected " + Expected.of(field));
            } else {
                values.read(field, node != null ? node : initial(field, fileName, bound))
                        .ifPresent(value -> bound.put(field.key(), value));
            }
        }
        return bound;
    }

    private void addAt(String key, String text) {
        Optional.ofNullable(given.get(key))
                .ifPresentOrElse(node -> mistakes.add(node, text), () -> mistakes.add(label, text));
    }

    /** The default; the name comes first in the schema and is known when others are made from it. */
    private Node initial(Field field, String fileName, Map<String, Object> bound) {
        Object name = bound.get("name");
        String initial = field.setting().initial();
        String text = initial.replace(Setting.NAME, name == null ? fileName : name.toString());
        if (!text.equals(initial)) {
            Optional<Mark> mark = Optional.of(new Mark(label, 0, 0, 0, new int[0], 0));
            return new ScalarNode(Tag.STR, true, text, ScalarStyle.DOUBLE_QUOTED, mark, mark);
        }
        return YamlText.compose("default of " + field.key(), text, mistakes)
                .orElseThrow(() -> new IllegalStateException("default of " + field.key()));
    }

    /** The default of a field as a configuration is written; empty where it must be given or derives from the name. */
    static Optional<String> initial(Field field) {
        if (field.required() || field.setting().initial().contains(Setting.NAME)) {
            return Optional.empty();
        }
        ConfigurationReader reader = new ConfigurationReader(Schema.RUN, "");
        Optional<Object> value = new Values(reader.mistakes).read(field, reader.initial(field, "", Map.of()));
        return Optional.of(ConfigurationWriter.value(field, value));
    }

    /** The file's name without ending; what could not stand in a folder's name becomes a hyphen. */
    private static String nameOf(Path yaml) {
        String file = String.valueOf(yaml.getFileName());
        int dot = file.lastIndexOf('.');
        return fit(dot > 0 ? file.substring(0, dot) : file);
    }

    private static String fit(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}._-]", "-");
    }
}
