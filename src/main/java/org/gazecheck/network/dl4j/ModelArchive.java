package org.gazecheck.network.dl4j;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Inflation;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.Section;
import org.gazecheck.network.WeightsException;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A DL4J archive (what {@link ModelSerializer} writes) with two entries more: {@code gazecheck.json}, which says what the
 * network is, and {@code gazecheck-scales.bin}, the scales that were folded into its kernels (float32, big-endian, in the
 * architecture's order). Reading takes numbers from it and nothing else: no class is chosen by the file.
 */
public final class ModelArchive {
    static final String DESCRIPTION = "gazecheck.json";
    private static final String SCALES = "gazecheck-scales.bin";
    private static final String COEFFICIENTS = ModelSerializer.COEFFICIENTS_BIN;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final long LARGEST_DESCRIPTION = 16 << 20;
    private static final long ARRAY_HEADER = 1 << 10;
    private static final long MOST_NUMBERS = 130_000_000;

    private ModelArchive() {}

    /** A network and what belongs to it. */
    public record Loaded(BuiltInNetwork network, ArchiveInfo info) {}

    /**
     * Writes the archive atomically. With a linear head it opens with DL4J alone.
     *
     * @param network with a head of as many classes as there are names
     */
    public static void write(Path file, BuiltInNetwork network, ArchiveInfo info) throws IOException {
        int classes = Parameters.head(network).classes();
        if (info.classes().size() != classes) {
            throw new IllegalArgumentException(info.classes().size() + " names for " + classes + " classes");
        }
        byte[] description = ArchiveDescription.of(network, info).toJson();
        byte[] scales = scales(network);
        ComputationGraph graph = Dl4jGraphs.classifier(network);
        byte[] configuration = graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> {
            // Deflating the numbers takes seconds and saves a sixth.
            ZipOutputStream zip = new ZipOutputStream(out);
            begin(zip, ModelSerializer.CONFIGURATION_JSON);
            zip.write(configuration);
            zip.setLevel(Deflater.NO_COMPRESSION);
            begin(zip, COEFFICIENTS);
            DataOutputStream coefficients = new DataOutputStream(new BufferedOutputStream(zip, 1 << 16));
            Nd4j.write(graph.params(), coefficients);
            coefficients.flush();
            zip.setLevel(Deflater.DEFAULT_COMPRESSION);
            begin(zip, DESCRIPTION);
            zip.write(description);
            begin(zip, SCALES);
            zip.write(scales);
            zip.finish();
        });
    }

    /** Without the time of day, so that the same network gives the same file. */
    private static void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    private static byte[] scales(BuiltInNetwork network) {
        int count = network.architecture().convolutions().stream()
                .mapToInt(Convolution::out)
                .sum();
        ByteBuffer bytes = ByteBuffer.allocate(4 * count);
        for (Convolution convolution : network.architecture().convolutions()) {
            for (float scale : network.folded(convolution.name()).scale()) {
                bytes.putFloat(scale);
            }
        }
        return bytes.array();
    }

    /**
     * The network as it was written, bit for bit.
     *
     * @throws WeightsException if the file is damaged, truncated, or not such an archive
     */
    public static Loaded read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("no model archive at " + file);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ArchiveDescription description = ArchiveDescription.fromJson(entry(zip, DESCRIPTION, LARGEST_DESCRIPTION));
            requireSize(description, Inflation.limit(Files.size(file)));
            BuiltInNetwork network = network(zip, description);
            if (!network.hash().equals(description.weights())) {
                throw new WeightsException("its weights are not those that " + DESCRIPTION + " describes");
            }
            return new Loaded(network, description.info());
        } catch (IOException | RuntimeException e) {
            throw new WeightsException(
                    file + " is not an intact model archive of Gazecheck: "
                            + Printable.of(String.valueOf(e.getMessage())) + ". Train again, or take an undamaged copy",
                    e);
        }
    }

    /**
     * As {@link #read}, with the weights of the archive's export in place of its own, and without Deeplearning4j's native
     * libraries.
     *
     * @param exported the network of {@code model.onnx}, which knows no scales
     * @throws WeightsException if the archive is damaged, or these are not its weights
     */
    public static Loaded withWeights(Path file, BuiltInNetwork exported) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("no model archive at " + file);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ArchiveDescription description = ArchiveDescription.fromJson(entry(zip, DESCRIPTION, LARGEST_DESCRIPTION));
            requireSize(description, Inflation.limit(Files.size(file)));
            BuiltInNetwork empty = empty(zip, description);
            Map<String, FoldedConvolution> convolutions = new HashMap<>();
            empty.convolutions().forEach((name, scaled) -> {
                FoldedConvolution its = exported.folded(name);
                convolutions.put(name, new FoldedConvolution(its.kernel(), its.bias(), scaled.scale()));
            });
            BuiltInNetwork network =
                    BuiltInNetwork.of(empty.architecture(), convolutions, exported.head(), description.normalisation());
            if (!network.hash().equals(description.weights())) {
                throw new WeightsException("the model.onnx beside it is not its export");
            }
            return new Loaded(network, description.info());
        } catch (IOException | RuntimeException e) {
            throw new WeightsException(
                    file + " cannot be used: " + Printable.of(String.valueOf(e.getMessage()))
                            + ". Take an undamaged copy of the whole run folder, or train again",
                    e);
        }
    }

    /** Before anything is allocated: a description of a few bytes can ask for any network. */
    private static void requireSize(ArchiveDescription description, long inflatable) throws IOException {
        Architecture architecture = description.toArchitecture();
        double numbers =
                (double) architecture.features() * description.classes().size();
        for (Convolution c : architecture.convolutions()) {
            numbers += (double) c.out() * c.in() * c.kernel() * c.kernel() + 2.0 * c.out();
        }
        if (!(numbers <= MOST_NUMBERS) || 4 * numbers > inflatable) {
            throw new WeightsException(
                    String.format("it describes a network of %.0f numbers, which it is too small to hold", numbers));
        }
    }

    private static BuiltInNetwork network(ZipFile zip, ArchiveDescription description) throws IOException {
        BuiltInNetwork empty = empty(zip, description);
        Section section = Section.whole(empty.architecture(), Section.End.PROBABILITIES);
        long count = Parameters.count(empty, section);
        float[] parameters = Coefficients.read(entry(zip, COEFFICIENTS, 4 * count + ARRAY_HEADER), count);
        ComputationGraph graph = new ComputationGraph(
                GraphConfiguration.of(empty.architecture(), section, Parameters.head(empty), WorkspaceMode.NONE));
        graph.init(Nd4j.createFromArray(parameters).reshape(1, count), false);
        return Parameters.read(graph, empty, Parameters.groups(graph, empty, section));
    }

    /** The network with its scales, but no weights yet. */
    private static BuiltInNetwork empty(ZipFile zip, ArchiveDescription description) throws IOException {
        Architecture architecture = description.toArchitecture();
        int count =
                architecture.convolutions().stream().mapToInt(Convolution::out).sum();
        ByteBuffer scales = ByteBuffer.wrap(entry(zip, SCALES, 4L * count));
        if (scales.remaining() != 4 * count) {
            throw new WeightsException(SCALES + " holds " + scales.remaining() + " bytes, not " + 4 * count);
        }
        Map<String, FoldedConvolution> convolutions = new HashMap<>();
        for (Convolution c : architecture.convolutions()) {
            float[] scale = new float[c.out()];
            scales.asFloatBuffer().get(scale);
            scales.position(scales.position() + 4 * scale.length);
            int kernel = Math.multiplyExact(c.out() * c.kernel() * c.kernel(), c.in());
            convolutions.put(c.name(), new FoldedConvolution(new float[kernel], new float[c.out()], scale));
        }
        Head head = description.emptyHead(architecture.features());
        return new BuiltInNetwork(architecture, convolutions, Optional.of(head), description.normalisation(), "");
    }

    static byte[] entry(ZipFile zip, String name, long limit) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new WeightsException("it has no " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(limit + 1));
            if (bytes.length > limit) {
                throw new WeightsException(name + " is larger than it can be");
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            if (checksum.getValue() != entry.getCrc()) {
                throw new WeightsException(name + " is damaged: its checksum is wrong");
            }
            return bytes;
        }
    }
}
