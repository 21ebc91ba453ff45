package org.gazecheck.audit.association;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.audit.association.AssociationInputs.Scene;
import org.gazecheck.audit.association.SceneCounts.Place;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.SceneTie;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.Contingency;
import org.gazecheck.stats.DetectableEffect;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Wilson;

/**
 * Classes that stand mostly in one kind of scene in training. Each class is judged by the kind of scene, over all
 * clusterings, in which it is most over-represented (adjusted residual, Haberman 1973); p-values are from shuffles of
 * classes over images, q-values against the largest residual of all classes, kinds and clusterings in each shuffle. A
 * class is a finding when q is at most 0.01, at least 80 % of it stand in that kind of scene, and that is at least 50
 * points more than of the other classes.
 */
final class SceneTies {
    private static final int SHUFFLES = 9999;
    private static final double LEVEL = 0.01;
    private static final double SHARE = 0.8;
    private static final double DIFFERENCE = 0.5;
    private static final double STRONG = 0.75;

    private final List<Scene> scenes;
    private final List<String> classes;
    private final int[] labels;
    private final SceneClusters clusters;
    private final SceneCounts counts;

    private SceneTies(List<Scene> scenes, SplittableRandom random) {
        this.scenes = scenes;
        this.classes = scenes.stream().map(Scene::label).distinct().sorted().toList();
        Map<String, Integer> index = new HashMap<>();
        classes.forEach(name -> index.put(name, index.size()));
        this.labels = scenes.stream().mapToInt(s -> index.get(s.label())).toArray();
        List<double[]> descriptors =
                scenes.stream().map(s -> s.descriptor().orElseThrow()).toList();
        this.clusters = SceneClusters.of(descriptors, random);
        this.counts = SceneCounts.of(classes.size(), clusters, descriptors);
    }

    /** No tests are made with fewer than 30 scenes or two classes. */
    static Findings of(AssociationInputs inputs) {
        List<Scene> scenes = inputs.training().stream()
                .filter(scene -> scene.descriptor().isPresent())
                .toList();
        if (scenes.size() < SceneClusters.FEWEST
                || scenes.stream().map(Scene::label).distinct().count() < 2) {
            return Findings.NONE;
        }
        return new SceneTies(scenes, inputs.randomness().of("kinds of scene", 0))
                .all(inputs.randomness().of("shuffle classes", 0));
    }

    private Findings all(SplittableRandom random) {
        Place[] places = counts.places(labels);
        Contingency overall = counts.table(clusters.best(), labels);
        double[] largest = new double[SHUFFLES];
        int[] asFar = new int[places.length];
        int overallAsFar = 0;
        int[] shuffled = labels.clone();
        for (int s = 0; s < SHUFFLES; s++) {
            shuffle(shuffled, random);
            Place[] drawn = counts.places(shuffled);
            for (int label = 0; label < drawn.length; label++) {
                largest[s] = Math.max(largest[s], drawn[label].residual());
                asFar[label] += drawn[label].residual() >= places[label].residual() ? 1 : 0;
            }
            double chiSquare = counts.table(clusters.best(), shuffled).chiSquare();
            overallAsFar += chiSquare >= overall.chiSquare() ? 1 : 0;
        }
        Arrays.sort(largest);
        double critical = largest[(int) Math.ceil((1 - LEVEL) * SHUFFLES) - 1];
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        tests.add(overall(overall, p(overallAsFar)));
        for (int label = 0; label < places.length; label++) {
            double residual = places[label].residual();
            int maximumAsFar =
                    (int) Arrays.stream(largest).filter(l -> l >= residual).count();
            Tie tie = new Tie(label, places[label]);
            SceneTie finding = tie.finding(p(asFar[label]), p(maximumAsFar));
            tests.add(tie.tested(finding, critical));
            if (tie.stands(p(maximumAsFar))) {
                findings.add(finding);
            }
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(f -> -f.effect()));
        return new Findings(findings, tests);
    }

    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    private static double p(int asFar) {
        return (1.0 + asFar) / (1.0 + SHUFFLES);
    }

    private TestedEffect overall(Contingency table, double p) {
        return new TestedEffect(
                SceneTie.KIND,
                "all classes",
                "Cramér's V of class and kind of scene in train, " + clusters.kinds() + " kinds",
                table.cramersV(),
                Double.NaN,
                Double.NaN,
                p,
                p,
                labels.length,
                Double.NaN);
    }

    /** A class and the kind of scene that it is most over-represented in. */
    private final class Tie {
        private final int label;
        private final Place place;
        private final int inKind;
        private final int ofClass;
        private final int othersInKind;
        private final int others;

        Tie(int label, Place place) {
            this.label = label;
            this.place = place;
            Contingency table = counts.table(place.clustering(), labels);
            this.inKind = table.counts()[label][place.kind()];
            this.ofClass = table.row(label);
            this.othersInKind = table.column(place.kind()) - inKind;
            this.others = labels.length - ofClass;
        }

        double share() {
            return (double) inKind / ofClass;
        }

        double difference() {
            return share() - (double) othersInKind / others;
        }

        /** Newcombe's interval of a difference of shares (1998, method 10), from Wilson's of each. */
        Interval interval() {
            Interval own = Wilson.interval(inKind, ofClass);
            Interval rest = Wilson.interval(othersInKind, others);
            double restShare = (double) othersInKind / others;
            return new Interval(
                    difference() - Math.hypot(share() - own.low(), rest.high() - restShare),
                    difference() + Math.hypot(own.high() - share(), restShare - rest.low()));
        }

        boolean stands(double q) {
            return q <= LEVEL && share() >= SHARE && difference() >= DIFFERENCE;
        }

        SceneTie finding(double p, double q) {
            Interval interval = interval();
            Statement statement = new Statement(
                    difference() >= STRONG ? Severity.MEDIUM : Severity.LOW,
                    String.format(
                            Locale.ROOT,
                            "In train, %d of %d images of %s (%.0f %%) stand in one kind of scene, and %d of %d of the other"
                                    + " classes (%.0f %%).",
                            inKind,
                            ofClass,
                            classes.get(label),
                            100 * share(),
                            othersInKind,
                            others,
                            100.0 * othersInKind / others),
                    difference(),
                    interval.low(),
                    interval.high(),
                    OptionalDouble.of(p),
                    OptionalDouble.of(q),
                    labels.length,
                    evidence(),
                    "An association only: look whether an intervention confirms it, and add photographs of this class in"
                            + " other scenes.");
            return new SceneTie(classes.get(label), statement);
        }

        TestedEffect tested(SceneTie finding, double critical) {
            double overall = (double) (inKind + othersInKind) / labels.length;
            double spread = Math.sqrt(overall * (1 - overall) * (1.0 / ofClass + 1.0 / others));
            return new TestedEffect(
                    finding.kind(),
                    finding.subject(),
                    "share of the class in its most frequent kind of scene less that of other classes, in train",
                    finding.effect(),
                    finding.low(),
                    finding.high(),
                    finding.p().orElseThrow(),
                    finding.q().orElseThrow(),
                    finding.n(),
                    Math.max(DIFFERENCE, DetectableEffect.of(spread, critical)));
        }

        private List<String> evidence() {
            return IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == label && counts.kinds()[place.clustering()][i] == place.kind())
                    .boxed()
                    .sorted(Comparator.comparingDouble(this::distance))
                    .limit(Comparison.EVIDENCE)
                    .map(i -> scenes.get(i).path())
                    .toList();
        }

        private double distance(int i) {
            return clusters.distance(
                    place.clustering(), place.kind(), scenes.get(i).descriptor().orElseThrow());
        }
    }
}
