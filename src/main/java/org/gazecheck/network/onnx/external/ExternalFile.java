package org.gazecheck.network.onnx.external;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.io.Printable;
import org.gazecheck.network.WeightsException;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Untrusted ONNX files. Weights beside the file ("external data") are taken into the model here, from the file's own
 * folder only, so that ONNX Runtime opens no file at all. Functions of the file's own and branches whose condition is a constant are
 * inlined. Refused are operators of makers other than ONNX's own and ONNX Runtime's, a file that imports the operators of one
 * domain twice, since ONNX Runtime reads all by the last in silence, and other control flow, which need not end.
 */
final class ExternalFile {
    static final long LARGEST = 1L << 30;
    private static final Set<String> PLAIN = Set.of("", "ai.onnx");
    private static final Set<String> DOMAINS =
            Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc", "ai.onnx.preview.training");

    private final Path file;
    private long bytes;

    private ExternalFile(Path file) {
        this.file = file;
    }

    /**
     * A model that holds all of its weights.
     *
     * @throws WeightsException if the file is damaged, too large, or refused
     */
    static ModelProto read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("no model at " + file);
        }
        try {
            return new ExternalFile(file).read();
        } catch (IOException | RuntimeException e) {
            throw new WeightsException(
                    file + " is not an ONNX model that can be used: " + Printable.of(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private ModelProto read() throws IOException {
        count(Files.size(file));
        ModelProto model;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            model = ModelProto.parseFrom(in);
        }
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new WeightsException("it has no graph");
        }
        requireOnce(model.getOpsetImportList());
        model = known(Inlining.of(model));
        GraphProto graph = model.getGraph();
        if (graph.getSparseInitializerCount() > 0) {
            throw new WeightsException("it has sparse weights: export it with dense ones");
        }
        GraphProto.Builder whole = graph.toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            if (isOutside(graph.getInitializer(i))) {
                whole.setInitializer(i, takenIn(graph.getInitializer(i)));
            }
        }
        graph.getNodeList().forEach(ExternalFile::requirePlain);
        return model.toBuilder().setGraph(whole).build();
    }

    private void count(long more) throws IOException {
        bytes += more;
        if (bytes > LARGEST) {
            throw new WeightsException("it is larger than " + (LARGEST >> 30) + " GiB with its weights");
        }
    }

    /** Whether a domain is ONNX's own. */
    static boolean isPlain(String domain) {
        return PLAIN.contains(domain);
    }

    /** Whether operators of a domain can be run. */
    static boolean isKnown(String domain) {
        return DOMAINS.contains(domain);
    }

    /** @throws WeightsException if the operators of one domain are imported twice */
    static void requireOnce(List<OperatorSetIdProto> imports) throws WeightsException {
        Map<String, Long> versions = new HashMap<>();
        for (OperatorSetIdProto set : imports) {
            Long other = versions.put(isPlain(set.getDomain()) ? "" : set.getDomain(), set.getVersion());
            if (other != null) {
                throw new WeightsException("it imports the operators of the domain '" + set.getDomain()
                        + "' twice, in the versions " + other + " and " + set.getVersion()
                        + ": which of them its nodes mean cannot be told");
            }
        }
    }

    /** Of the operators of a domain; 0: they are not imported. */
    static long version(List<OperatorSetIdProto> imports, String domain) {
        return imports.stream()
                .filter(set -> set.getDomain().equals(domain) || isPlain(domain) && isPlain(set.getDomain()))
                .mapToLong(OperatorSetIdProto::getVersion)
                .findFirst()
                .orElse(0);
    }

    /** Without imports of domains that cannot be run, whose operators are refused where a node is one. */
    private static ModelProto known(ModelProto model) {
        List<OperatorSetIdProto> known = model.getOpsetImportList().stream()
                .filter(set -> isKnown(set.getDomain()))
                .toList();
        return known.size() == model.getOpsetImportCount()
                ? model
                : model.toBuilder().clearOpsetImport().addAllOpsetImport(known).build();
    }

    private static void requirePlain(NodeProto node) {
        if (!isKnown(node.getDomain())) {
            throw new IllegalArgumentException("it uses operators of the domain '" + node.getDomain()
                    + "', which are not supported: " + named(node));
        }
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG() || attribute.getGraphsCount() > 0) {
                throw new IllegalArgumentException("it has control flow (" + named(node) + ")"
                        + (node.getOpType().equals("If") ? ", of a condition that is no constant" : "")
                        + ", which an image classifier does not need: export it without");
            }
            boolean outside = attribute.hasT() && isOutside(attribute.getT());
            if (outside || attribute.getTensorsList().stream().anyMatch(ExternalFile::isOutside)) {
                throw new IllegalArgumentException("the constant '" + node.getName() + "' lies outside the file");
            }
            if (attribute.hasSparseTensor() || attribute.getSparseTensorsCount() > 0) {
                throw new IllegalArgumentException("the constant '" + node.getName() + "' is sparse");
            }
        }
    }

    private static String named(NodeProto node) {
        return node.getOpType() + (node.getName().isEmpty() ? "" : " '" + node.getName() + "'");
    }

    static boolean isOutside(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0;
    }

    private TensorProto takenIn(TensorProto tensor) throws IOException {
        Map<String, String> where = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            where.put(entry.getKey(), entry.getValue());
        }
        Path data = beside(where.getOrDefault("location", ""));
        long offset = number(where.get("offset"), 0);
        long length = number(where.get("length"), Files.size(data) - offset);
        if (offset < 0 || length < 0 || offset > Files.size(data) - length) {
            throw new WeightsException("'" + tensor.getName() + "' is stated to lie at " + offset + ", " + length
                    + " bytes long, in " + data.getFileName() + " of " + Files.size(data) + " bytes");
        }
        count(length);
        try (FileChannel in = FileChannel.open(data)) {
            java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate((int) length);
            in.position(offset);
            while (buffer.hasRemaining()) {
                if (in.read(buffer) < 0) {
                    throw new WeightsException(data.getFileName() + " ends early");
                }
            }
            return tensor.toBuilder()
                    .clearExternalData()
                    .clearDataLocation()
                    .setRawData(ByteString.copyFrom(buffer.flip()))
                    .build();
        }
    }

    /** A regular file in the model's own folder; neither a path nor a link leads out of it. */
    private Path beside(String location) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("").toRealPath();
        try {
            Path name = Path.of(location);
            boolean climbs = location.isEmpty()
                    || name.isAbsolute()
                    || List.of(name.toString().split("[/\\\\]")).contains("..");
            if (!climbs && Files.isRegularFile(folder.resolve(name))) {
                Path real = folder.resolve(name).toRealPath();
                if (real.startsWith(folder)) {
                    return real;
                }
            }
        } catch (InvalidPathException e) {
            throw new WeightsException(
                    "its weights are stated to lie in '" + location + "', which is not a file name", e);
        }
        throw new WeightsException("its weights are stated to lie in '" + location
                + "': there is no such file in the model's folder, and no other is opened");
    }

    private static long number(@Nullable String text, long otherwise) throws IOException {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new WeightsException("its weights are stated to lie at '" + text + "'", e);
        }
    }
}
