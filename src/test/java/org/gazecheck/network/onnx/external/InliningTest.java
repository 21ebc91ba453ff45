package org.gazecheck.network.onnx.external;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.onnx.runtime.OnnxPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.UnknownFieldSet;

/** Functions and constant branches, against the same graph written without them. */
class InliningTest {
    private static final int OPSET = 13;
    private static final String OWN = "my.layers";
    private static final long DEFAULTS = 11;

    private final Tensor images =
            Tensor.of(TinyNetworks.numbers(new SplittableRandom(8), 2 * 3 * 64, 0, 1), 2, 3, 8, 8);

    @TempDir
    private Path folder;

    /** conv, LeakyRelu, conv, LeakyRelu, pooled. */
    private static ModelProto plain() {
        ExternalModels models = weights();
        models.node(ExternalModels.node("Conv", "c1", "x", "k1"));
        models.node(ExternalAttributes.real(ExternalModels.node("LeakyRelu", "r1", "c1"), "alpha", 0.2f));
        models.node(ExternalModels.node("Conv", "c2", "r1", "k2"));
        models.node(ExternalAttributes.real(ExternalModels.node("LeakyRelu", "r2", "c2"), "alpha", 0.3f));
        end(models);
        return models.model(OPSET, 0, 3, 0, 0);
    }

    private static ExternalModels weights() {
        SplittableRandom random = new SplittableRandom(3);
        ExternalModels models = new ExternalModels();
        models.weights("k1", TinyNetworks.numbers(random, 4 * 27, 0, 0.5f), 4, 3, 3, 3);
        models.weights("k2", TinyNetworks.numbers(random, 4 * 36, 0, 0.5f), 4, 4, 3, 3);
        return models;
    }

    private static void end(ExternalModels models) {
        models.node(ExternalModels.node("GlobalAveragePool", "pooled", "r2"));
        models.node(ExternalModels.node("Flatten", "y", "pooled"));
    }

    /** As {@link #plain}, of two calls of a function that calls another, one of them with the default slope. */
    private static ModelProto called() {
        ExternalModels models = weights();
        NodeProto.Builder first = ExternalModels.node("Block", "r1", "x", "k1").setDomain(OWN);
        models.node(ExternalAttributes.real(first.setName("/first"), "slope", 0.2f));
        models.node(
                ExternalModels.node("Block", "r2", "r1", "k2").setDomain(OWN).setName("/second"));
        end(models);
        FunctionProto block = function("Block", List.of("in", "kernel"), List.of("out"))
                .addAttribute("slope")
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                (int) DEFAULTS,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(slope("slope", 0.3f).toByteString())
                                        .build())
                        .build())
                .addNode(ExternalModels.node("Conv", "c", "in", "kernel").setName("conv"))
                .addNode(ExternalModels.node("Curve", "out", "c")
                        .setDomain(OWN)
                        .setName("curve")
                        .addAttribute(reference("steepness", "slope")))
                .build();
        FunctionProto curve = function("Curve", List.of("a", "never given"), List.of("b"))
                .addAttribute("steepness")
                .addNode(ExternalModels.node("LeakyRelu", "b", "a").addAttribute(reference("alpha", "steepness")))
                .build();
        return with(models, block, curve);
    }

    private static ModelProto with(ExternalModels models, FunctionProto... functions) {
        return models.model(OPSET, 0, 3, 0, 0).toBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(OWN).setVersion(1))
                .addAllFunctions(Arrays.asList(functions))
                .build();
    }

    private static FunctionProto.Builder function(String name, List<String> inputs, List<String> outputs) {
        return FunctionProto.newBuilder()
                .setName(name)
                .setDomain(OWN)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET));
    }

    private static AttributeProto slope(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    private static AttributeProto reference(String name, String to) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setRefAttrName(to)
                .build();
    }

    @Test
    void functionsGiveTheBitsOfTheSameGraphWithoutThem() throws IOException {
        ModelProto found = read(called());
        assertEquals(0, found.getFunctionsCount());
        assertEquals(
                List.of("Conv", "LeakyRelu", "Conv", "LeakyRelu", "GlobalAveragePool", "Flatten"),
                found.getGraph().getNodeList().stream()
                        .map(NodeProto::getOpType)
                        .toList());
        assertEquals("/second/conv", found.getGraph().getNode(2).getName());
        assertSame(found, "r1", "r2", "y");
    }

    /** The chosen branch uses values outside, has weights of its own, and hands one value on under two names. */
    @Test
    void aBranchOfAConstantConditionIsFollowed() throws IOException {
        for (boolean condition : new boolean[] {true, false}) {
            ExternalModels models = weights();
            models.node(ExternalModels.node("Constant", "no").addAttribute(truth(!condition)));
            models.node(ExternalModels.node("Not", "yes", "no"));
            models.node(ExternalModels.node("Conv", "c1", "x", "k1"));
            GraphProto right = branch(
                    List.of("inner", "inner"),
                    ExternalAttributes.real(ExternalModels.node("LeakyRelu", "inner", "c1"), "alpha", 0.2f));
            GraphProto wrong = branch(List.of("c1", "c1"), ExternalModels.node("Loop", "inner", "c1"));
            models.node(ExternalModels.node("If", "r1", "yes")
                    .addOutput("again")
                    .setName("/choice")
                    .addAttribute(graph("then_branch", condition ? right : wrong))
                    .addAttribute(graph("else_branch", condition ? wrong : right)));
            models.node(ExternalModels.node("Conv", "c2", "again", "k2"));
            models.node(ExternalAttributes.real(ExternalModels.node("LeakyRelu", "r2", "c2"), "alpha", 0.3f));
            end(models);
            assertSame(read(models.model(OPSET, 0, 3, 0, 0)), "r1", "r2", "y");
        }
    }

    @Test
    void aBranchInsideAFunctionUsesTheFunctionsValues() throws IOException {
        ExternalModels models = weights();
        models.node(ExternalModels.node("Block", "r1", "x", "k1").setDomain(OWN).setName("/first"));
        models.node(ExternalModels.node("Conv", "c2", "r1", "k2"));
        models.node(ExternalAttributes.real(ExternalModels.node("LeakyRelu", "r2", "c2"), "alpha", 0.3f));
        end(models);
        GraphProto then = branch(
                List.of("inner"),
                ExternalAttributes.real(ExternalModels.node("LeakyRelu", "inner", "c"), "alpha", 0.2f));
        FunctionProto block = function("Block", List.of("in", "kernel"), List.of("out"))
                .addNode(ExternalModels.node("Conv", "c", "in", "kernel"))
                .addNode(ExternalModels.node("Constant", "yes").addAttribute(truth(true)))
                .addNode(ExternalModels.node("If", "out", "yes")
                        .addAttribute(graph("then_branch", then))
                        .addAttribute(graph("else_branch", branch(List.of("c")))))
                .build();
        assertSame(read(with(models, block)), "r1", "r2", "y");
    }

    @Test
    void whatCannotBeInlinedIsRefused() throws IOException {
        assertRefused(
                call(function("Block", List.of("in", "kernel"), List.of("out"))
                        .addNode(ExternalModels.node("Block", "out", "in", "kernel")
                                .setDomain(OWN))),
                "calls itself");
        assertRefused(
                call(function("Block", List.of("in", "kernel"), List.of("out"))
                        .addNode(ExternalModels.node("Relu", "out", "x"))),
                "uses 'x', which it has not");
        assertRefused(call(function("Block", List.of("in"), List.of("out"))), "called with 2 operands");
        assertRefused(
                call(function("Block", List.of("in", "kernel"), List.of("out"))
                        .setDomain("")
                        .addNode(ExternalModels.node("Relu", "out", "in"))),
                "whose operators are known");
        assertRefused(
                call(function("Block", List.of("in", "kernel"), List.of("out"))
                        .clearOpsetImport()
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(9))
                        .addNode(ExternalModels.node("Relu", "out", "in"))),
                "of version 9 of the operators, the model of 13");
        ExternalModels models = weights();
        models.node(ExternalModels.node("F0", "r2", "x").setDomain(OWN));
        end(models);
        FunctionProto[] doubling = new FunctionProto[40];
        for (int i = 0; i < doubling.length; i++) {
            FunctionProto.Builder one = function("F" + i, List.of("a"), List.of("b"));
            String next = i + 1 < doubling.length ? "F" + (i + 1) : "Nothing";
            doubling[i] = one.addNode(ExternalModels.node(next, "c", "a").setDomain(OWN))
                    .addNode(ExternalModels.node(next, "b", "c").setDomain(OWN))
                    .build();
        }
        assertRefused(with(models, doubling), "more than 131072 operators");
    }

    private static ModelProto call(FunctionProto.Builder function) {
        ExternalModels models = weights();
        models.node(ExternalModels.node("Block", "r2", "x", "k1").setDomain(OWN));
        end(models);
        return with(models, function.build());
    }

    @Test
    void otherControlFlowIsRefusedByName() throws IOException {
        for (String operator : List.of("If", "Loop", "Scan")) {
            ExternalModels models = weights();
            models.node(ExternalModels.node("ReduceMax", "condition", "x"));
            models.node(ExternalModels.node(operator, "r2", "condition")
                    .setName("/odd")
                    .addAttribute(graph("then_branch", branch(List.of("x"))))
                    .addAttribute(graph("else_branch", branch(List.of("x")))));
            end(models);
            assertRefused(models.model(OPSET, 0, 3, 0, 0), "control flow (" + operator + " '/odd')");
        }
    }

    /** ONNX Runtime reads all nodes by the last of them, without a word. */
    @Test
    void aDomainThatIsImportedTwiceIsRefused() throws IOException {
        for (String domain : List.of("", "ai.onnx")) {
            ModelProto twice = plain().toBuilder()
                    .addOpsetImport(
                            OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(9))
                    .build();
            assertRefused(twice, "twice, in the versions 13 and 9");
        }
    }

    @Test
    void anImportThatNoNodeUsesIsNoReasonToRefuse() throws IOException {
        ModelProto more = plain().toBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain("com.example.unused")
                        .setVersion(1))
                .build();
        assertSame(read(more), "r1", "r2", "y");
    }

    private ModelProto read(ModelProto model) throws IOException {
        return ExternalFile.read(Files.write(folder.resolve("model.onnx"), model.toByteArray()));
    }

    private void assertRefused(ModelProto model, String reason) {
        WeightsException e = assertThrows(WeightsException.class, () -> read(model));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    private void assertSame(ModelProto found, String... values) {
        for (String value : values) {
            assertArrayEquals(run(plain(), value), run(found, value), value);
        }
    }

    private float[] run(ModelProto model, String value) {
        try (OnnxPart part = OnnxPart.open(new ExternalGraph(model, "x", "y").cut(List.of(value)), 0, 1)) {
            return part.run(images).get(value).data();
        }
    }

    private static GraphProto branch(List<String> outputs, NodeProto.Builder... nodes) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("branch");
        Arrays.stream(nodes).forEach(graph::addNode);
        outputs.forEach(output -> graph.addOutput(ValueInfoProto.newBuilder().setName(output)));
        return graph.build();
    }

    private static AttributeProto graph(String name, GraphProto graph) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(graph)
                .build();
    }

    private static AttributeProto truth(boolean value) {
        return AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.BOOL.getNumber())
                        .setRawData(ByteString.copyFrom(new byte[] {(byte) (value ? 1 : 0)})))
                .build();
    }
}
