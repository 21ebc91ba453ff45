package org.gazecheck.network.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.Layout;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.WeightsException;
import org.jspecify.annotations.Nullable;

/**
 * {@code gazecheck.json} of an archive.
 *
 * @param layout absent in archives before there was a choice: torchvision's
 * @param epsilon of a Hellinger head; 0 for a linear one
 * @param weights {@link BuiltInNetwork#hash}
 * @param opensWith for a reader of the file
 */
record ArchiveDescription(
        int schemaVersion,
        String architecture,
        Block block,
        List<Integer> blocks,
        List<Integer> planes,
        boolean strideInFirst,
        @Nullable Layout layout,
        HeadKind head,
        float epsilon,
        List<String> classes,
        Normalisation normalisation,
        Preprocessing preprocessing,
        Map<String, String> provenance,
        String weights,
        String opensWith) {
    private static final int SCHEMA_VERSION = 1;
    private static final int MOST_BLOCKS = 128;
    private static final int WIDEST = 1 << 16;
    private static final int LARGEST_SIDE = 4096;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    enum HeadKind {
        LINEAR,
        HELLINGER
    }

    static ArchiveDescription of(BuiltInNetwork network, ArchiveInfo info) {
        Architecture architecture = network.architecture();
        Head head = Parameters.head(network);
        boolean linear = head instanceof LinearHead;
        return new ArchiveDescription(
                SCHEMA_VERSION,
                architecture.name(),
                architecture.block(),
                architecture.blocks(),
                architecture.planes(),
                architecture.strideInFirst(),
                architecture.layout(),
                linear ? HeadKind.LINEAR : HeadKind.HELLINGER,
                head instanceof HellingerHead hellinger ? hellinger.epsilon() : 0,
                info.classes(),
                network.normalisation(),
                info.preprocessing(),
                new TreeMap<>(info.provenance()),
                network.hash(),
                linear
                        ? "ModelSerializer.restoreComputationGraph of Deeplearning4j 1.0.0-M2.1"
                        : "ModelSerializer.restoreComputationGraph of Deeplearning4j 1.0.0-M2.1, with Gazecheck on the"
                                + " class path for " + HellingerVertex.class.getName());
    }

    byte[] toJson() throws JsonProcessingException {
        return JSON.writeValueAsBytes(this);
    }

    /** @throws IOException if it is not such a description, or asks for a network out of all bounds */
    static ArchiveDescription fromJson(byte[] json) throws IOException {
        ArchiveDescription read = JSON.readValue(json, ArchiveDescription.class);
        if (read.schemaVersion > SCHEMA_VERSION) {
            throw new WeightsException("written by a newer version (schema " + read.schemaVersion + ")");
        }
        try {
            read.check();
        } catch (NullPointerException | IllegalArgumentException e) {
            throw new WeightsException(String.valueOf(e.getMessage()), e);
        }
        return read;
    }

    private void check() {
        Objects.requireNonNull(architecture, "no architecture");
        Objects.requireNonNull(block, "no block");
        Objects.requireNonNull(blocks, "no blocks");
        Objects.requireNonNull(planes, "no planes");
        Objects.requireNonNull(head, "no head");
        Objects.requireNonNull(classes, "no classes");
        Objects.requireNonNull(normalisation, "no normalisation");
        Objects.requireNonNull(preprocessing, "no preprocessing");
        Objects.requireNonNull(provenance, "no provenance");
        if (blocks.stream().mapToLong(Integer::longValue).sum() > MOST_BLOCKS
                || blocks.stream().anyMatch(n -> n < 1)
                || planes.stream().anyMatch(n -> n < 1 || n > WIDEST)
                || classes.isEmpty()) {
            throw new IllegalArgumentException(
                    "no network has blocks " + blocks + " of planes " + planes + " and " + classes.size() + " classes");
        }
        if (classes.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a class has no name");
        }
        if (preprocessing.crop() < 1
                || preprocessing.crop() > preprocessing.shortSide()
                || preprocessing.shortSide() > LARGEST_SIDE) {
            throw new IllegalArgumentException("no image is resized to " + preprocessing.shortSide()
                    + " pixels and cut to " + preprocessing.crop());
        }
        check(normalisation);
        check(Objects.requireNonNull(preprocessing.normalisation(), "no normalisation"));
    }

    private static void check(Normalisation normalisation) {
        for (float[] part : new float[][] {normalisation.mean(), normalisation.std()}) {
            if (part == null || part.length != 3 || !finite(part)) {
                throw new IllegalArgumentException("its normalisation is not two times three numbers");
            }
        }
    }

    private static boolean finite(float[] numbers) {
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    Architecture toArchitecture() {
        return new Architecture(
                architecture, block, blocks, planes, strideInFirst, layout == null ? Layout.TORCHVISION : layout);
    }

    /** Of the right kind and size, its weights to be filled in. */
    Head emptyHead(int features) {
        float[] weight = new float[Math.multiplyExact(classes.size(), features)];
        float[] bias = new float[classes.size()];
        return head == HeadKind.LINEAR ? new LinearHead(weight, bias) : new HellingerHead(weight, bias, epsilon);
    }

    ArchiveInfo info() {
        return new ArchiveInfo(classes, preprocessing, provenance);
    }
}
