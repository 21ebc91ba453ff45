package org.gazecheck.network.onnx.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Damaged copies of ONNX files: in their bytes, and as graphs that can still be parsed. */
final class MutatedGraphs {
    private static final List<String> OPERATORS = List.of(
            "Conv",
            "Relu",
            "Softmax",
            "Sigmoid",
            "GlobalAveragePool",
            "Flatten",
            "Gemm",
            "MatMul",
            "Add",
            "Mul",
            "Reshape",
            "Transpose",
            "Concat",
            "Expand",
            "Tile",
            "Pad",
            "Resize",
            "Gather",
            "Slice",
            "Squeeze",
            "ReduceMean",
            "ConstantOfShape",
            "Shape",
            "MaxPool",
            "LayerNormalization",
            "Identity",
            "NoSuchOperator");
    private static final long[] ODD = {
        0, -1, 1, 2, 3, 7, 24, 255, 65_536, 1L << 31, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private final List<byte[]> sound;

    /** @param files that are read */
    MutatedGraphs(List<Path> files) throws IOException {
        this.sound = new ArrayList<>();
        for (Path file : files) {
            sound.add(Files.readAllBytes(file));
        }
    }

    /** Small graphs of several kinds, written to a folder. */
    static MutatedGraphs small(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (ClassifierVariants variant : ClassifierVariants.values()) {
            files.add(variant.write(folder.resolve("sound-" + variant + ".onnx")));
        }
        files.add(ExternalModels.classifier(folder.resolve("sound-tanh.onnx"), 3, "Tanh"));
        files.add(ExternalModels.twoHeaded(folder.resolve("sound-heads.onnx"), 3));
        files.add(ExternalModels.wide(folder.resolve("sound-wide.onnx"), 3));
        return new MutatedGraphs(files);
    }

    /** Always the same for a seed. */
    byte[] mutated(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] file = sound.get(random.nextInt(sound.size()));
        if (random.nextInt(4) == 0) {
            return bytes(file, random);
        }
        try {
            ModelProto.Builder model = ModelProto.parseFrom(file).toBuilder();
            for (int i = random.nextInt(3); i >= 0; i--) {
                graph(model.getGraphBuilder(), random);
            }
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(byte[] file, SplittableRandom random) {
        byte[] changed = file.clone();
        switch (random.nextInt(3)) {
            case 0 -> {
                return Arrays.copyOf(changed, random.nextInt(changed.length));
            }
            case 1 -> {
                int from = random.nextInt(changed.length);
                int to = random.nextInt(changed.length);
                int length = Math.min(random.nextInt(1, 64), changed.length - Math.max(from, to));
                System.arraycopy(file, from, changed, to, length);
            }
            default -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return changed;
    }

    private static void graph(GraphProto.Builder graph, SplittableRandom random) {
        int at = random.nextInt(graph.getNodeCount());
        switch (random.nextInt(9)) {
            case 0 -> graph.getNodeBuilder(at).setOpType(OPERATORS.get(random.nextInt(OPERATORS.size())));
            case 1 -> rewire(graph, at, random);
            case 2 -> graph.removeNode(graph.getNodeCount() > 1 ? at : 0);
            case 3 -> graph.addNode(random.nextInt(graph.getNodeCount() + 1), node(graph, at, random));
            case 4 -> attribute(graph.getNodeBuilder(at), random);
            case 5 -> weights(graph, random);
            case 6 -> graph.getOutputBuilder(0).setName(value(graph, random));
            case 7 -> input(graph, random);
            default -> graph.getNodeBuilder(at).addInput(value(graph, random));
        }
        if (graph.getNodeCount() == 0) {
            graph.addNode(
                    NodeProto.newBuilder().setOpType("Identity").addInput("x").addOutput("y"));
        }
    }

    private static NodeProto node(GraphProto.Builder graph, int at, SplittableRandom random) {
        return random.nextBoolean()
                ? graph.getNode(at)
                : NodeProto.newBuilder()
                        .setOpType(OPERATORS.get(random.nextInt(OPERATORS.size())))
                        .addInput(value(graph, random))
                        .addInput(value(graph, random))
                        .addOutput(value(graph, random))
                        .build();
    }

    private static void rewire(GraphProto.Builder graph, int at, SplittableRandom random) {
        NodeProto.Builder node = graph.getNodeBuilder(at);
        if (node.getInputCount() > 0 && random.nextBoolean()) {
            node.setInput(random.nextInt(node.getInputCount()), value(graph, random));
        } else if (node.getOutputCount() > 0) {
            node.setOutput(random.nextInt(node.getOutputCount()), value(graph, random));
        }
    }

    private static String value(GraphProto.Builder graph, SplittableRandom random) {
        NodeProto node = graph.getNode(random.nextInt(graph.getNodeCount()));
        return switch (random.nextInt(5)) {
            case 0 -> "x";
            case 1 -> "";
            case 2 -> "nowhere";
            case 3 -> node.getInputCount() > 0 ? node.getInput(random.nextInt(node.getInputCount())) : "x";
            default -> node.getOutputCount() > 0 ? node.getOutput(0) : "y";
        };
    }

    private static void attribute(NodeProto.Builder node, SplittableRandom random) {
        String[] names = {
            "axis", "axes", "perm", "to", "strides", "pads", "dilations", "group", "kernel_shape", "transB", "value"
        };
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(names[random.nextInt(names.length)]);
        if (random.nextBoolean()) {
            attribute.setType(AttributeProto.AttributeType.INT).setI(odd(random));
        } else {
            attribute.setType(AttributeProto.AttributeType.INTS);
            for (int i = random.nextInt(6); i > 0; i--) {
                attribute.addInts(odd(random));
            }
        }
        node.addAttribute(attribute);
    }

    private static void weights(GraphProto.Builder graph, SplittableRandom random) {
        if (graph.getInitializerCount() == 0) {
            return;
        }
        TensorProto.Builder tensor = graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
        switch (random.nextInt(4)) {
            case 0 -> tensor.setDataType(random.nextInt(18));
            case 1 -> tensor.addDims(odd(random));
            case 2 -> {
                if (tensor.getDimsCount() > 0) {
                    tensor.setDims(random.nextInt(tensor.getDimsCount()), odd(random));
                }
            }
            default -> tensor.setRawData(ByteString.copyFrom(new byte[random.nextInt(64)]));
        }
    }

    private static void input(GraphProto.Builder graph, SplittableRandom random) {
        var type = graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder();
        if (random.nextInt(4) == 0) {
            type.setElemType(random.nextInt(18));
        } else if (type.getShape().getDimCount() > 0) {
            type.getShapeBuilder()
                    .getDimBuilder(random.nextInt(type.getShape().getDimCount()))
                    .setDimValue(odd(random));
        }
    }

    private static long odd(SplittableRandom random) {
        return ODD[random.nextInt(ODD.length)];
    }
}
