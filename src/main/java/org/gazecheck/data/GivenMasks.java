package org.gazecheck.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gazecheck.image.MaskMeaning;
import org.gazecheck.image.MaskMeaning.Rule;
import org.gazecheck.results.MaskList;

/**
 * The masks that were given for a data set.
 *
 * @param folder that holds them
 * @param meaning of their values
 * @param files relative to the folder, by image
 */
public record GivenMasks(Path folder, MaskMeaning meaning, Map<String, String> files) {
    private static final Map<Rule, String> RULES =
            Map.of(Rule.NOT_ZERO, "notZero", Rule.UPPER_HALF, "upperHalf", Rule.FROM, "from", Rule.PALETTE, "palette");

    /** No masks. */
    public static final GivenMasks NONE = new GivenMasks(Path.of(""), MaskMeaning.of(Rule.NOT_ZERO), Map.of());

    public GivenMasks {
        files = Map.copyOf(files);
    }

    /** What {@link #list} made, in a folder. */
    public static GivenMasks of(Path folder, MaskList list) throws DataException {
        Rule rule = RULES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(list.rule()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(
                        () -> new DataException("masks.json names a rule for masks that this program does not know: "
                                + list.rule() + "; prepare the data again"));
        return new GivenMasks(folder, new MaskMeaning(rule, list.least()), list.files());
    }

    /** As it is kept in a run folder. */
    public MaskList list() {
        return new MaskList(
                MaskList.SCHEMA_VERSION,
                Objects.requireNonNull(RULES.get(meaning.rule())),
                meaning.least(),
                new LinkedHashMap<>(files));
    }

    /** The mask of an image. */
    public Optional<GivenMask> of(String path) {
        return Optional.ofNullable(files.get(path)).map(file -> new GivenMask(folder.resolve(file), meaning));
    }
}
