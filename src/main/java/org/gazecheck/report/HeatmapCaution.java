package org.gazecheck.report;

import java.util.Optional;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;

/** What stands beside every claim that rests on the run's heatmaps, where their tests speak against them. */
final class HeatmapCaution {
    private HeatmapCaution() {}

    static Optional<String> of(Findings findings) {
        return against(findings, FindingKind.HEATMAP_FAILS_RANDOMISATION)
                .map(method ->
                        method + " hardly changes when what the network learned is taken away: do not take its maps as"
                                + " reasons.")
                .or(() -> against(findings, FindingKind.HEATMAP_NOT_FAITHFUL)
                        .map(method -> method + " is not better than a centred blob on this data."));
    }

    /** The run's method, where there is such a finding about it; of methods that nothing rests on it is for information. */
    private static Optional<String> against(Findings findings, FindingKind kind) {
        return findings.findings().stream()
                .filter(finding -> finding.is(kind) && finding.severity() != Finding.Severity.INFO)
                .findFirst()
                .map(finding -> title(finding.subject()));
    }

    private static String title(String method) {
        return switch (method) {
            case "gradcam" -> "Grad-CAM";
            case "gradcam++" -> "Grad-CAM++";
            case "eigencam" -> "Eigen-CAM";
            default -> method;
        };
    }

    /** Whether what findings of a kind say was read off heatmaps. */
    static boolean concerns(FindingKind kind) {
        return kind.section() == FindingKind.Section.LOCALISATION || kind == FindingKind.HEATMAP_CLUSTER;
    }
}
