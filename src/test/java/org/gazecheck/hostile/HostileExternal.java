package org.gazecheck.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.network.dl4j.SmallArchives;
import org.gazecheck.network.onnx.external.ExternalModels;
import org.nd4j.shade.protobuf.ByteString;

/** Networks of others, given to be audited. */
final class HostileExternal {
    private final Path folder;
    private final Path data;
    private final Path labels;
    private final List<Row> rows = new ArrayList<>();

    private HostileExternal(Path folder) throws IOException {
        this.folder = folder;
        this.data = Files.createDirectory(folder.resolve("data"));
        for (String name : List.of("a", "b")) {
            Files.write(Files.createDirectory(data.resolve(name)).resolve("0.jpg"), HostileImages.jpeg());
        }
        this.labels = Files.writeString(folder.resolve("labels.txt"), "a\nb\nc\nd\n");
    }

    static List<Row> rows(Path folder) throws IOException {
        HostileExternal external = new HostileExternal(folder);
        external.onnx();
        external.archives();
        return external.rows;
    }

    private void onnx() throws IOException {
        ModelProto sound = ModelProto.parseFrom(
                Files.readAllBytes(ExternalModels.classifier(folder.resolve("sound.onnx"), 4, null)));
        GraphProto graph = sound.getGraph();
        TensorProto climbing = graph.getInitializer(0).toBuilder()
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../../../../../../etc/passwd"))
                .build();
        add(
                "external weights that climb",
                "no other is opened",
                graph.toBuilder().setInitializer(0, climbing));
        AttributeProto hidden = AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(climbing)
                .build();
        NodeProto constant = NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("k")
                .addAttribute(hidden)
                .build();
        add("a constant that climbs", "lies outside the file", graph.toBuilder().addNode(0, constant));
        add(
                "a subgraph",
                "control flow",
                graph.toBuilder()
                        .addNode(NodeProto.newBuilder()
                                .setOpType("If")
                                .addInput("y")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("then_branch")
                                        .setG(graph))));
        TensorProto size = TensorProto.newBuilder()
                .setName("size")
                .addDims(1)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .setRawData(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 1, 0}))
                .build();
        add(
                "a petabyte of zeros",
                "ONNX Runtime",
                graph.toBuilder()
                        .addInitializer(size)
                        .addNode(
                                0,
                                NodeProto.newBuilder()
                                        .setOpType("ConstantOfShape")
                                        .addInput("size")
                                        .addOutput("z"))
                        .addNode(NodeProto.newBuilder()
                                .setOpType("ReduceMax")
                                .addInput("z")
                                .addOutput("m"))
                        .setOutput(0, graph.getOutput(0).toBuilder().setName("m")));
        GraphProto.Builder doubling = graph.toBuilder().clearNode();
        String last = "x";
        for (int i = 0; i < 28; i++) {
            AttributeProto rows = AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(2)
                    .build();
            doubling.addNode(NodeProto.newBuilder()
                    .setOpType("Concat")
                    .addInput(last)
                    .addInput(last)
                    .addOutput("twice" + i)
                    .addAttribute(rows));
            last = "twice" + i;
        }
        doubling.addNode(graph.getNode(0).toBuilder().setInput(0, last));
        graph.getNodeList().stream().skip(1).forEach(doubling::addNode);
        add("an image beside itself, 28 times", "external.trialMemory", doubling);
        TensorProto short4 = graph.getInitializer(0).toBuilder()
                .setRawData(ByteString.copyFrom(new byte[12]))
                .build();
        add("weights of too few bytes", "ONNX Runtime", graph.toBuilder().setInitializer(0, short4));
        add(
                "a graph that feeds itself",
                "cannot be audited",
                graph.toBuilder().setNode(1, graph.getNode(1).toBuilder().setInput(0, "y")));
        row(
                "garbage as ONNX",
                "can be used",
                Files.writeString(folder.resolve("garbage.onnx"), "\n\377garbage".repeat(99)));
    }

    private void archives() throws IOException {
        Path gadget = SmallArchives.write(folder.resolve("gadget.zip"), 24, 4);
        replace(gadget, "ActivationReLU", "../../../../javax.swing.JEditorPane");
        row("an external archive that asks for a class", "JEditorPane", gadget);
        Path array = SmallArchives.write(folder.resolve("array.zip"), 24, 4);
        replace(array, "\"preProcessor\" : null", "\"preProcessor\" : [ \"javax.swing.JEditorPane\", { } ]");
        row("an external archive with a class in an array", "JEditorPane", array);
        Path type = SmallArchives.write(folder.resolve("type.zip"), 24, 4);
        replace(
                type,
                "org.deeplearning4j.nn.weights.WeightInitXavier\"",
                "org.deeplearning4j.nn.weights.WeightInitDistribution\", \"distribution\" : {\"type\" :"
                        + " \"javax.swing.JEditorPane\"}");
        row("an external archive with a distribution's class", "JEditorPane", type);
        Path twice = SmallArchives.write(folder.resolve("twice.zip"), 24, 4);
        replace(twice, "\"seed\" : 4", "\"seed\" : 4, \"seed\" : 4");
        row("an external archive that says something twice", "Duplicate field", twice);
        Path large = SmallArchives.write(folder.resolve("large.zip"), 24, 4);
        replace(large, "\"nout\" : 6", "\"nout\" : 2000000000");
        row("an external archive of a huge network", "can be audited", large);
        Path bomb = SmallArchives.write(folder.resolve("bomb.zip"), 24, 4);
        try (FileSystem zip = FileSystems.newFileSystem(bomb)) {
            Files.write(zip.getPath("coefficients.bin"), new byte[100 << 20]);
        }
        row("an external archive that unpacks to 100 MB", "larger than it can be", bomb);
    }

    private static void replace(Path archive, String found, String put) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            Path entry = zip.getPath("configuration.json");
            String json = Files.readString(entry).replace("org.nd4j.linalg.activations.impl." + found, put);
            Files.write(entry, json.replace(found, put).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void add(String name, String words, GraphProto.Builder graph) throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("sound.onnx")));
        byte[] bytes = model.toBuilder().setGraph(graph).build().toByteArray();
        row(name, words, Files.write(folder.resolve(rows.size() + ".onnx"), bytes));
    }

    private void row(String name, String words, Path model) {
        rows.add(new Row(
                name,
                4,
                words,
                List.of(
                        "audit",
                        "--model",
                        model.toString(),
                        "--labels",
                        labels.toString(),
                        "--data",
                        data.toString(),
                        "--crop",
                        "24",
                        "--output",
                        folder + "/run",
                        "--set",
                        "cache.dir=" + folder + "/cache",
                        "--set",
                        "external.trialMemory=512",
                        "--quiet")));
    }
}
