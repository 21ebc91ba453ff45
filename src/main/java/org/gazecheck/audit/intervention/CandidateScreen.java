package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gazecheck.results.Interventions.Screened;
import org.gazecheck.results.Reason;

/**
 * Which of all that was proposed is tried, so that the correction for many stays payable: those that tell their class best in
 * training, one of a class and a reason, and beside the background, which holds patches, objects and colours around the object, two
 * of a class.
 *
 * @param tried the clearest first
 * @param out the others, with why they are not tried
 */
record CandidateScreen(List<Candidate> tried, Map<Candidate, String> out) {
    private static final int OF_CLASS = 2;
    private static final int MOST = 40;

    CandidateScreen {
        tried = List.copyOf(tried);
        out = Collections.unmodifiableMap(new LinkedHashMap<>(out));
    }

    static CandidateScreen of(Collection<Candidate> proposed) {
        List<Candidate> tried = new ArrayList<>();
        Map<Candidate, String> out = new LinkedHashMap<>();
        Map<Integer, Integer> ofClass = new HashMap<>();
        Set<Map.Entry<Integer, Reason>> reasons = new HashSet<>();
        for (Candidate candidate : proposed.stream().sorted(clearest()).toList()) {
            if (candidate.unfit().isPresent()) {
                out.put(candidate, candidate.unfit().get());
                continue;
            }
            boolean counts = candidate.reason() != Reason.BACKGROUND;
            if (counts && ofClass.getOrDefault(candidate.label(), 0) == OF_CLASS) {
                out.put(candidate, "two clearer ones of its class are tried");
            } else if (reasons.contains(Map.entry(candidate.label(), candidate.reason()))) {
                out.put(candidate, "a clearer one of its class and kind is tried");
            } else if (tried.size() == MOST) {
                out.put(candidate, MOST + " clearer ones of other classes are tried");
            } else {
                reasons.add(Map.entry(candidate.label(), candidate.reason()));
                ofClass.merge(candidate.label(), counts ? 1 : 0, Integer::sum);
                tried.add(candidate);
            }
        }
        return new CandidateScreen(tried, out);
    }

    /** What there are images to try of first, then what is rarer, then by how much more often the class carries it than others do. */
    private static Comparator<Candidate> clearest() {
        return Comparator.comparing((Candidate candidate) -> !candidate.triable())
                .thenComparing(Candidate::common)
                .thenComparingDouble(candidate -> -excess(candidate.prevalence()))
                .thenComparing(Candidate::label)
                .thenComparing(Candidate::reason)
                .thenComparing(Candidate::detail);
    }

    private static double excess(Prevalence prevalence) {
        return prevalence.share() - (Double.isNaN(prevalence.others()) ? prevalence.expected() : prevalence.others());
    }

    List<Screened> screened(List<String> classes) {
        return out.entrySet().stream()
                .map(entry -> screened(entry.getKey(), classes, entry.getValue()))
                .toList();
    }

    static Screened screened(Candidate candidate, List<String> classes, String why) {
        return new Screened(
                classes.get(candidate.label()),
                candidate.reason(),
                candidate.detail(),
                candidate.prevalence().share(),
                candidate.prevalence().others(),
                why);
    }
}
