package org.gazecheck.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.results.ClassName;
import org.gazecheck.results.Split;

/** What people call the parts of a data set, in any case. */
final class SplitNames {
    /** For messages. */
    static final String KNOWN = "train, val or test (or training; valid, validation, dev; testing, eval)";

    private static final Map<String, Split> MEANT = Map.ofEntries(
            Map.entry("train", Split.TRAIN),
            Map.entry("training", Split.TRAIN),
            Map.entry("trn", Split.TRAIN),
            Map.entry("val", Split.VAL),
            Map.entry("valid", Split.VAL),
            Map.entry("validate", Split.VAL),
            Map.entry("validation", Split.VAL),
            Map.entry("dev", Split.VAL),
            Map.entry("development", Split.VAL),
            Map.entry("test", Split.TEST),
            Map.entry("testing", Split.TEST),
            Map.entry("tst", Split.TEST),
            Map.entry("eval", Split.TEST),
            Map.entry("evaluation", Split.TEST));

    private SplitNames() {}

    /** A folder's or a cell's word, without what is often put around it: {@code train_set}, {@code 1-train}. */
    static Optional<Split> of(String name) {
        String word = ClassName.of(name).toLowerCase(Locale.ROOT);
        Split exact = MEANT.get(word);
        return exact != null ? Optional.of(exact) : Optional.ofNullable(MEANT.get(bare(word)));
    }

    /** Whether one of the words in a name is such a word, as in {@code seg_train}. */
    static boolean isIn(String name) {
        return Arrays.stream(ClassName.of(name).toLowerCase(Locale.ROOT).split("[^a-z]+"))
                .anyMatch(MEANT::containsKey);
    }

    private static String bare(String word) {
        return word.replaceFirst("^\\d+[ ._-]+", "")
                .replaceFirst("[ ._-]*(set|split|data|images)$", "")
                .replaceFirst("[ ._-]*\\d+$", "");
    }
}
