package org.gazecheck.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What reviewers were asked. Two that saw the same image under different labels or predictions, of different runs, were
 * asked different things: their answers cannot be compared.
 */
record Question(String subject, @Nullable String label, @Nullable String predicted) {
    private static Question of(Verdict verdict) {
        return verdict instanceof ImageVerdict image
                ? new Question(image.sha256(), image.label(), image.predicted())
                : new Question(verdict.subject(), null, null);
    }

    /** The answers to each question, in the order given. */
    static <V extends Verdict> Map<Question, List<V>> answers(List<V> verdicts) {
        Map<Question, List<V>> answers = new LinkedHashMap<>();
        verdicts.forEach(verdict ->
                answers.computeIfAbsent(of(verdict), q -> new ArrayList<>()).add(verdict));
        return answers;
    }
}
