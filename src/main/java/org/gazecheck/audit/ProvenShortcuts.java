package org.gazecheck.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Statement;

/**
 * Says of findings what a proven shortcut explains: the correlation of a class with a scene is no mere association any more, and
 * a label that the network contradicts is rather the shortcut's doing than wrong.
 */
final class ProvenShortcuts {
    private final Map<String, List<FindingKind>> proven;
    private final Map<String, String> confident;
    private final List<Prediction> predictions;

    private ProvenShortcuts(
            Map<String, List<FindingKind>> proven, List<DataQualityRow> dataQuality, List<Prediction> predictions) {
        this.proven = proven;
        this.confident = dataQuality.stream()
                .filter(s -> s.confident() != null)
                .collect(Collectors.toMap(DataQualityRow::path, DataQualityRow::confident, (one, same) -> one));
        this.predictions = predictions;
    }

    /** The same findings, in other words where a shortcut was proven. */
    static Findings explain(Findings all, List<DataQualityRow> dataQuality, List<Prediction> predictions) {
        Map<String, List<FindingKind>> proven = all.findings().stream()
                .filter(f -> f.kind().isShortcut() && f.grade() == Finding.Grade.PROVEN)
                .collect(Collectors.groupingBy(
                        Finding::subject, Collectors.mapping(Finding::kind, Collectors.toList())));
        if (proven.isEmpty()) {
            return all;
        }
        ProvenShortcuts shortcuts = new ProvenShortcuts(proven, dataQuality, predictions);
        return new Findings(all.findings().stream().map(shortcuts::explain).toList(), all.tests(), all.atTheEdge());
    }

    private Finding explain(Finding finding) {
        if (finding.is(FindingKind.SCENE_CORRELATION)
                && proven.getOrDefault(finding.subject(), List.of()).contains(FindingKind.BACKGROUND_SHORTCUT)) {
            return finding.saying(proven(finding));
        }
        return finding.is(FindingKind.LABEL_ISSUES) ? finding.saying(suspected(finding)) : finding;
    }

    private static Statement proven(Finding correlation) {
        return correlation
                .statement()
                .saying(
                        correlation.text()
                                + " Swapping backgrounds proved that the network uses this: see the background"
                                + " shortcut of " + correlation.subject() + ".",
                        "Follow the advice of the background shortcut of " + correlation.subject()
                                + ": this is where it comes from.");
    }

    private Statement suspected(Finding labels) {
        Set<String> reasons = new TreeSet<>();
        int explained = 0;
        int all = 0;
        for (Prediction p : predictions) {
            String instead = confident.get(p.path());
            if (instead != null && p.label().equals(labels.subject())) {
                all++;
                if (proven.containsKey(instead) || proven.containsKey(p.label())) {
                    explained++;
                    reasons.add(proven.containsKey(instead) ? instead : p.label());
                }
            }
        }
        if (explained == 0) {
            return labels.statement();
        }
        return labels.statement()
                .saying(
                        labels.text(),
                        String.format(
                                Locale.ROOT,
                                "Do not relabel yet: for %s the shortcut of %s is the likelier reason, and their"
                                        + " labels are probably right. Remove the shortcut first, then look again.",
                                explained == all ? "all " + all + " of them" : explained + " of these " + all,
                                String.join(" or ", reasons)));
    }
}
