package org.gazecheck.config;

import java.util.Arrays;
import java.util.Locale;

/**
 * What is computed for a run, each with an identity of its own ({@link Identities}). The version of an algorithm is raised
 * whenever equal inputs and settings would give other outputs than before; a changed default is such a change.
 */
public enum Computation {
    PREPARE(2),
    /** How given masks are found and read. */
    MASKS(1),
    TRAIN(2),
    /** The random views of training images, one by one. */
    VIEWS(2),
    FINETUNE(2),
    /** Reading the network that others trained. */
    IMPORT(4),
    /** Taking the network of another run. */
    OTHER_RUN(1),
    /** Training the network of another run against its shortcuts, or balanced over groups. */
    MITIGATE(3),
    /** A mended run beside the one that it mends. */
    MITIGATION(2),
    EVALUATE(4),
    LOCALISATION(2),
    /** Classes against the others, by their localisation. */
    CLASS_LOCALISATION(4),
    COUNTERFACTUALS(9),
    PROPERTIES(3),
    ASSOCIATIONS(3),
    /** Images in which accuracy is lower. */
    WEAK_SEGMENTS(1),
    DATA_QUALITY(4),
    HEATMAP_QUALITY(3),
    /** The images on maps, by features and by heatmap. */
    EMBEDDING(2),
    /** Findings of all parts of the audit, put together, and the verdict. */
    FINDINGS(4),
    REPORT(13);

    private final int version;

    Computation(int version) {
        this.version = version;
    }

    public int version() {
        return version;
    }

    /** That whose id it is. */
    public static Computation of(String id) {
        return Arrays.stream(values())
                .filter(computation -> computation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no computation '" + id + "'"));
    }

    /** As it stands in identities: a constant's name never changes with what it computes. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
