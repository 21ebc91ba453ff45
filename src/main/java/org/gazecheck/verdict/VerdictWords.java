package org.gazecheck.verdict;

import java.util.List;
import java.util.Locale;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Reason;
import org.gazecheck.results.RunVerdict.Ground;
import org.gazecheck.results.Split;
import org.gazecheck.results.TestedEffect;
import org.jspecify.annotations.Nullable;

/** The sentences of verdicts: none has more words than {@link Ground#WORDS}, whatever classes are called. */
final class VerdictWords {
    static final String NEW_IMAGES_ONLY = "New images only: the run that trained this network says whether to use it.";
    static final String NOTHING_TRIED = "No shortcut was looked for: there were no interventions.";

    /** Of what people name as they like, so many words are given. */
    private static final int NAME = 5;

    private static final int NAMES = 3;

    private VerdictWords() {}

    /**
     * "Proven: it recognises gentian by its background."
     *
     * @param by what the class is recognised by, in more than the reason's words; null where that is not known
     */
    static String shortcut(Finding shortcut, @Nullable String by) {
        String grade = shortcut.grade() != Grade.PROVEN
                ? "Suspected, not proven"
                : shortcut.severity() == Severity.HIGH
                        ? "Proven"
                        : "Proven, of " + shortcut.severity().text() + " severity";
        String name = name(shortcut.subject());
        boolean said = by != null && !by.startsWith("their ") && words(name).length + words(by).length <= 2 * NAME;
        return grade + ": it recognises " + name + " by "
                + (said ? by : Reason.of(shortcut).map(Reason::noun).orElse("something else")) + ".";
    }

    /** What follows from no shortcut. */
    static String grave(Finding finding) {
        String title = finding.kind().title();
        return "Of high severity: " + title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1) + ", "
                + name(finding.subject().replace('_', ' ')) + ".";
    }

    static String missed(Split split, Figure top1, double expected) {
        return "Top-1 accuracy on " + split.text() + " is " + percent(top1.value()) + ", at most "
                + percent(top1.high()) + "; " + percent(expected) + " was expected.";
    }

    static String unmeasured(Split split) {
        return "Accuracy on " + split.text() + " was expected and not measured.";
    }

    /** @param what a kind of shortcuts, and after a colon the reason */
    static String notSought(String what) {
        return "Not looked for: " + cut(what.replaceFirst(":.*", ""), 2 * NAME) + ".";
    }

    /** @param blind classes, one for each possible shortcut */
    static String tooFew(List<String> blind, long tried) {
        return "Too few images: " + blind.size() + " of " + tried
                + (tried == 1 ? " possible shortcut" : " possible shortcuts") + " could be of high severity, unseen ("
                + some(blind.stream().distinct().toList()) + ").";
    }

    /** As many whole names as the sentence has room for, at least the beginning of one. */
    private static String some(List<String> names) {
        String said = cut(names.get(0), NAMES);
        for (String name : names.subList(1, names.size())) {
            if (words(said).length + words(name).length > NAMES) {
                return said.endsWith("…") ? said : said + "…";
            }
            said += ", " + name;
        }
        return said;
    }

    /** With what could have been found. */
    static String nothingFound(List<TestedEffect> tried) {
        double[] detectable =
                tried.stream().mapToDouble(TestedEffect::detectable).toArray();
        double most = 0;
        for (double each : detectable) {
            most = Math.max(most, each);
        }
        return tried.isEmpty()
                ? "Nothing found: no property goes with a class closely enough to be tried."
                : "Nothing found; "
                        + (tried.size() == 1 ? "the shortcut tried" : "each of " + tried.size() + " shortcuts tried")
                        + " would have shown from " + Math.round(100 * most) + " points on.";
    }

    static String rejected(String reviewer) {
        return "Rejected in review by " + name(reviewer) + ".";
    }

    static String failed(String rule) {
        return "A gate failed: " + cut(rule, 2 * NAME) + ".";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * share);
    }

    private static String name(String name) {
        return cut(name, NAME);
    }

    private static String[] words(String text) {
        return text.strip().split("[\\s\\p{Z}]+");
    }

    /** The first words of a text, with an ellipsis where there are more. */
    private static String cut(String text, int most) {
        String[] words = words(text);
        return words.length <= most
                ? String.join(" ", words)
                : String.join(" ", List.of(words).subList(0, most)) + "…";
    }
}
