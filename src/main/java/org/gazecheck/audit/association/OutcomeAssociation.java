package org.gazecheck.audit.association;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Findings;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.MaxT;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.StratifiedGroups;

/**
 * What goes with being wrong: measures of localisation, properties of the images, clusters of heatmaps. Errors are
 * compared with correct predictions of the same class only, since classes differ in everything.
 *
 * <p>The chance of any finding where correctness goes with nothing is at most 1 %: half of it for all comparisons over
 * classes (step-down maxT over shuffles of correctness within classes), half for those of single classes (Benjamini and
 * Hochberg, which keeps that chance where no class differs).
 */
final class OutcomeAssociation {
    /** What an adjusted p-value must not exceed in each of the two families. */
    static final double LEVEL = 0.005;

    private static final int SHUFFLES = 9999;
    private static final int FEWEST = 5;

    private final AssociationInputs inputs;
    private final AuditedImages images;
    private final HeatmapClusters groups;
    private final StratifiedGroups outcomes;

    private OutcomeAssociation(AssociationInputs inputs, AuditedImages images, HeatmapClusters groups) {
        this.inputs = inputs;
        this.images = images;
        this.groups = groups;
        this.outcomes = images.outcomes();
    }

    /**
     * No tests are made with fewer than five errors or five correct predictions.
     *
     * @param groups of the same images
     */
    static Findings of(AssociationInputs inputs, AuditedImages images, HeatmapClusters groups) {
        long wrong = images.predictions().stream().filter(p -> p.wrong()).count();
        if (wrong < FEWEST || images.size() - wrong < FEWEST) {
            return Findings.NONE;
        }
        return new OutcomeAssociation(inputs, images, groups).all();
    }

    private Findings all() {
        List<Measure> localisation = LocalisationColumns.of(images, inputs.localisation());
        List<Comparison> comparisons = new ArrayList<>();
        localisation.forEach(m -> comparisons.add(new MeasureComparison(images, outcomes, m, true)));
        PropertyColumns.of(images, inputs.properties())
                .forEach(m -> comparisons.add(new MeasureComparison(images, outcomes, m, false)));
        for (int g = 0; g < groups.members().size(); g++) {
            comparisons.add(new ClusterComparison(
                    images, groups.name().get(g), groups.members().get(g)));
        }
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        testTogether(comparisons, findings, tests);
        if (!localisation.isEmpty()) {
            new ClassComparisons(images, localisation.get(0), inputs.randomness()).test(findings, tests);
        }
        findings.sort(Comparator.comparing(Finding::severity)
                .reversed()
                .thenComparing(finding -> -Math.abs(finding.effect())));
        return new Findings(findings, tests);
    }

    private void testTogether(List<Comparison> comparisons, List<Finding> findings, List<TestedEffect> tests) {
        double[][] scores =
                comparisons.stream().map(c -> outcomes.ranks(c.values())).toArray(double[][]::new);
        MaxT result = MaxT.of(outcomes, scores, SHUFFLES, inputs.randomness().of(Purpose.ERRORS_TEST.stream(), 0));
        double critical = result.critical(LEVEL);
        for (int t = 0; t < scores.length; t++) {
            if (Arrays.stream(scores[t]).anyMatch(s -> s != 0)) {
                Comparison.Tested tested =
                        comparisons.get(t).tested(inputs.randomness(), result.p()[t], result.adjusted()[t], critical);
                tests.add(tested.effect());
                if (tested.effect().q() <= LEVEL) {
                    findings.add(tested.finding());
                }
            }
        }
    }
}
