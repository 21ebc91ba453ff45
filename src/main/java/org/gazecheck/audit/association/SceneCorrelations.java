package org.gazecheck.audit.association;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.audit.association.AssociationInputs.Scene;
import org.gazecheck.audit.association.SceneCounts.Place;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.Contingency;
import org.gazecheck.stats.Purpose;

/**
 * Classes that stand mostly in one kind of scene in training. Each class is judged by the kind of scene, over all
 * clusterings, in which it is most over-represented (adjusted residual, Haberman 1973); p-values are from shuffles of
 * classes over images, q-values against the largest residual of all classes, kinds and clusterings in each shuffle.
 */
final class SceneCorrelations {
    private static final int SHUFFLES = 9999;

    private final List<Scene> scenes;
    private final List<String> classes;
    private final int[] labels;
    private final SceneClusters clusters;
    private final SceneCounts counts;

    private SceneCorrelations(List<Scene> scenes, SplittableRandom random) {
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
        return new SceneCorrelations(scenes, inputs.randomness().of(Purpose.SCENE_CLUSTERS.stream(), 0))
                .all(inputs.randomness().of(Purpose.SCENE_TEST.stream(), 0));
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
        double critical = largest[(int) Math.ceil((1 - ClassInScene.LEVEL) * SHUFFLES) - 1];
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        tests.add(overall(overall, p(overallAsFar)));
        for (int label = 0; label < places.length; label++) {
            double residual = places[label].residual();
            int maximumAsFar =
                    (int) Arrays.stream(largest).filter(l -> l >= residual).count();
            ClassInScene inScene = inScene(label, places[label]);
            Finding finding = inScene.finding(p(asFar[label]), p(maximumAsFar), evidence(label, places[label]));
            tests.add(inScene.tested(finding, critical));
            if (inScene.stands(p(maximumAsFar))) {
                findings.add(finding);
            }
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(f -> -f.effect()));
        return new Findings(
                findings,
                tests,
                clusters.bound().stream()
                        .map(bound -> "the scenes of train fall into " + clusters.kinds() + " kinds, " + bound
                                + ": another number may describe them better")
                        .toList());
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
                FindingKind.SCENE_CORRELATION,
                "all classes",
                "Cramér's V of class and kind of scene in train, " + clusters.kinds() + " kinds"
                        + clusters.bound().map(bound -> " (" + bound + ")").orElse(""),
                table.cramersV(),
                Double.NaN,
                Double.NaN,
                p,
                p,
                labels.length,
                Double.NaN);
    }

    private ClassInScene inScene(int label, Place place) {
        Contingency table = counts.table(place.clustering(), labels);
        int inKind = table.counts()[label][place.kind()];
        int ofClass = table.row(label);
        return new ClassInScene(
                classes.get(label), inKind, ofClass, table.column(place.kind()) - inKind, labels.length - ofClass);
    }

    /** Images of the class in that kind of scene, the most typical first. */
    private List<String> evidence(int label, Place place) {
        int[] kinds = counts.kinds()[place.clustering()];
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] == label && kinds[i] == place.kind())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> clusters.distance(
                        place.clustering(),
                        place.kind(),
                        scenes.get(i).descriptor().orElseThrow())))
                .limit(Comparison.EVIDENCE)
                .map(i -> scenes.get(i).path())
                .toList();
    }
}
